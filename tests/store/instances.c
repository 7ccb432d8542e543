/*
 * instances.c - several flynns with one history, and what is left by one that ended in the midst of a reply.
 */
#include "store/instance.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static void
say(struct talk *t, struct message *reply, const char *text)
{
	talk_put(&reply->content, text);
	conversation_touch(t->conversation, reply);
	talk_save(t);
}

/* A process that says some of a reply and ends without a word. */
static void
die_in_a_reply(int pieces)
{
	pid_t child = fork();

	CU_ASSERT_FATAL(child >= 0);
	if (child == 0) {
		struct talk *t = talk_new(conversation_new(NULL));
		struct message *reply = talk_begin(t, "tell");

		for (int i = 0; i < pieces; i++)
			say(t, reply, "ab ");
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

static const char all_text[] = "SELECT group_concat(content || '=' || state || coalesce(owner, ''), '|') FROM message";

static void
an_abandoned_reply_is_interrupted(void)
{
	static const char *const want[] = {"tell=complete|=interrupted", "tell=complete|ab =interrupted",
	        "tell=complete|ab ab =interrupted", "tell=complete|ab ab ab =interrupted"};

	for (int pieces = 0; pieces < 4; pieces++) {
		struct history *h;

		place_make();
		die_in_a_reply(pieces);
		h = place_open();
		CU_ASSERT(history_recovered(h).messages == 1 && history_recovered(h).conversation == 1);
		place_expect(h, all_text, want[pieces]);
		place_expect(h, "SELECT count(*) FROM journal", "0");
		place_check(h);
		history_close(h);
		h = place_open();
		CU_ASSERT(history_recovered(h).messages == 0);
		history_close(h);
		place_remove();
	}
}

/* The gauge of the context, and what is said of a thought. */
static void
count(struct talk *t, struct message *reply, int tokens)
{
	reply->usage = (struct chat_usage){.prompt_tokens = 944, .completion_tokens = tokens, .cached_tokens = 7};
	reply->thought_tokens = tokens;
	reply->thought_ms = 100 * tokens;
	say(t, reply, "ab ");
}

static void
die_counting(const char *before)
{
	pid_t child = fork();

	CU_ASSERT_FATAL(child >= 0);
	if (child == 0) {
		struct talk *t = talk_new(conversation_new(NULL));
		struct message *reply = talk_begin(t, "tell");

		say(t, reply, before);
		talk_end(t, reply, MESSAGE_STOPPED);
		reply->usage = (struct chat_usage){-1, -1, -1};
		talk_end(t, reply, MESSAGE_STREAMING);
		for (int tokens = 1; tokens <= 3; tokens++)
			count(t, reply, tokens);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

/* SQLite writes a row whole: a long one keeps its first counts. */
static void
an_abandoned_reply_has_its_counts(void)
{
	static const char *const want[] = {
	        "{\"prompt_tokens\":944,\"completion_tokens\":3,\"cached_tokens\":7} 3 300",
	        "{\"prompt_tokens\":944,\"completion_tokens\":1,\"cached_tokens\":7} 1 100",
	};
	char *before[] = {mem_strdup("once "), mem_alloc(100001)};

	memset(before[1], 'x', 100000);
	for (int i = 0; i < 2; i++) {
		struct history *h;

		place_make();
		die_counting(before[i]);
		h = place_open();
		CU_ASSERT(history_recovered(h).messages == 1);
		place_expect(h, "SELECT usage || ' ' || thought_tokens || ' ' || thought_ms FROM message WHERE id = 2",
		        want[i]);
		place_expect(h, "SELECT substr(content, -9) FROM message WHERE id = 2", "ab ab ab ");
		history_close(h);
		place_remove();
		free(before[i]);
	}
}

static void
a_living_reply_is_left_alone(void)
{
	struct talk *a, b = {.now_ms = 0};
	struct message *reply;
	struct history *other;

	if (!place_has_two_users())
		return;
	place_make();
	a = talk_new(conversation_new(NULL));
	reply = talk_begin(a, "tell");
	say(a, reply, "once ");
	other = place_open();
	CU_ASSERT(history_recovered(other).messages == 0);
	b = (struct talk){.history = other, .conversation = conversation_new(NULL), .saver = saver_new(2)};
	talk_load(&b, 1);
	HARNESS_EQUAL(buf_text(&conversation_leaf(b.conversation)->content), "once ");
	CU_ASSERT(conversation_leaf(b.conversation)->state == MESSAGE_STREAMING);
	say(a, reply, "upon ");
	talk_end(a, reply, MESSAGE_COMPLETE);
	talk_load(&b, 1);
	HARNESS_EQUAL(buf_text(&conversation_leaf(b.conversation)->content), "once upon ");
	CU_ASSERT(conversation_leaf(b.conversation)->state == MESSAGE_COMPLETE);
	saver_free(b.saver);
	conversation_free(b.conversation);
	loaded_release(&b.loaded);
	history_close(other);
	talk_free(a);
}

/* Instance 6 is alive, 5 and 9 are not. */
static void
only_the_dead_are_folded(void)
{
	struct talk *t;
	struct history *other;

	if (!place_has_two_users())
		return;
	place_make();
	t = talk_new(conversation_new(NULL));
	place_run(t->history, "INSERT INTO instance (id, started) VALUES (5, 0)");
	say(t, talk_begin(t, "tell"), "alive");
	place_run(t->history, "INSERT INTO message (id, conversation, role, state, created, owner) VALUES"
	                      " (10, 1, 'assistant', 'interrupted', 1, 5), (11, 1, 'assistant', 'interrupted', 1, 9);"
	                      "INSERT INTO journal VALUES (10, 0, 'dead', ''), (11, 0, 'gone', '')");
	other = place_open();
	CU_ASSERT(history_recovered(other).messages == 2 && history_recovered(other).conversation == 1);
	place_expect(other, all_text, "tell=complete|=interrupted6|dead=interrupted|gone=interrupted");
	place_expect(other, "SELECT group_concat(content) FROM journal", "alive");
	history_close(other);
	place_run(t->history, "UPDATE message SET owner = 5 WHERE id = 10");
	other = place_open();
	CU_ASSERT(history_recovered(other).messages == 1);
	history_close(other);
	talk_free(t);
}

static void
two_may_add_to_one_conversation(void)
{
	struct talk *a, *b;
	struct message *root;

	place_make();
	a = talk_new(conversation_new(NULL));
	root = conversation_add(a->conversation, NULL, CHAT_USER, "root");
	talk_save(a);
	b = talk_join(place_open(), conversation_new(NULL));
	talk_load(b, 1);
	conversation_add(a->conversation, root, CHAT_ASSISTANT, "of a");
	conversation_add(b->conversation, conversation_leaf(b->conversation), CHAT_ASSISTANT, "of b");
	talk_save(b);
	talk_save(a);
	place_expect(a->history, "SELECT group_concat(content || coalesce(parent, ''), '|') FROM message",
	        "root|of b1|of a1");
	history_close(b->history);
	talk_drop(b);
	talk_free(a);
}

/* What two flynns change of one conversation at the same time is kept of both, where it is not the same thing. */
static void
two_may_change_one_conversation(void)
{
	struct talk *a, *b;
	struct message *reply, *other;

	place_make();
	a = talk_new(conversation_new(NULL));
	reply = talk_begin(a, "tell");
	talk_put(&reply->content, "once");
	talk_end(a, reply, MESSAGE_STOPPED);
	b = talk_join(place_open(), conversation_new(NULL));
	talk_load(b, 1);
	other = conversation_leaf(b->conversation);
	talk_put(&reply->content, " upon a time");
	talk_end(a, reply, MESSAGE_COMPLETE);
	parameters_fix(&conversation_info(a->conversation)->parameters, "seed", "7");
	conversation_touch_info(a->conversation);
	other->is_muted = true;
	conversation_touch(b->conversation, other);
	buf_puts(&conversation_info(b->conversation)->preset, "terse");
	conversation_touch_info(b->conversation);
	talk_save(b);
	talk_save(a);
	place_expect(a->history, all_text, "tell=complete|once upon a time=complete");
	place_expect(a->history, "SELECT muted FROM message WHERE id = 2", "1");
	place_expect(a->history, "SELECT parameters || preset FROM conversation", "{\"seed\":7}terse");
	history_close(b->history);
	talk_drop(b);
	talk_free(a);
}

/* What another flynn took for abandoned is said again as a whole, by whoever still writes it. */
static void
a_reply_taken_away_is_written_whole(void)
{
	struct talk *t;
	struct message *reply;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "tell");
	say(t, reply, "once ");
	place_run(t->history, "UPDATE message SET owner = NULL; DELETE FROM journal");
	say(t, reply, "upon ");
	say(t, reply, "a ");
	place_run(t->history, "UPDATE message SET content = content || 'x', owner = NULL WHERE id = 2");
	talk_put(&reply->content, "time");
	talk_end(t, reply, MESSAGE_COMPLETE);
	place_expect(t->history, all_text, "tell=complete|once upon a time=complete");
	place_expect(t->history, "SELECT count(*) FROM journal", "0");
	place_check(t->history);
	talk_free(t);
}

static void
ids_are_locked_and_never_used_again(void)
{
	struct history *a, *b;
	struct err err;

	if (!place_has_two_users())
		return;
	place_make();
	a = place_open();
	b = place_open();
	CU_ASSERT(instance_begin(a, &err) && instance_begin(b, &err) && instance_begin(b, &err));
	place_expect(a, "SELECT group_concat(id) FROM instance", "1,2");
	CU_ASSERT(instance_is_alive(a, 1) && instance_is_alive(a, 2) && instance_is_alive(b, 1));
	history_close(a);
	CU_ASSERT(!instance_is_alive(b, 1) && instance_is_alive(b, 2));
	place_run(b, "DELETE FROM instance");
	history_close(b);
	a = place_open();
	CU_ASSERT(instance_begin(a, &err));
	place_expect(a, "SELECT id FROM instance", "3");
	history_close(a);
	place_remove();
}

/* As long as it has the history open; then the next one that asks. Who was not stays so. */
static void
one_is_the_first(void)
{
	struct history *a, *b;

	if (!place_has_two_users())
		return;
	place_make();
	a = place_open();
	b = place_open();
	CU_ASSERT(instance_is_first(b) && !instance_is_first(a) && instance_is_first(b));
	history_close(b);
	CU_ASSERT(!instance_is_first(a));
	b = place_open();
	CU_ASSERT(instance_is_first(b));
	history_close(a);
	history_close(b);
	place_remove();
}

CU_TestInfo instances_tests[] = {
        {"an abandoned reply is interrupted", an_abandoned_reply_is_interrupted},
        {"an abandoned reply has its counts", an_abandoned_reply_has_its_counts},
        {"a living reply is left alone", a_living_reply_is_left_alone},
        {"only the dead are folded", only_the_dead_are_folded},
        {"two may add to one conversation", two_may_add_to_one_conversation},
        {"two may change one conversation", two_may_change_one_conversation},
        {"a reply taken away is written whole", a_reply_taken_away_is_written_whole},
        {"ids are locked and never used again", ids_are_locked_and_never_used_again},
        {"one is the first", one_is_the_first},
        CU_TEST_INFO_NULL,
};
