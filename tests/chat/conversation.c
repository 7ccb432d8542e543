/*
 * conversation.c - the tree, the path, and what of it a request sends.
 */
#include "chat/conversation.h"

#include <stdlib.h>

#include "tests/chat/tests.h"
#include "tests/harness.h"

static char *
path_of(struct conversation *c)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);
	struct buf out = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%s%d:%s", i > 0 ? " " : "", (int)path[i]->id, buf_text(&path[i]->content));
	return buf_take(&out);
}

static void
expect_path(struct conversation *c, const char *want)
{
	char *have = path_of(c);

	HARNESS_EQUAL(have, want);
	free(have);
}

static void
starts_empty(void)
{
	struct conversation *c = conversation_new("");
	size_t n;

	CU_ASSERT_PTR_NULL(conversation_system(c));
	CU_ASSERT_PTR_NULL(conversation_leaf(c));
	expect_path(c, "");
	conversation_request(c, NULL, &n);
	CU_ASSERT(n == 0);
	conversation_free(c);
	conversation_free(NULL);
}

static void
counts_changes(void)
{
	struct conversation *c = conversation_new("be brief");
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a");
	uint64_t before = conversation_changes(c);

	conversation_path_number(c);
	CU_ASSERT(conversation_changes(c) == before);
	conversation_touch(c, a);
	CU_ASSERT(conversation_changes(c) > before);
	before = conversation_changes(c);
	conversation_touch(c, a); /* changed again, before anybody has taken it */
	CU_ASSERT(conversation_changes(c) > before);
	before = conversation_changes(c);
	conversation_set_system(c, "be long");
	CU_ASSERT(conversation_changes(c) > before);
	before = conversation_changes(c);
	conversation_set_leaf(c, NULL);
	CU_ASSERT(conversation_changes(c) > before);
	conversation_set_leaf(c, a);
	before = conversation_changes(c);
	conversation_remove(c, a);
	CU_ASSERT(conversation_changes(c) > before);
	conversation_free(c);
}

static void
tells_what_comes_before_the_next_prompt(void)
{
	struct conversation *c = conversation_new("be brief");
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *reply, *b;
	const struct chat_message *said;
	size_t n;

	reply = conversation_add(c, a, CHAT_ASSISTANT, "yes");
	b = conversation_add(c, reply, CHAT_USER, "b"); /* was never answered */
	said = conversation_request(c, NULL, &n);
	CU_ASSERT_FATAL(n == 3);
	HARNESS_EQUAL(said[0].content, "be brief");
	HARNESS_EQUAL(said[2].content, "yes");
	conversation_add(c, b, CHAT_ASSISTANT, "");
	(void)conversation_request(c, NULL, &n);
	CU_ASSERT(n == 3);
	a->is_muted = reply->is_muted = true;
	(void)conversation_request(c, NULL, &n);
	CU_ASSERT(n == 1);
	conversation_free(c);
}

static void
keeps_siblings(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *first, *second;

	first = conversation_add(c, a, CHAT_ASSISTANT, "first");
	conversation_add(c, first, CHAT_USER, "b");
	expect_path(c, "1:a 2:first 3:b");
	second = conversation_add(c, a, CHAT_ASSISTANT, "second");
	expect_path(c, "1:a 4:second");
	CU_ASSERT(first->next_sibling == second && a->first_child == first && a->last_child == second);
	conversation_set_leaf(c, first);
	expect_path(c, "1:a 2:first");
	conversation_add(c, NULL, CHAT_USER, "other");
	expect_path(c, "5:other");
	conversation_free(c);
}

