/*
 * merge_random.c - machines that are kept alike by importing each other's history, whatever is done on each of them meanwhile:
 * everything that a person can do to a conversation, by chance, but the same every time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/edit.h"
#include "store/uuid.h"
#include "store/vote.h"
#include "tests/harness.h"
#include "tests/store/machines.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

enum {
	MACHINES_MAX = 3,
	EDITS = 7, /* on each machine between two exchanges */
	FORGOTTEN_MS = 1000000000,
};

static const char *const names[MACHINES_MAX] = {"a", "b", "c"};

struct fleet {
	struct history *machines[MACHINES_MAX];
	size_t n;
	uint64_t seed;
	int texts; /* no text is there twice */
};

static unsigned
below(struct fleet *f, unsigned n)
{
	f->seed = f->seed * 6364136223846793005 + 1442695040888963407;
	return (unsigned)(f->seed >> 33) % n;
}

/* ---- what is done ---- */

static void
put_text(struct fleet *f, struct buf *to)
{
	char *text = mem_printf("<%d>", ++f->texts);

	talk_put(to, text);
	free(text);
}

static struct message *
add_prompt(struct fleet *f, struct talk *t, struct message *parent)
{
	struct buf text = {0};
	struct message *m;

	put_text(f, &text);
	m = conversation_add(t->conversation, parent, CHAT_USER, buf_text(&text));
	if (below(f, 5) == 0) {
		struct buf data = {0};

		buf_printf(&data, "data %u", below(f, 4));
		attachments_add(&m->attachments, attachment_new(ATTACHMENT_TEXT, "notes", "/n", "text/plain", &data));
	}
	m->created_ms = clock_unix_ms();
	buf_release(&text);
	return m;
}

static void
add_reply(struct fleet *f, struct talk *t, struct message *parent)
{
	struct message *m = conversation_add(t->conversation, parent, CHAT_ASSISTANT, "");

	m->state = MESSAGE_STREAMING;
	m->created_ms = clock_unix_ms();
	talk_save(t);
	if (below(f, 3) == 0)
		put_text(f, &m->reasoning);
	put_text(f, &m->content);
	conversation_touch(t->conversation, m);
	talk_save(t);
	talk_end(t, m, below(f, 3) ? MESSAGE_COMPLETE : MESSAGE_STOPPED);
}

static struct message *
any_message(struct fleet *f, struct talk *t)
{
	struct message *all[2000];
	size_t n = 0;

	for (struct message *m = NULL; (m = conversation_next(t->conversation, m)) != NULL && n < ARRAY_LEN(all);)
		all[n++] = m;
	return n > 0 ? all[below(f, (unsigned)n)] : NULL;
}

static void
ask(struct fleet *f, struct talk *t, struct message *m)
{
	while (m && m->role != CHAT_ASSISTANT)
		m = m->parent;
	add_reply(f, t, add_prompt(f, t, m));
}

/* Another version of a prompt, or of a reply. */
static void
do_again(struct fleet *f, struct talk *t, struct message *m)
{
	if (m->role == CHAT_ASSISTANT)
		add_reply(f, t, m->parent);
	else
		add_reply(f, t, add_prompt(f, t, m->parent));
}

/* The first reply that nothing stands below: it is often the same one on another machine. */
static void
go_on(struct fleet *f, struct talk *t)
{
	struct message *m = NULL;

	do
		m = conversation_next(t->conversation, m);
	while (m && (m->role != CHAT_ASSISTANT || m->first_child));
	if (!m)
		return;
	m->state = MESSAGE_STREAMING;
	conversation_touch(t->conversation, m);
	talk_save(t);
	put_text(f, &m->content);
	conversation_touch(t->conversation, m);
	talk_end(t, m, MESSAGE_COMPLETE);
}

static void
take_out(struct fleet *f, struct talk *t, struct message *m)
{
	conversation_delete(t->conversation, m);
	talk_save(t);
	if (below(f, 4) == 0)
		conversation_undelete(t->conversation);
	talk_save(t);
}

static void
fork_off(struct history *h, struct talk *t, struct message *m)
{
	struct talk *fork = talk_join(h, conversation_fork(t->conversation, m));

	talk_save(fork);
	talk_drop(fork);
}

static void
change_info(struct fleet *f, struct talk *t)
{
	struct conversation_info *info = conversation_info(t->conversation);

	buf_clear(&info->title);
	put_text(f, &info->title);
	info->pinned = below(f, 2);
	conversation_touch_info(t->conversation);
	talk_save(t);
}

