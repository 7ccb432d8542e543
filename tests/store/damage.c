/*
 * damage.c - a history that cannot be used: each reason in its words, and nothing of it thrown away.
 */
#include "store/set_aside.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/disk.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

/* A place with a closed history of two messages. */
static void
make_history(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "a"), MESSAGE_COMPLETE);
	history_close(t->history);
	talk_drop(t);
}

static void
overwrite(const char *name, long at, const char *bytes, size_t n)
{
	char *path = place_path(name);
	int fd = open(path, O_RDWR | O_CREAT, 0600);

	CU_ASSERT_FATAL(fd >= 0 && pwrite(fd, bytes, n, at) == (ssize_t)n);
	close(fd);
	free(path);
}

/* Opening it says this, but for the path; with `want` ending in '*' only its beginning counts. */
static void
expect_words(enum history_mode mode, const char *want)
{
	struct history *h;
	char *path = place_path("history.db"), *words = place_try(mode, &h), *at = strstr(words, path);
	struct buf have = {0};

	buf_put(&have, words, at ? (size_t)(at - words) : strlen(words));
	buf_puts(&have, at ? "PATH" : "");
	buf_puts(&have, at ? at + strlen(path) : "");
	HARNESS_EQUAL(buf_text(&have), want);
	history_close(h);
	buf_release(&have);
	free(words);
	free(path);
}

/* The name in the place that contains this, or NULL. */
static char *
file_like(const char *part)
{
	char *path = place_path("");
	DIR *dir = opendir(path);
	struct dirent *entry;
	char *found = NULL;

	while (!found && (entry = readdir(dir)) != NULL)
		if (strstr(entry->d_name, part))
			found = mem_strdup(entry->d_name);
	closedir(dir);
	free(path);
	return found;
}

static void
what_is_no_database_is_put_aside(void)
{
	struct history *h;
	char *aside;

	place_make();
	overwrite("history.db", 0, "this is no database, but it may be dear to somebody", 51);
	h = place_open();
	CU_ASSERT(strncmp(history_notice(h), "the history was damaged: it is kept as /", 40) == 0);
	place_check(h);
	history_close(h);
	aside = file_like("history.db.damaged-20");
	CU_ASSERT_FATAL(aside != NULL);
	free(aside);
	h = place_open();
	HARNESS_EQUAL(history_notice(h), "");
	history_close(h);
	place_remove();
}

/* As the writing thread does it. */
static void
save_or_begin_anew(struct talk *t)
{
	struct err err = {0};

	if (talk_try_save(t, &err))
		return;
	HARNESS_CHECK(history_is_damaged(t->history), "%s", err.text);
	t->history = history_begin_anew(t->history, &err);
	CU_ASSERT_FATAL(t->history != NULL);
	talk_save(t);
}

/* Every page of the file in its turn is broken. What is open goes on, in a new file where the page was needed. */
static void
broken_pages_lose_nothing_that_is_open(void)
{
	char junk[4096];

	memset(junk, 0xee, sizeof(junk));
	for (int page = 0; page < 40; page += (int)harness_stride()) {
		struct talk *t;
		char *have;

		make_history();
		overwrite("history.db", 4096L * page, junk, sizeof(junk));
		t = talk_new(conversation_new(NULL));
		for (int i = 0; i < 3; i++) {
			conversation_add(t->conversation, conversation_leaf(t->conversation), CHAT_USER, "kept");
			save_or_begin_anew(t);
		}
		have = place_query(t->history, "SELECT count(*) FROM message WHERE content = 'kept'");
		HARNESS_EQUAL(have, "3");
		free(have);
		talk_free(t);
	}
}

static void
says_what_is_wrong(void)
{
	make_history();
	expect_words(HISTORY_READ, "");
	place_remove();

	place_make();
	expect_words(HISTORY_READ, "cannot open PATH: No such file or directory");
	expect_words(HISTORY_WRITE, "cannot open PATH: No such file or directory");
	overwrite("history.db", 0, "", 0);
	expect_words(HISTORY_READ, "history is empty (PATH)");
	place_remove();
}

static void
a_newer_version_is_left_alone(void)
{
	struct history *h;

	make_history();
	h = place_open();
	place_run(h, "PRAGMA user_version = 7");
	history_close(h);
	expect_words(HISTORY_CREATE,
	        "history is of a newer flynn (its version 7, known here: 6) and was left as it is (PATH)");
	expect_words(HISTORY_READ,
	        "history is of a newer flynn (its version 7, known here: 6) and was left as it is (PATH)");
	CU_ASSERT(!file_like("damaged"));
	place_remove();
}

static void
another_programs_database_is_left_alone(void)
{
	struct history *h;

	make_history();
	h = place_open();
	place_run(h, "PRAGMA application_id = 7");
	history_close(h);
	expect_words(HISTORY_CREATE, "this is a database, but not a history of flynn (PATH)");
	CU_ASSERT(!file_like("damaged"));
	place_remove();
}

