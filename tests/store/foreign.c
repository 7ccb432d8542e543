/*
 * foreign.c - a history's file in which somebody has planted something, or in whose place stands what is no file: it is
 * refused, at once, and left as it is.
 */
#include "store/foreign.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/examine.h"
#include "store/prompts.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"
#include "tests/store/version_1.h"

static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

/* ---- planted ---- */

static void
make_history(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "tell"), MESSAGE_COMPLETE);
	history_close(t->history);
	talk_drop(t);
}

/* As the sqlite3 shell would, without anything of ours. */
static void
plant(const char *sql)
{
	char *path = place_path("history.db"), *why = NULL;
	sqlite3 *db;

	CU_ASSERT_FATAL(sqlite3_open(path, &db) == SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_exec(db, sql, NULL, NULL, &why);
	HARNESS_CHECK(!why, "%s: %s", sql, why);
	sqlite3_free(why);
	sqlite3_close(db);
	free(path);
}

static void
expect_refused(const char *sql, const char *what)
{
	static const enum history_mode modes[] = {HISTORY_CREATE, HISTORY_WRITE, HISTORY_READ};
	char *words = mem_printf("history has a %s (/", what);

	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		struct history *h;
		char *says = place_try(modes[i], &h);

		HARNESS_CHECK(!h && strncmp(says, words, strlen(words)) == 0, "%s: %s", sql, says);
		history_close(h);
		free(says);
	}
	CU_ASSERT(place_has("history.db"));
	free(words);
}

static void
expect_told_by_doctor(void)
{
	char *path = place_path("history.db");
	struct examination found;

	examine_history(path, &found, NULL, NULL);
	HARNESS_CHECK(found.state == EXAMINE_FOREIGN && strstr(found.why.text, "is not flynn's"), "%d %s",
	        (int)found.state, found.why.text);
	examination_release(&found);
	free(path);
}