static void
change_message(struct fleet *f, struct history *h, struct talk *t, struct message *m)
{
	switch (below(f, 8)) {
	case 0:
	case 1:
		ask(f, t, m);
		break;
	case 2:
		do_again(f, t, m);
		break;
	case 3:
	case 4:
		if (f->n == 2 || h == f->machines[0])
			go_on(f, t);
		break;
	case 5:
		take_out(f, t, m);
		break;
	case 6:
		fork_off(h, t, m);
		break;
	default:
		conversation_set_leaf(t->conversation, m);
		m->is_muted = !m->is_muted;
		conversation_touch(t->conversation, m);
		change_info(f, t);
	}
}

static int64_t
any_conversation(struct fleet *f, struct history *h)
{
	char *sql = mem_printf("SELECT id FROM conversation WHERE deleted IS NULL ORDER BY uuid LIMIT 1 OFFSET"
	                       "  %u %% max(1, (SELECT count(*) FROM conversation WHERE deleted IS NULL))",
	             below(f, 2) * below(f, 1000)),
	     *row = place_query(h, sql);
	int64_t id = strtoll(row, NULL, 10);

	free(sql);
	free(row);
	return id;
}

static void
delete_conversation(struct fleet *f, struct history *h, int64_t row)
{
	struct err err;
	bool more;

	CU_ASSERT(edit_conversation(h, row, EDIT_DELETE, NULL, &err));
	while (below(f, 2) == 0 && edit_purge(h, clock_unix_ms() + FORGOTTEN_MS, &more, &err) && more)
		;
}

static void
cast_vote(struct fleet *f, struct history *h)
{
	struct vote *v = vote_new(clock_unix_ms());
	struct err err;

	vote_add(v, "tiny");
	vote_add(v, "large");
	v->winner = below(f, 2);
	CU_ASSERT(vote_save(h, v, &err));
	vote_free(v);
}

static void
tag(struct fleet *f, struct history *h, int64_t row)
{
	char *sql = mem_printf(
	        "INSERT OR IGNORE INTO tag (conversation, name) VALUES (%lld, 'tag-%u')", (long long)row, below(f, 5));

	place_run(h, sql);
	free(sql);
}

static void
edit_once(struct fleet *f, struct history *h)
{
	unsigned what = below(f, 12);
	int64_t row = any_conversation(f, h);
	struct talk *t;
	struct message *m;

	if (row != 0 && what == 0) {
		delete_conversation(f, h, row);
		return;
	}
	if (row != 0 && what == 1) {
		tag(f, h, row);
		cast_vote(f, h);
		return;
	}
	t = machine_talk(h, what == 2 ? 0 : row);
	m = any_message(f, t);
	if (m)
		change_message(f, h, t, m);
	else
		ask(f, t, NULL);
	talk_drop(t);
}

/* ---- what must hold ---- */

/* Every text that was shown anywhere is there, or the beginning of one that is: texts have an end mark of their own. */
static void
expect_all_of(const char *before, const char *now)
{
	for (const char *at = before; (at = strchr(at, '<')) != NULL; at++) {
		char *text = mem_strndup(at, strcspn(at, ">") + 1);

		HARNESS_CHECK(strstr(now, text) != NULL, "%s is lost", text);
		free(text);
	}
}

static void
expect_nothing_twice(struct history *h)
{
	place_expect(
	        h, "SELECT count(*) FROM (SELECT 1 FROM message GROUP BY conversation, uuid HAVING count(*) > 1)", "0");
	place_expect(h,
	        "SELECT count(*) FROM (SELECT 1 FROM message WHERE deleted IS NULL"
	        "  GROUP BY conversation, parent, role, content, reasoning, files HAVING count(*) > 1)",
	        "0");
	place_expect(h, "SELECT count(*) FROM message WHERE uuid IS NULL", "0");
}

/* What of our conversations is ours to say. */
static char *
read_ours(struct history *h, const char *shown)
{
	char *sql = mem_printf("SELECT coalesce(group_concat(uuid || title || pinned || leaf, ' '), '') FROM"
	                       "  (SELECT * FROM conversation WHERE leaf IS NOT NULL AND id IN (%s) ORDER BY id)",
	             shown),
	     *ours = place_query(h, sql);

	free(sql);
	return ours;
}

static void
import_once(struct fleet *f, size_t to, size_t from)
{
	struct history *h = f->machines[to];
	char *shown = place_query(
	             h, "SELECT coalesce(group_concat(id), '0') FROM conversation WHERE deleted IS NULL AND leaf > 0"),
	     *ours = read_ours(h, shown);
	char *here = machine_dump(h), *theirs = machine_dump(f->machines[from]), *words, *now, *ours_now;

	words = machine_import(h, names[from], NULL);
	HARNESS_EQUAL(words, "");
	now = machine_dump(h);
	ours_now = read_ours(h, shown);
	expect_all_of(here, now);
	expect_all_of(theirs, now);
	expect_nothing_twice(h);
	HARNESS_EQUAL(ours_now, ours);
	free(shown);
	free(ours);
	free(ours_now);
	free(theirs);
	free(here);
	free(now);
	free(words);
}