static void
removes_messages(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *x, *y, *z;

	x = conversation_add(c, a, CHAT_ASSISTANT, "x");
	y = conversation_add(c, a, CHAT_ASSISTANT, "y");
	z = conversation_add(c, a, CHAT_ASSISTANT, "z");
	conversation_remove(c, y);
	CU_ASSERT(x->next_sibling == z);
	expect_path(c, "1:a 4:z");
	conversation_remove(c, z);
	CU_ASSERT(a->last_child == x && !x->next_sibling);
	expect_path(c, "1:a");
	conversation_remove(c, x);
	CU_ASSERT(!a->first_child && !a->last_child);
	conversation_remove(c, a);
	expect_path(c, "");
	CU_ASSERT_PTR_NULL(conversation_leaf(c));
	conversation_add(c, NULL, CHAT_USER, "new");
	expect_path(c, "5:new");
	conversation_free(c);
}

static void
deletes_and_brings_back(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *x, *y, *z;

	x = conversation_add(c, a, CHAT_ASSISTANT, "x");
	y = conversation_add(c, a, CHAT_ASSISTANT, "y");
	conversation_add(c, y, CHAT_USER, "below");
	z = conversation_add(c, a, CHAT_ASSISTANT, "z");
	conversation_delete(c, y);
	CU_ASSERT(y->is_deleted && x->next_sibling == z);
	expect_path(c, "1:a 5:z");
	conversation_delete(c, z);
	expect_path(c, "1:a 2:x");
	conversation_delete(c, a);
	expect_path(c, "");
	CU_ASSERT(conversation_undelete(c) == a);
	expect_path(c, "1:a 2:x");
	CU_ASSERT(conversation_undelete(c) == z);
	expect_path(c, "1:a 5:z");
	CU_ASSERT(conversation_undelete(c) == y);
	CU_ASSERT(!y->is_deleted && x->next_sibling == y && y->next_sibling == z && a->last_child == z);
	expect_path(c, "1:a 3:y 4:below");
	CU_ASSERT_PTR_NULL(conversation_undelete(c));
	conversation_free(c);
}

/* What it stood after went away meanwhile. */
static void
brings_back_behind_what_is_left(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *x, *y, *z;

	x = conversation_add(c, a, CHAT_ASSISTANT, "x");
	y = conversation_add(c, a, CHAT_ASSISTANT, "y");
	z = conversation_add(c, a, CHAT_ASSISTANT, "z");
	conversation_delete(c, z);
	conversation_remove(c, y);
	CU_ASSERT(conversation_undelete(c) == z);
	CU_ASSERT(a->first_child == x && x->next_sibling == z && a->last_child == z);
	conversation_free(c);
}

static void
walks_siblings(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *x, *y, *z;
	size_t n;

	CU_ASSERT(conversation_sibling_number(c, a, &n) == 1 && n == 1 && conversation_sibling(c, a, -1) == a);
	x = conversation_add(c, a, CHAT_ASSISTANT, "x");
	y = conversation_add(c, a, CHAT_ASSISTANT, "y");
	z = conversation_add(c, a, CHAT_ASSISTANT, "z");
	CU_ASSERT(conversation_sibling_number(c, y, &n) == 2 && n == 3);
	CU_ASSERT(conversation_sibling(c, x, 1) == y && conversation_sibling(c, x, 2) == z);
	CU_ASSERT(conversation_sibling(c, z, 1) == x && conversation_sibling(c, x, -1) == z);
	CU_ASSERT(conversation_sibling(c, y, -4) == x && conversation_sibling(c, y, 0) == y);
	conversation_add(c, NULL, CHAT_USER, "b");
	CU_ASSERT(conversation_sibling_number(c, a, &n) == 1 && n == 2);
	conversation_free(c);
}

