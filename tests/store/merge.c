/*
 * merge.c - another flynn's history.db into ours: what comes, what stays, and that the other file is left alone.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "store/database.h"
#include "store/schema.h"
#include "tests/harness.h"
#include "tests/store/machines.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"
#include "tests/store/version_1.h"

/* ---- two machines ---- */

struct pair {
	struct history *a, *b;
};

static struct pair
begin(void)
{
	place_make();
	return (struct pair){machine_open("a"), machine_open("b")};
}

static void
end(struct pair *p)
{
	place_check(p->a);
	place_check(p->b);
	history_close(p->a);
	history_close(p->b);
	place_remove();
}

static void
say(struct history *h, int64_t row, const char *prompt, const char *reply)
{
	struct talk *t = machine_talk(h, row);
	struct message *m = talk_begin(t, prompt);

	talk_put(&m->content, reply);
	talk_end(t, m, MESSAGE_COMPLETE);
	talk_drop(t);
}

/* The last message that is shown. */
static void
go_on(struct history *h, int64_t row, const char *more, enum message_state state)
{
	struct talk *t = machine_talk(h, row);
	struct message *m = conversation_leaf(t->conversation);

	talk_put(&m->content, more);
	talk_end(t, m, state);
	talk_drop(t);
}

static void
expect_alike(struct pair *p)
{
	char *a = machine_dump(p->a), *b = machine_dump(p->b);

	HARNESS_EQUAL(a, b);
	free(a);
	free(b);
}

#define TEXTS "SELECT group_concat(content) FROM (SELECT content FROM message WHERE deleted IS NULL ORDER BY content)"

static void
a_new_one_comes_whole(void)
{
	struct pair p = begin();

	say(p.b, 0, "boats?", "float");
	place_run(p.b,
	        "UPDATE conversation SET title = 'Boats', titled = 'person', pinned = 1, draft = 'and', system = 's',"
	        "  parameters = '{\"seed\":7}', preset = 'terse'");
	place_run(p.b, "INSERT INTO tag (conversation, name) VALUES (1, 'sea')");
	place_run(p.b, "UPDATE message SET tokens = x'01', pieces = x'0407', muted = 1 WHERE id = 2");
	machine_check(p.a, "b", 1, 0, 0, 2);
	place_expect(p.a,
	        "SELECT title || titled || pinned || draft || system || parameters || preset || leaf FROM conversation",
	        "Boatsperson1ands{\"seed\":7}terse2");
	place_expect(p.a, "SELECT hex(tokens) || hex(pieces) || muted FROM message WHERE id = 2", "0104071");
	place_expect(p.a, "SELECT name FROM tag", "sea");
	place_expect(p.a, "SELECT rowid FROM message_words WHERE message_words MATCH 'float'", "2");
	machine_check(p.a, "b", 0, 0, 1, 0);
	machine_check(p.b, "a", 0, 0, 1, 0);
	expect_alike(&p);
	end(&p);
}

static void
what_is_ours_stays(void)
{
	struct pair p = begin();
	char *updated;

	say(p.a, 0, "boats?", "float");
	machine_check(p.b, "a", 1, 0, 0, 2);
	place_run(p.a, "UPDATE conversation SET title = 'ours', pinned = 1, draft = 'mine', preset = 'p'");
	place_run(p.b, "UPDATE conversation SET title = 'theirs', archived = 1, draft = 'yours', preset = 'q'");
	say(p.a, 1, "a?", "of a");
	say(p.b, 1, "b?", "of b");
	machine_check(p.a, "b", 0, 1, 0, 2);
	machine_check(p.b, "a", 0, 1, 0, 2);
	place_expect(
	        p.a, "SELECT title || pinned || archived || draft || preset || leaf FROM conversation", "ours10minep4");
	place_expect(p.b, "SELECT title || pinned || archived || draft || preset || leaf FROM conversation",
	        "theirs01yoursq4");
	place_expect(p.a, TEXTS, "a?,b?,boats?,float,of a,of b");
	place_expect(p.a, "SELECT group_concat(parent) FROM message WHERE role = 'user' AND parent > 0", "2,2");
	updated = place_query(p.b, "SELECT updated FROM conversation");
	place_expect(p.a, "SELECT updated FROM conversation", updated);
	free(updated);
	expect_alike(&p);
	end(&p);
}