static void
expect_nothing_new(struct fleet *f, size_t to, size_t from)
{
	struct import_counts c;
	char *words = machine_import(f->machines[to], names[from], &c);

	HARNESS_CHECK(c.added == 0 && c.merged == 0 && c.messages == 0 && c.votes == 0,
	        "%zu added, %zu merged, %zu messages, %zu votes: %s", c.added, c.merged, c.messages, c.votes, words);
	free(words);
}

/* Both went on with a reply: else the hardest case was not there. */
static int
count_versions(struct fleet *f)
{
	char *n = place_query(f->machines[0], "SELECT count(*) FROM message WHERE substr(uuid, 15, 1) = '8'");
	int versions = atoi(n);

	free(n);
	return versions;
}

static void
expect_alike(struct fleet *f)
{
	char *first = machine_dump(f->machines[0]);

	for (size_t i = 1; i < f->n; i++) {
		char *other = machine_dump(f->machines[i]);

		HARNESS_EQUAL(other, first);
		free(other);
	}
	free(first);
	for (size_t i = 0; i < f->n; i++)
		expect_nothing_new(f, i, (i + 1) % f->n);
}

/* ---- rounds ---- */

static void
begin(struct fleet *f, size_t n, uint64_t seed)
{
	place_make();
	*f = (struct fleet){.n = n, .seed = seed};
	uuid_repeat(seed);
	for (size_t i = 0; i < n; i++)
		f->machines[i] = machine_open(names[i]);
}

static void
end(struct fleet *f)
{
	for (size_t i = 0; i < f->n; i++) {
		place_check(f->machines[i]);
		history_close(f->machines[i]);
	}
	uuid_repeat(0);
	place_remove();
}

static void
edit_all(struct fleet *f)
{
	for (size_t i = 0; i < f->n; i++)
		for (int n = 0; n < EDITS; n++)
			edit_once(f, f->machines[i]);
}

/* Both ways, in an order by chance. */
static void
two_are_kept_alike(void)
{
	int versions = 0;

	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct fleet f;

		begin(&f, 2, seed);
		for (int round = 0; round < 3; round++) {
			size_t first;

			edit_all(&f);
			first = below(&f, 2);
			import_once(&f, first, 1 - first);
			import_once(&f, 1 - first, first);
			expect_alike(&f);
		}
		versions += count_versions(&f);
		end(&f);
	}
	CU_ASSERT(versions > 0);
}

/* Each has the file of the other as it was before it got ours. */
static void
two_at_the_same_time(void)
{
	int versions = 0;

	for (uint64_t seed = 101; seed <= 106; seed++) {
		struct fleet f;

		begin(&f, 2, seed);
		for (int round = 0; round < 3; round++) {
			char *path = place_path("old.db"), *sql = mem_printf("VACUUM INTO '%s'", path);
			char *words;

			edit_all(&f);
			place_run(f.machines[1], sql);
			import_once(&f, 1, 0);
			words = machine_import(f.machines[0], "old", NULL);
			HARNESS_EQUAL(words, "");
			remove(path);
			import_once(&f, 0, 1);
			import_once(&f, 1, 0);
			expect_alike(&f);
			free(path);
			free(sql);
			free(words);
		}
		versions += count_versions(&f);
		end(&f);
	}
	CU_ASSERT(versions > 0);
}

/* Each imports its neighbour's only; edits go on meanwhile. Replies go on on one of them alone: what a third machine has said below one
 * stays below the version that it found. */
static void
three_in_a_ring(void)
{
	for (uint64_t seed = 201; seed <= 208; seed += harness_stride()) {
		struct fleet f;

		begin(&f, 3, seed);
		for (int round = 0; round < 3; round++) {
			for (size_t i = 0; i < 3; i++) {
				edit_all(&f);
				import_once(&f, i, (i + 1) % 3);
			}
			for (size_t i = 0; i < 6; i++)
				import_once(&f, (i + 1) % 3, i % 3);
			expect_alike(&f);
		}
		end(&f);
	}
}

CU_TestInfo merge_random_tests[] = {
        {"two machines are kept alike", two_are_kept_alike},
        {"two machines import each other's at the same time", two_at_the_same_time},
        {"three machines in a ring are kept alike", three_in_a_ring},
        CU_TEST_INFO_NULL,
};