static void
refuses_what_is_planted(void)
{
	static const struct {
		const char *sql, *what;
	} rows[] = {
	        {"CREATE TRIGGER evil AFTER INSERT ON message BEGIN SELECT (%s); END",
	                "trigger that is not flynn's, \"evil\""},
	        {"CREATE TRIGGER evil AFTER UPDATE ON conversation BEGIN SELECT (%s); END",
	                "trigger that is not flynn's, \"evil\""},
	        {"DROP TRIGGER message_added; CREATE TRIGGER message_added AFTER INSERT ON message BEGIN SELECT (%s); "
	         "END",
	                "trigger that is not flynn's, \"message_added\""},
	        {"CREATE VIEW evil AS %s", "view that is not flynn's, \"evil\""},
	        {"ALTER TABLE setting RENAME TO setting2; CREATE VIEW setting AS SELECT 'open' AS key, (%s) AS value",
	                "table that is not flynn's, \"setting2\""},
	        {"DROP TABLE setting; CREATE VIEW setting AS SELECT 'open' AS key, (%s) AS value",
	                "view that is not flynn's, \"setting\""},
	        {"DROP TABLE journal; CREATE VIEW journal AS %s", "view that is not flynn's, \"journal\""},
	        {"CREATE TABLE other (a)", "table that is not flynn's, \"other\""},
	        {"CREATE VIRTUAL TABLE other USING fts5(a)", "table that is not flynn's, \"other\""},
	        {"ALTER TABLE message ADD COLUMN other AS (hex(zeroblob(500000000)))",
	                "table that is not flynn's, \"message\""},
	        {"DROP TABLE setting; CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK "
	         "(length(hex("
	         "zeroblob(400000000))) > 1)) WITHOUT ROWID",
	                "table that is not flynn's, \"setting\""},
	        {"CREATE INDEX other ON message (hex(zeroblob(500 + id)))", "index that is not flynn's, \"other\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *sql = sqlite3_mprintf(rows[i].sql, endless);

		make_history();
		plant(sql);
		expect_refused(sql, rows[i].what);
		expect_told_by_doctor();
		place_remove();
		sqlite3_free(sql);
	}
}

/* Before anything of it runs on the way to the newest version. */
static void
refuses_what_is_planted_in_an_older_one(void)
{
	static const struct {
		const char *sql, *what;
	} rows[] = {
	        {"CREATE TRIGGER evil AFTER INSERT ON message BEGIN SELECT 1; END",
	                "trigger that is not flynn's, \"evil\""},
	        {"ALTER TABLE message ADD COLUMN kind AS (hex(zeroblob(500000000)))",
	                "table that is not flynn's, \"message\""},
	        {"ALTER TABLE conversation ADD COLUMN other TEXT", "table that is not flynn's, \"conversation\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *path;
		struct err err;

		place_make();
		path = place_path("history.db");
		history_close(history_open_as(path, HISTORY_CREATE, &version_1, &err));
		plant(rows[i].sql);
		expect_refused(rows[i].sql, rows[i].what);
		expect_told_by_doctor();
		CU_ASSERT(!place_has("history.db.v1.bak") && !place_has("history.db.new"));
		free(path);
		place_remove();
	}
}

static void
takes_what_sqlite_adds(void)
{
	make_history();
	plant("ANALYZE");
	history_close(place_open());
	place_remove();
}

/* Nothing that reads or writes follows it round. */
static void
ends_in_a_circle(void)
{
	struct talk *t;
	struct message *reply, *prompt;
	struct err err;
	struct loaded loaded;

	make_history();
	plant("PRAGMA foreign_keys = OFF; UPDATE message SET parent = 2 WHERE id = 1");
	t = talk_new(conversation_new(NULL));
	if (load_conversation(t->history, 1, &loaded, &err))
		loaded_release(&loaded);
	prompt = conversation_add(t->conversation, NULL, CHAT_USER, "tell");
	reply = conversation_add(t->conversation, prompt, CHAT_ASSISTANT, "well");
	talk_save(t);
	place_run(t->history, "UPDATE message SET parent = (SELECT max(id) FROM message) WHERE content = 'tell'");
	conversation_add(t->conversation, reply, CHAT_USER, "more");
	conversation_delete(t->conversation, prompt);
	talk_save(t);
	talk_free(t);
}

/* ---- no file ---- */

static void
refuses_what_is_no_file(void)
{
	static const char *const names[] = {
	        "history.db", "history.lock", "history.db-wal", "history.db-shm", "history.db-journal"};
	static const enum history_mode modes[] = {HISTORY_CREATE, HISTORY_WRITE, HISTORY_READ};

	for (size_t i = 0; i < ARRAY_LEN(names) * ARRAY_LEN(modes); i++) {
		const char *name = names[i % ARRAY_LEN(names)];
		enum history_mode mode = modes[i / ARRAY_LEN(names)];
		bool harmless = strcmp(name, "history.lock") == 0 && mode == HISTORY_READ;
		struct history *h;
		char *path, *says;

		make_history();
		path = place_path(name);
		unlink(path);
		CU_ASSERT_FATAL(mkfifo(path, 0600) == 0);
		says = place_try(mode, &h);
		HARNESS_CHECK(
		        harmless || (!h && strstr(says, "it is no regular file")), "%s %d: %s", name, (int)mode, says);
		history_close(h);
		free(says);
		free(path);
		place_remove();
	}
}

/* ---- prompts ---- */

static void
prompts_that_are_a_pipe(void)
{
	char *path, *new, **prompts;
	struct err err;
	size_t n;

	place_make();
	path = place_path("prompts");
	CU_ASSERT_FATAL(mkfifo(path, 0600) == 0);
	prompts = prompts_read(path, &n);
	CU_ASSERT_EQUAL(n, 0);
	free(prompts);
	CU_ASSERT(!prompts_add(path, "hello", &err));
	HARNESS_CHECK(strstr(err.text, "it is no regular file") != NULL, "%s", err.text);
	CU_ASSERT(unlink(path) == 0);
	new = place_path("prompts.new");
	CU_ASSERT_FATAL(mkfifo(new, 0600) == 0);
	for (int i = 0; i < PROMPTS_MAX + 2; i++)
		CU_ASSERT(prompts_add(path, "hello", &err));
	prompts = prompts_read(path, &n);
	CU_ASSERT_EQUAL(n, PROMPTS_MAX);
	while (n > 0)
		free(prompts[--n]);
	free(prompts);
	free(new);
	free(path);
	place_remove();
}

/* By somebody who never lets go of them. */
static void
prompts_that_are_locked(void)
{
	char *path;
	struct err err;
	int fd;

	place_make();
	path = place_path("prompts");
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CU_ASSERT_FATAL(fd >= 0 && flock(fd, LOCK_EX) == 0);
	CU_ASSERT(!prompts_add(path, "hello", &err));
	close(fd);
	CU_ASSERT(prompts_add(path, "hello", &err));
	free(path);
	place_remove();
}

CU_TestInfo foreign_tests[] = {
        {"refuses what is planted", refuses_what_is_planted},
        {"refuses what is planted in an older one", refuses_what_is_planted_in_an_older_one},
        {"takes what SQLite adds", takes_what_sqlite_adds},
        {"ends in a circle", ends_in_a_circle},
        {"refuses what is no file", refuses_what_is_no_file},
        {"prompts that are a pipe", prompts_that_are_a_pipe},
        {"prompts that are locked", prompts_that_are_locked},
        CU_TEST_INFO_NULL,
};