/* ---- replies that grow ---- */

static void
one_that_went_on_there_goes_on_here(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "they");
	machine_check(p.b, "a", 1, 0, 0, 2);
	place_run(p.a, "UPDATE message SET stream = 'x' WHERE id = 2");
	go_on(p.b, 1, " float", MESSAGE_STOPPED);
	machine_check(p.b, "a", 0, 0, 1, 0);
	machine_check(p.a, "b", 0, 1, 0, 0);
	machine_check(p.a, "b", 0, 0, 1, 0);
	place_expect(p.a, "SELECT content || state || '[' || stream || ']' FROM message WHERE id = 2",
	        "they floatstopped[]");
	place_expect(p.a, "SELECT count(*) FROM message_words WHERE message_words MATCH 'float'", "1");
	expect_alike(&p);
	end(&p);
}

/* Copied just before its end was saved. */
static void
an_end_comes_too(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "they float");
	machine_check(p.b, "a", 1, 0, 0, 2);
	place_run(p.b, "UPDATE message SET state = 'interrupted', finish_reason = '' WHERE id = 2");
	place_run(p.a, "UPDATE message SET finish_reason = 'stop' WHERE id = 2");
	machine_check(p.b, "a", 0, 1, 0, 0);
	machine_check(p.a, "b", 0, 0, 1, 0);
	place_expect(p.b, "SELECT state || finish_reason FROM message WHERE id = 2", "completestop");
	end(&p);
}

static void
both_that_went_on_are_versions(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "they");
	machine_check(p.b, "a", 1, 0, 0, 2);
	go_on(p.a, 1, " float", MESSAGE_COMPLETE);
	go_on(p.b, 1, " swim", MESSAGE_COMPLETE);
	say(p.a, 1, "a?", "of a");
	say(p.b, 1, "b?", "of b");
	machine_check(p.a, "b", 0, 1, 0, 3);
	machine_check(p.b, "a", 0, 1, 0, 3);
	expect_alike(&p);
	place_expect(p.a, TEXTS, "a?,b?,boats?,of a,of b,they float,they swim");
	place_expect(p.a, "SELECT p.content FROM message m JOIN message p ON p.id = m.parent WHERE m.content = 'a?'",
	        "they float");
	place_expect(p.b, "SELECT p.content FROM message m JOIN message p ON p.id = m.parent WHERE m.content = 'a?'",
	        "they float");
	place_expect(p.a, "SELECT p.content FROM message m JOIN message p ON p.id = m.parent WHERE m.content = 'b?'",
	        "they swim");
	machine_check(p.a, "b", 0, 0, 1, 0);
	end(&p);
}

/* While it streams here its writer knows better; what was said besides comes. */
static void
one_that_is_being_written_stays(void)
{
	struct pair p = begin();
	struct history *other = machine_open("a");
	struct talk *t = machine_talk(p.a, 0);
	struct message *reply = talk_begin(t, "boats?");

	talk_put(&reply->content, "they");
	conversation_touch(t->conversation, reply);
	talk_save(t);
	machine_check(p.b, "a", 1, 0, 0, 2);
	place_expect(
	        p.b, "SELECT content || state || coalesce(owner, '-') FROM message WHERE id = 2", "theyinterrupted-");
	place_expect(p.b, "SELECT count(*) FROM journal", "0");
	go_on(p.b, 1, " swim", MESSAGE_COMPLETE);
	say(p.b, 1, "b?", "of b");
	machine_check(other, "b", 0, 1, 0, 2);
	talk_put(&reply->content, " float");
	talk_end(t, reply, MESSAGE_COMPLETE);
	place_expect(p.a, "SELECT content FROM message WHERE id = 2", "they float");
	talk_drop(t);
	machine_check(other, "b", 0, 1, 0, 1);
	machine_check(p.b, "a", 0, 1, 0, 1);
	place_expect(p.a, TEXTS, "b?,boats?,of b,they float,they swim");
	place_expect(p.b, TEXTS, "b?,boats?,of b,they float,they swim");
	history_close(other);
	end(&p);
}

/* ---- deleted ---- */