static void
forks(void)
{
	struct conversation *c = conversation_new("be brief"), *fork;
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *x, *copy;

	x = conversation_add(c, a, CHAT_ASSISTANT, "x");
	conversation_add(c, a, CHAT_ASSISTANT, "y");
	conversation_add(c, x, CHAT_USER, "b");
	CU_ASSERT(buf_append_string(&x->reasoning, "thought"));
	buf_puts(&x->model, "tiny");
	x->state = MESSAGE_STOPPED;
	x->row = 7;
	fork = conversation_fork(c, x);
	expect_path(fork, "1:a 2:x");
	HARNESS_EQUAL(conversation_system(fork), "be brief");
	copy = conversation_leaf(fork);
	HARNESS_EQUAL(buf_text(&copy->reasoning), "thought");
	HARNESS_EQUAL(buf_text(&copy->model), "tiny");
	CU_ASSERT(copy != x && copy->state == MESSAGE_STOPPED && copy->row == 0 && !copy->parent->next_sibling);
	CU_ASSERT(copy->content.data == x->content.data && copy->reasoning.data == x->reasoning.data);
	CU_ASSERT(buf_append_string(&x->content, " goes on"));
	HARNESS_EQUAL(buf_text(&copy->content), "x");
	CU_ASSERT(!buf_append(&copy->content, NULL, MESSAGE_TEXT_MAX));
	conversation_free(c);
	CU_ASSERT(conversation_next(fork, copy) == NULL);
	conversation_free(fork);
}

static void
copies(void)
{
	struct conversation *c = conversation_new("be brief"), *copy;
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *x, *gone, *y, *other;

	x = conversation_add(c, a, CHAT_ASSISTANT, "x");
	gone = conversation_add(c, x, CHAT_USER, "gone");
	conversation_add(c, gone, CHAT_ASSISTANT, "below");
	y = conversation_add(c, a, CHAT_ASSISTANT, "y");
	other = conversation_add(c, NULL, CHAT_USER, "other");
	y->state = MESSAGE_STREAMING;
	buf_puts(&conversation_info(c)->title, "Boats");
	conversation_info(c)->pinned = true;
	conversation_delete(c, gone);
	conversation_set_leaf(c, y);
	copy = conversation_copy(c);
	CU_ASSERT(buf_append_string(&y->content, " goes on"));
	buf_puts(&conversation_info(c)->title, " and more");
	expect_path(copy, "1:a 5:y");
	HARNESS_EQUAL(conversation_system(copy), "be brief");
	HARNESS_EQUAL(buf_text(&conversation_info(copy)->title), "Boats");
	CU_ASSERT(conversation_info(copy)->pinned && conversation_leaf(copy)->state == MESSAGE_STREAMING);
	CU_ASSERT(!conversation_find(copy, 3) && !conversation_find(copy, 4));
	a = conversation_first(copy);
	CU_ASSERT(a != conversation_first(c) && a->next_sibling->id == other->id && !a->next_sibling->next_sibling);
	CU_ASSERT(a->first_child->id == x->id && a->last_child->id == y->id && !a->first_child->first_child);
	conversation_free(c);
	conversation_free(copy);
	c = conversation_new(NULL);
	copy = conversation_copy(c);
	CU_ASSERT(!conversation_leaf(copy) && !conversation_system(copy));
	conversation_free(c);
	conversation_free(copy);
}

static void
finds_messages(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *b = conversation_add(c, a, CHAT_ASSISTANT, "b");
	struct message *d = conversation_add(c, a, CHAT_ASSISTANT, "d");

	conversation_remove(c, b);
	d->row = 77;
	CU_ASSERT(conversation_find(c, 1) == a && conversation_find(c, 3) == d);
	CU_ASSERT(!conversation_find(c, 0) && !conversation_find(c, 2) && !conversation_find(c, 4));
	CU_ASSERT(conversation_find_row(c, 77) == d && !conversation_find_row(c, 78) && !conversation_find_row(c, 0));
	CU_ASSERT(conversation_next(c, NULL) == a && conversation_next(c, a) == d && !conversation_next(c, d));
	conversation_free(c);
}

