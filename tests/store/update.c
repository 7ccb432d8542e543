/*
 * update.c - a history as flynns of its first version left it, opened by this one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/database.h"
#include "store/examine.h"
#include "store/load.h"
#include "store/search.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"
#include "tests/store/version_1.h"

static const char old_rows[] =
        "INSERT INTO instance (started) VALUES (1700000000000);"
        "INSERT INTO conversation (uuid, title, titled, system, created, updated, pinned, draft, leaf)"
        "  VALUES ('01234567-89ab-4def-8123-456789abcdef', 'Boats', 'model', 'Be brief.', 1700000000000,"
        "    1700000060000, 1, 'and ships', 3);"
        "INSERT INTO message (conversation, parent, role, state, content, created)"
        "  VALUES (1, NULL, 'user', 'complete', 'What is a boat?', 1700000000000);"
        "INSERT INTO message (conversation, parent, role, state, content, reasoning, model, parameters, created)"
        "  VALUES (1, 1, 'assistant', 'complete', 'It floats.', 'boats', 'tiny', '{\"seed\":7}', 1700000001000);"
        "INSERT INTO message (conversation, parent, role, state, content, created, owner)"
        "  VALUES (1, 1, 'assistant', 'interrupted', 'It sw', 1700000002000, 1);"
        "INSERT INTO message (conversation, parent, role, state, content, created)"
        "  VALUES (1, 2, 'system', 'complete', 'Be long.', 1700000003000);"
        "INSERT INTO journal (message, at, content, reasoning) VALUES (3, 5, 'ims.', '');"
        "INSERT INTO setting (key, value) VALUES ('open', '1');";

/* Closed, with a reply that its flynn has not ended. */
static void
make_old(void)
{
	char *path;
	struct history *h;
	struct err err = {0};

	place_make();
	path = place_path("history.db");
	h = history_open_as(path, HISTORY_CREATE, &version_1, &err);
	HARNESS_CHECK(h != NULL, "%s", err.text);
	place_run(h, old_rows);
	history_close(h);
	free(path);
}

static void
keeps_what_was_there(void)
{
	struct talk *t;
	char *text;

	make_old();
	t = talk_new(conversation_new(NULL));
	CU_ASSERT(place_has("history.db.v1.bak") && history_recovered(t->history).messages == 1);
	talk_load(t, 1);
	text = talk_text(t->conversation);
	HARNESS_EQUAL(text, "[Boats] model [Be brief.] pinned\n[]\n"
	                    "1 < 0: user, complete\n\t[] [What is a boat?]\n\t[] [] [] [] 0 0 0\n\n"
	                    "2 < 1: assistant, complete\n\t[boats] [It floats.]\n"
	                    "\t[tiny] [] [{\"seed\":7}] [] 0 0 0\n\n"
	                    "3 < 1: assistant, interrupted\n\t[] [It swims.]\n\t[] [] [] [] 0 0 0\n\n"
	                    "4 < 2: system, complete\n\t[] [Be long.]\n\t[] [] [] [] 0 0 0\n\nleaf 3\n");
	free(text);
	HARNESS_EQUAL(buf_text(&t->loaded.draft), "and ships");
	place_expect(
	        t->history, "SELECT group_concat(rowid) FROM message_words WHERE message_words MATCH 'swims'", "3");
	place_expect(t->history, "SELECT value FROM setting WHERE key = 'open'", "1");
	place_check(t->history);
	talk_free(t);
}

/* Nothing of the file, nor beside it, is changed by that. */
static void
is_read_as_it_is(void)
{
	char *path;
	struct history *h;
	struct loaded loaded;
	struct err err = {0};
	int64_t last;

	make_old();
	path = place_path("history.db");
	h = history_open(path, HISTORY_READ, &err);
	HARNESS_CHECK(h != NULL, "%s", err.text);
	CU_ASSERT(load_last(h, &last, &err) && last == 1);
	CU_ASSERT_FATAL(load_conversation(h, last, &loaded, &err));
	CU_ASSERT(conversation_find(loaded.conversation, 3) != NULL);
	CU_ASSERT(!conversation_find(loaded.conversation, 2)->is_muted);
	HARNESS_EQUAL(buf_text(&loaded.draft), "and ships");
	loaded_release(&loaded);
	history_close(h);
	CU_ASSERT(!place_has("history.db.v1.bak") && !place_has("history.db.new"));
	h = history_open_as(path, HISTORY_READ, &version_1, &err);
	CU_ASSERT_PTR_NOT_NULL(h);
	history_close(h);
	free(path);
}