static void
what_was_deleted_on_one_side_comes_back(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "float");
	say(p.a, 0, "cats?", "sleep");
	machine_check(p.b, "a", 2, 0, 0, 4);
	place_run(p.a, "UPDATE conversation SET deleted = 5 WHERE id = 1; UPDATE message SET deleted = 6 WHERE id = 4");
	machine_check(p.b, "a", 0, 0, 2, 0);
	machine_check(p.a, "b", 0, 2, 0, 1);
	place_expect(p.a, "SELECT count(*) FROM conversation WHERE deleted IS NULL", "2");
	place_expect(p.a, TEXTS, "boats?,cats?,float,sleep");
	place_expect(p.a, "SELECT count(*) FROM message_words WHERE message_words MATCH 'sleep'", "1");
	expect_alike(&p);
	end(&p);
}

static void
what_was_deleted_on_both_stays_so(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "float");
	say(p.a, 0, "cats?", "sleep");
	machine_check(p.b, "a", 2, 0, 0, 4);
	place_run(p.a, "UPDATE conversation SET deleted = 5 WHERE id = 1; UPDATE message SET deleted = 6 WHERE id = 4");
	place_run(p.b, "UPDATE conversation SET deleted = 7 WHERE id = 1; DELETE FROM message WHERE id = 4");
	machine_check(p.a, "b", 0, 0, 1, 0);
	machine_check(p.b, "a", 0, 0, 1, 0);
	place_expect(p.a, "SELECT group_concat(deleted) FROM conversation", "5");
	place_expect(p.b, "SELECT count(*) FROM message WHERE content = 'sleep'", "0");
	end(&p);
}

/* The trash of a flynn is emptied in steps: files first. */
static void
one_that_comes_back_has_its_files(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "float");
	place_run(p.a, "INSERT INTO attachment (id, sha256, kind, type, size, data) VALUES (1,"
	               "  '98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4', 'text', 'text/plain', 3,"
	               "  CAST('hi\n' AS BLOB)); INSERT INTO message_attachment VALUES (1, 0, 1, 'notes');"
	               "UPDATE message SET files = 'notes\n' WHERE id = 1");
	machine_check(p.b, "a", 1, 0, 0, 2);
	expect_alike(&p);
	place_run(p.b, "UPDATE conversation SET deleted = 5; DELETE FROM message_attachment");
	place_expect(p.b, "SELECT count(*) FROM attachment", "0");
	machine_check(p.b, "a", 0, 1, 0, 0);
	expect_alike(&p);
	end(&p);
}

/* ---- votes, tags ---- */

static void
votes_and_tags_are_united(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "float");
	machine_check(p.b, "a", 1, 0, 0, 2);
	place_run(p.a, "INSERT INTO tag (conversation, name) VALUES (1, 'sea'), (1, 'a');"
	               "INSERT INTO vote (uuid, at, winner) VALUES ('u1', 5, 'tiny');"
	               "INSERT INTO vote_model VALUES (1, 0, 'tiny'), (1, 1, 'large')");
	place_run(p.b, "INSERT INTO tag (conversation, name) VALUES (1, 'sea'), (1, 'b');"
	               "INSERT INTO vote (uuid, at, winner) VALUES ('u2', 6, NULL);"
	               "INSERT INTO vote_model VALUES (1, 0, 'large'), (1, 1, 'small')");
	machine_check(p.a, "b", 0, 1, 0, 0);
	machine_check(p.b, "a", 0, 1, 0, 0);
	place_expect(p.a, "SELECT group_concat(name) FROM tag", "a,b,sea");
	place_expect(
	        p.a, "SELECT group_concat(vote || place || model) FROM vote_model", "10tiny,11large,20large,21small");
	place_expect(p.a, "SELECT group_concat(uuid || at || coalesce(winner, '-')) FROM vote", "u15tiny,u26-");
	machine_check(p.a, "b", 0, 0, 1, 0);
	place_expect(p.a, "SELECT count(*) FROM vote_model", "4");
	end(&p);
}

/* ---- the other file ---- */

/* The names and bytes of all files of the place that begin so. To be freed. */
static char *
sums(const char *name)
{
	struct buf out = {0};
	static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".lock"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		char *file = mem_printf("%s%s", name, ends[i]), *path = place_path(file), sum[SHA256_TEXT] = "none";
		FILE *f = fopen(path, "rb");
		struct buf bytes = {0};

		for (int c; f && (c = getc(f)) != EOF;)
			buf_putc(&bytes, (char)c);
		if (f) {
			sha256_text(sum, buf_text(&bytes), bytes.len);
			fclose(f);
		}
		buf_printf(&out, "%s %s\n", file, sum);
		buf_release(&bytes);
		free(file);
		free(path);
	}
	return buf_take(&out);
}