static void
tells_its_changes(void)
{
	struct conversation *c = conversation_new("system");
	struct message *a, *b;

	CU_ASSERT(!conversation_is_changed(c));
	a = conversation_add(c, NULL, CHAT_USER, "a");
	b = conversation_add(c, a, CHAT_ASSISTANT, "b");
	CU_ASSERT(conversation_is_changed(c) && conversation_take_info(c) && !conversation_take_info(c));
	CU_ASSERT(conversation_take_changed(c) == a);
	conversation_touch(c, b);
	CU_ASSERT(conversation_take_changed(c) == b && !conversation_take_changed(c));
	CU_ASSERT(!conversation_is_changed(c) && conversation_take_removed(c) == 0);
	conversation_touch(c, b);
	conversation_touch(c, a);
	conversation_remove(c, b);
	CU_ASSERT(conversation_take_changed(c) == a && !conversation_take_changed(c));
	CU_ASSERT(conversation_is_changed(c) && conversation_take_removed(c) == 2 && conversation_take_removed(c) == 0);
	CU_ASSERT(conversation_take_info(c));
	conversation_set_system(c, "other");
	CU_ASSERT(conversation_take_info(c) && !conversation_is_changed(c));
	conversation_touch_info(c);
	CU_ASSERT(conversation_is_changed(c));
	conversation_free(c);
}

static void
sends_what_says_something(void)
{
	static const char *const want[] = {"be brief", "one", "reply", "four"};
	struct conversation *c = conversation_new("be brief");
	const struct chat_message *sent;
	struct message *m;
	size_t n;

	m = conversation_add(c, NULL, CHAT_USER, "one");
	m = conversation_add(c, m, CHAT_ASSISTANT, "reply");
	CU_ASSERT(buf_append_string(&m->reasoning, "thought"));
	m = conversation_add(c, m, CHAT_USER, "two, that failed");
	m = conversation_add(c, m, CHAT_ASSISTANT, "");
	m = conversation_add(c, m, CHAT_USER, "three, not even that");
	m = conversation_add(c, m, CHAT_USER, "four");
	conversation_add(c, m, CHAT_ASSISTANT, "");
	sent = conversation_request(c, m, &n);
	CU_ASSERT(n == ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want) && i < n; i++)
		HARNESS_EQUAL(sent[i].content, want[i]);
	CU_ASSERT(sent[0].role == CHAT_SYSTEM && sent[1].role == CHAT_USER && sent[2].role == CHAT_ASSISTANT);
	CU_ASSERT_PTR_NULL(sent[1].reasoning);
	HARNESS_EQUAL(sent[2].reasoning, "thought");
	conversation_free(c);
}

/* ---- what is sent of what was changed ---- */

/* "system: a|user: b" */
static void
expect_request(struct conversation *c, const struct message *last, const char *want)
{
	size_t n;
	const struct chat_message *sent = conversation_request(c, last, &n);
	struct buf have = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&have, "%s%s: %s", i > 0 ? "|" : "", chat_role_name(sent[i].role), sent[i].content);
	HARNESS_EQUAL(buf_text(&have), want);
	buf_release(&have);
}

static struct message *
add_turn(struct conversation *c, const char *prompt, const char *reply)
{
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_USER, prompt);

	conversation_add(c, m, CHAT_ASSISTANT, reply);
	return m;
}

static struct message *
add_summary(struct conversation *c, const char *text)
{
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_SYSTEM, text);

	m->is_summary = true;
	return m;
}

/* Templates take one system message, at the beginning. */
static void
sends_summaries_with_the_system_text(void)
{
	struct conversation *c = conversation_new("be brief");
	struct message *before, *last;

	add_summary(c, "boats were talked about");
	before = add_turn(c, "one", "1");
	add_summary(c, "and ships");
	last = conversation_add(c, conversation_leaf(c), CHAT_USER, "two");
	expect_request(
	        c, last, "system: be brief\n\nboats were talked about\n\nand ships|user: one|assistant: 1|user: two");
	expect_request(c, before, "system: be brief\n\nboats were talked about|user: one");
	conversation_set_system(c, NULL);
	expect_request(c, last, "system: boats were talked about\n\nand ships|user: one|assistant: 1|user: two");
	conversation_free(c);
}

