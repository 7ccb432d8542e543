/*
 * place.c - see place.h.
 */
#include "tests/store/place.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/database.h"
#include "tests/harness.h"

enum { NOBODY = 65534 };

static char folder[64];

static void
give_up(const char *what)
{
	fprintf(stderr, "tests/store: %s\n", what);
	abort();
}

void
place_make(void)
{
	strcpy(folder, "/tmp/flynn-store-XXXXXX");
	if (!mkdtemp(folder))
		give_up("no temporary folder");
}

void
place_mode(const char *name, unsigned mode)
{
	char *path = place_path(name);

	if (chmod(path, (mode_t)mode) < 0)
		give_up(path);
	free(path);
}

void
place_as_anyone(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (geteuid() == 0 && dir && (entry = readdir(dir)) != NULL) {
		char *path = place_path(entry->d_name);

		if (strcmp(entry->d_name, "..") != 0 && chown(path, NOBODY, (gid_t)-1) < 0)
			give_up(path);
		free(path);
	}
	if (dir)
		closedir(dir);
	if (geteuid() == 0 && seteuid(NOBODY) < 0)
		give_up("cannot become an ordinary user");
}

void
place_remove(void)
{
	DIR *dir;
	struct dirent *entry;

	if (getuid() == 0 && seteuid(0) < 0)
		give_up("cannot be root again");
	dir = opendir(folder);
	chmod(folder, 0700);
	while (dir && (entry = readdir(dir)) != NULL) {
		char *path = place_path(entry->d_name);

		if (entry->d_name[0] != '.')
			unlink(path);
		free(path);
	}
	if (dir)
		closedir(dir);
	rmdir(folder);
}

char *
place_path(const char *name)
{
	return mem_printf("%s/%s", folder, name);
}

bool
place_has(const char *name)
{
	char *path = place_path(name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

char *
place_try(enum history_mode mode, struct history **h)
{
	char *path = place_path("history.db");
	struct err err = {0};

	*h = history_open(path, mode, &err);
	free(path);
	return mem_strdup(*h ? "" : err.text);
}

struct history *
place_open(void)
{
	struct history *h;
	char *words = place_try(HISTORY_CREATE, &h);

	if (!h)
		give_up(words);
	free(words);
	return h;
}

struct store *
place_start(void)
{
	char *path = place_path("history.db"), *prompts = place_path("prompts");
	struct err err;
	struct store *store = store_new(path, prompts, NULL, &err);

	CU_ASSERT_FATAL(store != NULL);
	free(path);
	free(prompts);
	return store;
}

char *
place_query(struct history *h, const char *sql)
{
	struct database *db = history_database(h);
	sqlite3_stmt *s;
	char *text;

	if (sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL) != SQLITE_OK)
		give_up(sqlite3_errmsg(db->sqlite));
	sqlite3_step(s);
	text = mem_strdup(sqlite3_column_count(s) > 0 ? database_text(s, 0) : "");
	sqlite3_finalize(s);
	return text;
}

void
place_expect(struct history *h, const char *sql, const char *want)
{
	char *have = place_query(h, sql);

	HARNESS_EQUAL(have, want);
	free(have);
}

void
place_run(struct history *h, const char *sql)
{
	struct err err = {0};

	if (!database_script(history_database(h), sql, &err))
		give_up(err.text);
}

/* Runs this over a connection of its own, without what we forbid; returns the number that it gives, or 0. */
static int64_t
run_apart(const char *sql)
{
	char *path = place_path("history.db");
	sqlite3 *db;
	sqlite3_stmt *s = NULL;
	int64_t number = 0;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		give_up(sqlite3_errmsg(db));
	if (sqlite3_step(s) == SQLITE_ROW)
		number = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	free(path);
	return number;
}

void
place_damage(const char *sql)
{
	char *path = place_path("history.db");
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		give_up(sqlite3_errmsg(db));
	sqlite3_close(db);
	free(path);
}

void
place_break_index(void)
{
	place_damage("UPDATE message_words_data SET block = x'ffffffffffff'");
}

void
place_break_table(const char *name)
{
	place_fill_table(name, 0xee);
}

void
place_fill_table(const char *name, int byte)
{
	char *sql = mem_printf("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
	char *path = place_path("history.db"), junk[4096];
	int64_t page = run_apart(sql), size = run_apart("PRAGMA page_size");
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	memset(junk, byte, sizeof(junk));
	if (page == 0 || size != sizeof(junk) || pwrite(fd, junk, sizeof(junk), (page - 1) * size) != (ssize_t)size)
		give_up("cannot break the history");
	close(fd);
	free(path);
	free(sql);
}

void
place_check(struct history *h)
{
	char *integrity = place_query(h, "PRAGMA integrity_check"), *keys = place_query(h, "PRAGMA foreign_key_check");

	HARNESS_EQUAL(integrity, "ok");
	HARNESS_EQUAL(keys, "");
	place_run(h, "INSERT INTO message_words (message_words) VALUES ('integrity-check')");
	free(integrity);
	free(keys);
}

bool
place_has_two_users(void)
{
#ifdef F_OFD_SETLK
	return true;
#else
	harness_skip("no open file description locks here");
	return false;
#endif
}
