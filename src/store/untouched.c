/*
 * untouched.c - SQLite opened without its locks (the VFS "unix-none"), for it would write to NAME-shm to take them. Where there
 * is a -wal its index is built in memory (locking_mode EXCLUSIVE); where there is none, none is made (immutable). Programs that write
 * are kept off by two of SQLite's locks on NAME-shm, taken for reading: who has the database open has that file
 * (https://sqlite.org/walformat.html, "File-Based Locks").
 */
#include "store/untouched.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "store/lock.h"
#include "store/overdue.h"
#include "store/sqlite.h"

enum {
	LOCK_WRITE = 120, /* bytes of NAME-shm */
	LOCK_CHECKPOINT = 121,
	PAGES = 256, /* copied at once */
};

struct source {
	const char *path;
	char *wal, *shm, *journal;
	struct lock lock;
	struct database database;
	struct stat before[2];
	struct err *err;
};

static void
begin_call(const struct source *s)
{
	overdue_enter_file(s->path, 0);
}

/* ---- what is there ---- */

static bool
has_bytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0;
}

static bool
are_there(struct source *s)
{
	const char *const names[] = {s->path, s->wal, s->shm, s->journal};
	struct stat st;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!regular_or_none(names[i]))
			return err_set(s->err, ERR_SYSTEM, "cannot open %s: it is no regular file", names[i]);
	if (stat(s->path, &st) < 0)
		return err_set(s->err, ERR_SYSTEM, "cannot open %s: %s", s->path, strerror(errno));
	return true;
}

static void
look_at_files(const struct source *s, struct stat found[2])
{
	memset(found, 0, 2 * sizeof(*found));
	(void)stat(s->path, &found[0]);
	(void)stat(s->wal, &found[1]);
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* A program that copies files, such as one that syncs two machines, takes no locks. */
static bool
is_as_it_was(struct source *s)
{
	struct stat now[2];

	look_at_files(s, now);
	return (is_same(&now[0], &s->before[0]) && is_same(&now[1], &s->before[1])) ||
	       err_set(s->err, ERR_SYSTEM, "%s was changed while it was read: try again", s->path);
}

/* ---- opening ---- */

static bool
keep_writers_off(struct source *s)
{
	struct err none;

	if (!lock_open(&s->lock, s->shm, false, &none) || s->lock.fd < 0)
		return true;
	return (lock_wait(&s->lock, LOCK_WRITE, false, DATABASE_BUSY_MS) &&
	               lock_wait(&s->lock, LOCK_CHECKPOINT, false, DATABASE_BUSY_MS)) ||
	       err_set(s->err, ERR_SYSTEM, "history is locked by another program (%s)", s->path);
}

static bool
open_source(struct source *s)
{
	bool plain = has_bytes(s->wal) || has_bytes(s->journal);
	char *name = plain ? mem_strdup(s->path) : database_immutable_name(s->path);
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | (plain ? 0 : SQLITE_OPEN_URI);
	struct database *db = &s->database;
	bool good = sqlite3_open_v2(name, &db->sqlite, flags, "unix-none") == SQLITE_OK;

	free(name);
	if (!good)
		return database_failed(db, s->err);
	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return database_script(db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA schema_version", s->err);
}

static bool
copy_pages(struct source *s, struct database *copy)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy->sqlite, "main", s->database.sqlite, "main");
	int code;

	if (!backup)
		return database_failed(copy, s->err);
	do {
		begin_call(s);
		code = sqlite3_backup_step(backup, PAGES);
		overdue_leave();
	} while (code == SQLITE_OK);
	code = sqlite3_backup_finish(backup);
	return code == SQLITE_OK || database_failed(copy, s->err);
}

static bool
read_source(struct source *s, struct database *copy)
{
	bool good;

	if (!sqlite_load(s->err))
		return false;
	begin_call(s);
	good = are_there(s) && keep_writers_off(s);
	look_at_files(s, s->before);
	good = good && open_source(s);
	overdue_leave();
	return good && database_open_passing(copy, s->path, s->err) && copy_pages(s, copy) && is_as_it_was(s);
}

bool
untouched_copy(struct database *copy, const char *path, struct err *err)
{
	struct source s = {.path = path,
	        .wal = mem_printf("%s-wal", path),
	        .shm = mem_printf("%s-shm", path),
	        .journal = mem_printf("%s-journal", path),
	        .lock.fd = -1,
	        .database = {.owner = pthread_self(), .path = mem_strdup(path), .read_only = true},
	        .err = err};
	bool good;

	*copy = (struct database){0};
	good = read_source(&s, copy);
	database_close(&s.database);
	lock_close(&s.lock);
	free(s.wal);
	free(s.shm);
	free(s.journal);
	if (!good)
		database_close(copy);
	return good;
}