/* One that is no summary stays where it is; a summary of another branch is not sent. */
static void
sends_no_other_summaries(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *last;

	add_summary(c, "elsewhere");
	add_turn(c, "one", "1");
	conversation_set_leaf(c, NULL);
	add_turn(c, "other", "2");
	conversation_add(c, conversation_leaf(c), CHAT_SYSTEM, "be long");
	last = conversation_add(c, conversation_leaf(c), CHAT_USER, "two");
	expect_request(c, last, "user: other|assistant: 2|system: be long|user: two");
	conversation_free(c);
}

static void
leaves_out_muted_turns(void)
{
	struct conversation *c = conversation_new("be brief");
	struct message *one = add_turn(c, "one", "1"), *two = add_turn(c, "two", "2"), *last;

	last = conversation_add(c, two->first_child, CHAT_USER, "three");
	one->is_muted = one->first_child->is_muted = true;
	expect_request(c, last, "system: be brief|user: two|assistant: 2|user: three");
	two->is_muted = two->first_child->is_muted = true;
	expect_request(c, last, "system: be brief|user: three");
	last->is_muted = true;
	expect_request(c, last, "system: be brief|user: three");
	expect_request(c, two, "system: be brief|user: two");
	one->is_muted = one->first_child->is_muted = two->is_muted = two->first_child->is_muted = false;
	expect_request(c, last, "system: be brief|user: one|assistant: 1|user: two|assistant: 2|user: three");
	conversation_free(c);
}

/* A muted reply that is to be continued goes with its prompt. */
static void
sends_a_muted_turn_that_goes_on(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *m = add_turn(c, "one", "1");

	m->is_muted = m->first_child->is_muted = true;
	expect_request(c, m->first_child, "user: one|assistant: 1");
	conversation_free(c);
}

static void
forks_and_copies_keep_settings_and_marks(void)
{
	struct conversation *c = conversation_new(NULL), *all[2];
	struct conversation_info *info = conversation_info(c);
	struct message *turn;

	parameters_fix(&info->parameters, "seed", "7");
	buf_puts(&info->preset, "terse");
	CU_ASSERT(tags_add(&info->tags, "work"));
	add_summary(c, "boats");
	turn = add_turn(c, "one", "1");
	turn->is_muted = turn->first_child->is_edited = true;
	all[0] = conversation_fork(c, conversation_leaf(c));
	all[1] = conversation_copy(c);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct message *m = conversation_first(all[i]);

		CU_ASSERT(parameters_equal(&conversation_info(all[i])->parameters, &info->parameters));
		HARNESS_EQUAL(buf_text(&conversation_info(all[i])->preset), "terse");
		CU_ASSERT(tags_equal(&conversation_info(all[i])->tags, &info->tags));
		CU_ASSERT(m->is_summary && m->first_child->is_muted && m->first_child->first_child->is_edited);
		CU_ASSERT(!m->is_muted && !m->first_child->is_edited && !m->first_child->is_summary);
	}
	parameters_fix(&info->parameters, "seed", "8");
	HARNESS_CHECK(parameters_integer(&conversation_info(all[0])->parameters, "seed", 0) == 7, "a set of its own");
	conversation_free(c);
	conversation_free(all[0]);
	conversation_free(all[1]);
}

/* A message below the leaf leaves what stood before it. Anything else is told, also where a path of as many messages comes of
 * it. */