static void
copy_file(const char *from, const char *to)
{
	char *a = place_path(from), *b = place_path(to);
	FILE *in = fopen(a, "rb"), *out = fopen(b, "wb");

	for (int c; in && out && (c = getc(in)) != EOF;)
		putc(c, out);
	CU_ASSERT(in && out && fclose(in) == 0 && fclose(out) == 0);
	free(a);
	free(b);
}

static void
expect_untouched(struct history *h, const char *name, size_t messages)
{
	char *file = mem_printf("%s.db", name), *before = sums(file), *now, *words;
	struct import_counts c = {0};

	words = machine_import(h, name, &c);
	HARNESS_EQUAL(words, "");
	CU_ASSERT_EQUAL(c.messages, messages);
	now = sums(file);
	HARNESS_EQUAL(now, before);
	free(file);
	free(before);
	free(now);
	free(words);
}

/* With a write-ahead log that its flynn left, and in a folder that may not be written. */
static void
the_other_file_is_left_alone(void)
{
	struct pair p = begin();

	say(p.b, 0, "boats?", "float");
	copy_file("b.db", "old.db");
	copy_file("b.db-wal", "old.db-wal");
	say(p.b, 1, "more?", "yes");
	history_close(p.b);
	place_as_anyone();
	place_mode("old.db", 0400);
	place_mode("b.db", 0400);
	place_mode("", 0500);
	expect_untouched(p.a, "old", 2);
	expect_untouched(p.a, "b", 2);
	place_mode("", 0700);
	place_mode("b.db", 0600);
	p.b = machine_open("b");
	expect_alike(&p);
	end(&p);
}

/* Its flynn goes on meanwhile, and has all that it had. */
static void
its_flynn_may_have_it_open(void)
{
	struct pair p = begin();

	for (int i = 0; i < 5; i++) {
		say(p.b, i > 0, "more?", "yes");
		machine_check(p.a, "b", i == 0, i > 0, 0, 2);
	}
	expect_alike(&p);
	end(&p);
}

static void
older_versions_are_read(void)
{
	static const char rows[] = "INSERT INTO instance (started) VALUES (5);"
	                           "INSERT INTO conversation (uuid, title, created, updated, leaf) VALUES"
	                           " ('01234567-89ab-4def-8123-456789abcdef', 'Boats', 1, 1, 2);"
	                           "INSERT INTO message (conversation, role, state, content, created)"
	                           "  VALUES (1, 'user', 'complete', 'boats?', 1700000000000);"
	                           "INSERT INTO message (conversation, parent, role, state, content, created, owner)"
	                           "  VALUES (1, 1, 'assistant', 'interrupted', 'they', 1700000001000, 1);"
	                           "INSERT INTO journal (message, at, content, reasoning) VALUES (2, 4, ' float', '');";
	struct history *a;
	char *path;

	place_make();
	path = place_path("b.db");
	a = machine_open("a");
	for (int version = 1; version < schema_current()->version; version++) {
		struct schema then = {version, version_1.create, schema_current()->steps};
		struct err err = {0};
		struct history *b = history_open_as(path, HISTORY_CREATE, version == 1 ? &version_1 : &then, &err);

		HARNESS_CHECK(b != NULL, "%s", err.text);
		if (version == 1)
			place_run(b, rows);
		history_close(b);
		expect_untouched(a, "b", version == 1 ? 2 : 0);
	}
	place_expect(a, "SELECT count(*) FROM conversation", "1");
	place_expect(a, TEXTS, "boats?,they float");
	history_close(a);
	free(path);
	place_remove();
}

static void
expect_refusal(struct history *h, const char *name, const char *want)
{
	char *words = machine_import(h, name, NULL), *before = sums("b.db"), *now;

	HARNESS_CHECK(strncmp(words, want, strlen(want)) == 0, "%s", words);
	place_expect(h, "SELECT count(*) FROM conversation", "0");
	now = sums("b.db");
	HARNESS_EQUAL(now, before);
	free(words);
	free(before);
	free(now);
}