static void
takes_what_is_new(void)
{
	struct talk *t;
	struct message *m;
	char *want, *have;

	make_old();
	t = talk_new(conversation_new(NULL));
	talk_load(t, 1);
	parameters_fix(&conversation_info(t->conversation)->parameters, "temperature", "0.2");
	buf_puts(&conversation_info(t->conversation)->preset, "terse");
	conversation_touch_info(t->conversation);
	m = conversation_find(t->conversation, 2);
	m->is_edited = m->is_muted = true;
	conversation_touch(t->conversation, m);
	conversation_add(t->conversation, m, CHAT_SYSTEM, "Boats float.")->is_summary = true;
	want = talk_text(t->conversation);
	talk_reopen(t);
	have = talk_text(t->conversation);
	HARNESS_EQUAL(have, want);
	free(want);
	free(have);
	place_check(t->history);
	talk_free(t);
}

/* Column by column: what is done with the one is done with the other. */
static void
becomes_what_a_new_one_is(void)
{
	static const char tables[] =
	        "SELECT group_concat(sql, x'0a') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
	struct history *h;
	char *want;

	place_make();
	h = place_open();
	want = place_query(h, tables);
	history_close(h);
	place_remove();
	make_old();
	h = place_open();
	place_expect(h, tables, want);
	history_close(h);
	free(want);
	place_remove();
}

/* A history of version 1, brought to a later one by the flynn of that time. */
static void
make_of_version(int version)
{
	struct schema then = {.version = version, .create = version_1.create, .steps = schema_current()->steps};
	char *path;
	struct history *h;
	struct err err = {0};

	make_old();
	path = place_path("history.db");
	h = history_open_as(path, HISTORY_CREATE, &then, &err);
	HARNESS_CHECK(h != NULL, "version %d: %s", version, err.text);
	history_close(h);
	free(path);
}

static void
comes_from_every_version(void)
{
	for (int version = 1; version < schema_current()->version; version++) {
		char *kept = mem_printf("history.db.v%d.bak", version);
		struct history *h;

		make_of_version(version);
		h = place_open();
		CU_ASSERT(place_has(kept));
		place_expect(h, "SELECT group_concat(id || content, ' ') FROM message",
		        "1What is a boat? 2It floats. 3It swims. 4Be long.");
		place_expect(h, "SELECT group_concat(uuid, ' ') FROM (SELECT uuid FROM message ORDER BY id)",
		        "a909c0d5-1b1c-88dd-9faa-6be82209aa91 412947d9-bfc2-8ef1-b08d-656637860959"
		        " 4ff56fc7-dcdb-8ad2-9c42-8eae1d5fcfab d168ca52-cad3-8c1b-bf9f-9adbc7a1425d");
		place_expect(h, "SELECT count(*) FROM message WHERE pieces IS NULL AND tokens IS NULL", "4");
		place_check(h);
		history_close(h);
		free(kept);
		place_remove();
	}
}

/* A vote takes its models along. */
static void
has_votes(void)
{
	struct history *h;

	make_of_version(4);
	h = place_open();
	place_run(h,
	        "INSERT INTO vote (uuid, at, winner) VALUES ('u1', 1700000000000, 'tiny'), ('u2', 1700000000001, NULL);"
	        "INSERT INTO vote_model VALUES (1, 0, 'tiny'), (1, 1, 'large'), (2, 0, 'tiny'), (2, 1, 'large')");
	place_run(h, "DELETE FROM vote WHERE id = 1");
	place_expect(h, "SELECT group_concat(vote || place || model, ' ') FROM vote_model", "20tiny 21large");
	place_check(h);
	history_close(h);
	place_remove();
}

/* As the one that it was, whose words say so. */
static void
is_told_by_doctor(void)
{
	char *path;
	struct examination found;

	make_old();
	path = place_path("history.db");
	examine_history(path, &found, NULL, NULL);
	CU_ASSERT_EQUAL(found.state, EXAMINE_OLDER);
	examination_release(&found);
	history_close(place_open());
	examine_history(path, &found, NULL, NULL);
	CU_ASSERT_EQUAL(found.state, EXAMINE_FINE);
	CU_ASSERT_EQUAL(found.n_older, 1);
	examination_release(&found);
	free(path);
	place_remove();
}

static void
an_older_flynn_leaves_a_new_one_alone(void)
{
	struct history *h;
	struct err err = {0};
	char *path;

	place_make();
	h = place_open();
	path = place_path("history.db");
	history_close(h);
	CU_ASSERT(!history_open_as(path, HISTORY_CREATE, &version_1, &err));
	CU_ASSERT(strncmp(err.text, "history is of a newer flynn (its version ", 41) == 0);
	CU_ASSERT(!place_has("history.db.v1.bak"));
	free(path);
	place_remove();
}

CU_TestInfo update_tests[] = {
        {"is read as it is", is_read_as_it_is},
        {"keeps what was there", keeps_what_was_there},
        {"takes what is new", takes_what_is_new},
        {"becomes what a new one is", becomes_what_a_new_one_is},
        {"comes from every version", comes_from_every_version},
        {"has votes", has_votes},
        {"is told by doctor", is_told_by_doctor},
        {"an older flynn leaves a new one alone", an_older_flynn_leaves_a_new_one_alone},
        CU_TEST_INFO_NULL,
};