static void
tells_a_path_that_only_grew(void)
{
	struct conversation *c = conversation_new(NULL), *other = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *b = conversation_add(c, a, CHAT_ASSISTANT, "b");
	uint64_t number = conversation_path_number(c), grown;
	struct message *d;

	CU_ASSERT(conversation_path_only_grew(c, number) && !conversation_path_only_grew(c, 0));
	conversation_add(c, b, CHAT_USER, "c");
	grown = conversation_path_number(c);
	CU_ASSERT(grown != number && conversation_path_only_grew(c, number));
	expect_path(c, "1:a 2:b 3:c");
	conversation_remove(c, conversation_leaf(c));
	CU_ASSERT(!conversation_path_only_grew(c, number));
	(void)conversation_path_number(c);
	CU_ASSERT(!conversation_path_only_grew(c, number) && !conversation_path_only_grew(c, grown));
	d = conversation_add(c, b, CHAT_USER, "d");
	expect_path(c, "1:a 2:b 4:d");
	number = conversation_path_number(c);
	conversation_add(c, a, CHAT_ASSISTANT, "e");
	CU_ASSERT(!conversation_path_only_grew(c, number));
	expect_path(c, "1:a 5:e");
	conversation_set_leaf(c, d);
	expect_path(c, "1:a 2:b 4:d");
	conversation_delete(c, d);
	expect_path(c, "1:a 2:b");
	CU_ASSERT(conversation_undelete(c) == d);
	expect_path(c, "1:a 2:b 4:d");
	conversation_add(other, NULL, CHAT_USER, "x");
	CU_ASSERT(conversation_path_number(other) > conversation_path_number(c));
	conversation_free(other);
	conversation_free(c);
}

/* What is remembered of the path is what a look at all of it finds, whatever is done in between. */
static void
expect_remembered(struct conversation *c)
{
	const struct message *summary = NULL;
	bool muted = false;
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	for (size_t i = 0; i < n; i++) {
		summary = path[i]->is_summary ? path[i] : summary;
		muted |= message_is_muted(path[i]);
	}
	CU_ASSERT(conversation_last_summary(c) == summary);
	CU_ASSERT(conversation_has_muted(c) == muted);
}

static void
remembers_summaries_and_muted_turns(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a, *b, *summary;

	expect_remembered(c);
	a = conversation_add(c, NULL, CHAT_USER, "a");
	b = conversation_add(c, a, CHAT_ASSISTANT, "b");
	expect_remembered(c);
	summary = conversation_add(c, b, CHAT_SYSTEM, "sum");
	summary->is_summary = true;
	expect_remembered(c);
	conversation_add(c, summary, CHAT_USER, "c");
	expect_remembered(c);
	a->is_muted = true;
	conversation_touch(c, a);
	expect_remembered(c);
	conversation_set_leaf(c, b);
	expect_remembered(c);
	a->is_muted = false;
	conversation_touch(c, a);
	expect_remembered(c);
	conversation_set_leaf(c, summary->first_child);
	conversation_remove(c, summary->first_child);
	expect_remembered(c);
	conversation_remove(c, summary);
	expect_remembered(c);
	conversation_free(c);
}

/* A tree of a hundred thousand messages, one below the other. */
static void
can_be_deep(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *m = NULL;
	size_t n;

	for (int i = 0; i < 100000; i++)
		m = conversation_add(c, m, i % 2 ? CHAT_ASSISTANT : CHAT_USER, "x");
	conversation_path(c, &n);
	CU_ASSERT(n == 100000);
	conversation_free(c);
}

CU_TestInfo conversation_tests[] = {
        {"starts empty", starts_empty},
        {"counts changes", counts_changes},
        {"tells what comes before the next prompt", tells_what_comes_before_the_next_prompt},
        {"keeps siblings", keeps_siblings},
        {"deletes and brings back", deletes_and_brings_back},
        {"brings back behind what is left", brings_back_behind_what_is_left},
        {"walks siblings", walks_siblings},
        {"forks", forks},
        {"copies all but what is deleted", copies},
        {"finds messages", finds_messages},
        {"tells its changes", tells_its_changes},
        {"removes messages", removes_messages},
        {"sends what says something", sends_what_says_something},
        {"sends summaries with the system text", sends_summaries_with_the_system_text},
        {"sends no other summaries", sends_no_other_summaries},
        {"leaves out muted turns", leaves_out_muted_turns},
        {"sends a muted turn that goes on", sends_a_muted_turn_that_goes_on},
        {"forks and copies keep settings and marks", forks_and_copies_keep_settings_and_marks},
        {"tells a path that only grew", tells_a_path_that_only_grew},
        {"remembers summaries and muted turns", remembers_summaries_and_muted_turns},
        {"can be deep", can_be_deep},
        CU_TEST_INFO_NULL,
};