static void
change_byte(const char *name, long at, size_t n, int to)
{
	char *path = place_path(name);
	FILE *f = fopen(path, "r+b");

	CU_ASSERT_FATAL(f != NULL);
	fseek(f, at, SEEK_SET);
	while (n-- > 0)
		putc(to, f);
	CU_ASSERT(fclose(f) == 0);
	free(path);
}

static void
what_cannot_be_read_adds_nothing(void)
{
	struct pair p = begin();

	for (int i = 0; i < 40; i++)
		say(p.b, i > 0, "What is a boat, and of what is it made?", "It floats, for it is made of wood.");
	place_run(p.b,
	        "INSERT INTO attachment (id, sha256, kind, type, size, data) VALUES (1, 'no', 'text', 'text/plain', 3,"
	        "  CAST('hi\n' AS BLOB)); INSERT INTO message_attachment VALUES (1, 0, 1, 'notes')");
	expect_refusal(p.a, "b", "the attached file notes is damaged (");
	place_run(
	        p.b, "DELETE FROM message_attachment; CREATE TRIGGER planted AFTER INSERT ON vote BEGIN SELECT 1; END");
	expect_refusal(p.a, "b", "history has a trigger that is not flynn's, \"planted\" (");
	place_run(p.b, "DROP TRIGGER planted; PRAGMA user_version = 99");
	expect_refusal(p.a, "b", "history is of a newer flynn (its version 99, known here: 6) and was left as it is (");
	place_run(p.b, "PRAGMA user_version = 6; PRAGMA journal_mode = DELETE");
	history_close(p.b);
	change_byte("b.db", 4096 * 6, 4096 * 60, 'x');
	expect_refusal(p.a, "b", "history is damaged (");
	change_byte("b.db", 0, 4096, 'x');
	expect_refusal(p.a, "b", "history is damaged (");
	expect_refusal(p.a, "none", "cannot open ");
	history_close(p.a);
	place_remove();
}

static void
it_is_not_its_own(void)
{
	struct pair p = begin();
	char *words, *path = place_path("a.db"),
	             *want = mem_printf("%s: this is the history itself, not another one", path);

	say(p.a, 0, "boats?", "float");
	words = machine_import(p.a, "a", NULL);
	HARNESS_EQUAL(words, want);
	free(words);
	free(path);
	free(want);
	end(&p);
}

/* ---- messages without a name, and with one that is no name ---- */

static void
messages_without_names_are_known(void)
{
	struct pair p = begin();

	say(p.a, 0, "boats?", "float");
	place_run(p.a, "UPDATE message SET uuid = NULL");
	machine_check(p.b, "a", 1, 0, 0, 2);
	place_run(p.b, "UPDATE message SET uuid = NULL");
	machine_check(p.a, "b", 0, 0, 1, 0);
	machine_check(p.b, "a", 0, 0, 1, 0);
	place_expect(p.a, "SELECT count(uuid) FROM message", "2");
	expect_alike(&p);
	place_run(p.b, "UPDATE message SET uuid = 'x' WHERE id = 2");
	machine_check(p.a, "b", 0, 0, 1, 0);
	end(&p);
}

CU_TestInfo merge_tests[] = {
        {"a new conversation comes whole", a_new_one_comes_whole},
        {"what is ours stays", what_is_ours_stays},
        {"a reply that went on there goes on here", one_that_went_on_there_goes_on_here},
        {"a reply's end comes too", an_end_comes_too},
        {"a reply that went on on both sides has two versions", both_that_went_on_are_versions},
        {"a reply that is being written stays", one_that_is_being_written_stays},
        {"what was deleted on one side comes back", what_was_deleted_on_one_side_comes_back},
        {"what was deleted on both stays so", what_was_deleted_on_both_stays_so},
        {"what comes back has its files", one_that_comes_back_has_its_files},
        {"votes and tags are united", votes_and_tags_are_united},
        {"the other file is left alone", the_other_file_is_left_alone},
        {"its flynn may have it open", its_flynn_may_have_it_open},
        {"older versions are read", older_versions_are_read},
        {"what cannot be read adds nothing", what_cannot_be_read_adds_nothing},
        {"a history is not another one of itself", it_is_not_its_own},
        {"messages without names are known", messages_without_names_are_known},
        CU_TEST_INFO_NULL,
};