static void
a_damaged_one_in_use_is_not_taken_away(void)
{
	struct history *h;

	if (!place_has_two_users())
		return;
	make_history();
	h = place_open();
	overwrite("history.db", 0, "no longer a database", 20);
	overwrite("history.db-wal", 0, "no longer a log either", 22);
	expect_words(HISTORY_CREATE, "history is damaged, and another flynn has it open: quit that one first (PATH)");
	history_close(h);
	place_remove();
}

static void
locked_by_another_program(void)
{
	struct history *h, *other;
	struct talk *t;
	struct err err = {0};

	make_history();
	disk_install();
	other = place_open();
	place_run(other, "BEGIN IMMEDIATE");
	h = place_open();
	t = talk_join(h, conversation_new(NULL));
	conversation_add(t->conversation, NULL, CHAT_USER, "b");
	CU_ASSERT(!talk_try_save(t, &err));
	CU_ASSERT(strncmp(err.text, "history is locked by another program (/", 39) == 0);
	place_run(other, "COMMIT");
	talk_save(t);
	history_close(other);
	talk_free(t);
	disk_remove();
}

/* What was kept can be read, and what is new cannot be kept. */
static void
expect_read_only(void)
{
	struct history *h;
	char *words = place_try(HISTORY_READ, &h), *have;

	HARNESS_EQUAL(words, "");
	CU_ASSERT_FATAL(h != NULL);
	have = place_query(h, "SELECT count(*) FROM message WHERE content = 'a'");
	HARNESS_EQUAL(have, "1");
	history_close(h);
	free(have);
	free(words);
}

static void
a_folder_that_may_not_be_written(void)
{
	make_history();
	place_as_anyone();
	place_mode("", 0500);
	expect_read_only();
	expect_words(HISTORY_CREATE, "history may not be written (PATH)");
	place_mode("history.db", 0400);
	place_mode("history.lock", 0400);
	expect_read_only();
	expect_words(HISTORY_CREATE, "history may not be written (PATH)");
	place_mode("", 0700);
	expect_read_only();
	place_remove();
}

static void
a_file_that_may_not_be_written(void)
{
	struct talk *t;
	struct err err = {0};

	make_history();
	place_as_anyone();
	place_mode("history.db", 0400);
	expect_read_only();
	t = talk_new(conversation_new(NULL));
	conversation_add(t->conversation, NULL, CHAT_USER, "b");
	CU_ASSERT(!talk_try_save(t, &err));
	CU_ASSERT(strncmp(err.text, "history may not be written (/", 29) == 0);
	talk_free(t);
}

static void
a_file_that_may_not_be_read(void)
{
	make_history();
	place_as_anyone();
	place_mode("history.db", 0);
	expect_words(HISTORY_READ, "history may not be read (PATH)");
	expect_words(HISTORY_CREATE, "history may not be written (PATH)");
	place_remove();
}

/* What a flynn that was killed has left in the log is not passed over. */
static void
a_log_that_cannot_be_read_is_not_passed_over(void)
{
	make_history();
	overwrite("history.db-wal", 0, "something of it", 15);
	place_as_anyone();
	place_mode("", 0500);
	expect_words(HISTORY_READ, "history was not closed by the last flynn, and cannot be read in a folder that may "
	                           "not be written (PATH)");
	place_remove();
}

static void
any_name_may_be_read_only(void)
{
	char *from, *to;
	struct history *h;
	struct err err = {0};

	make_history();
	from = place_path("history.db");
	to = place_path("a%20b?c#d.db");
	CU_ASSERT(rename(from, to) == 0);
	place_as_anyone();
	place_mode("", 0500);
	h = history_open(to, HISTORY_READ, &err);
	HARNESS_CHECK(h != NULL, "%s", err.text);
	history_close(h);
	free(from);
	free(to);
	place_remove();
}

CU_TestInfo damage_tests[] = {
        {"what is no database is put aside", what_is_no_database_is_put_aside},
        {"broken pages lose nothing that is open", broken_pages_lose_nothing_that_is_open},
        {"says what is wrong", says_what_is_wrong},
        {"a newer version is left alone", a_newer_version_is_left_alone},
        {"another program's database is left alone", another_programs_database_is_left_alone},
        {"a damaged one in use is not taken away", a_damaged_one_in_use_is_not_taken_away},
        {"locked by another program", locked_by_another_program},
        {"a folder that may not be written", a_folder_that_may_not_be_written},
        {"a file that may not be written", a_file_that_may_not_be_written},
        {"a file that may not be read", a_file_that_may_not_be_read},
        {"a log that cannot be read is not passed over", a_log_that_cannot_be_read_is_not_passed_over},
        {"any name may be read only", any_name_may_be_read_only},
        CU_TEST_INFO_NULL,
};
