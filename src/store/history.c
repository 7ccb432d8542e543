/*
 * history.c - opening: folder, lock, file, version, write-ahead log, and the replies of those that are gone. One flynn
 * at a time does that, for what it finds there must not change under its hands.
 */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/folder.h"
#include "store/inside.h"
#include "store/instance.h"
#include "store/schema.h"

/* ---- opening ---- */

static const enum database_mode database_modes[] = {
        [HISTORY_CREATE] = DATABASE_CREATE, [HISTORY_WRITE] = DATABASE_WRITE, [HISTORY_READ] = DATABASE_READ};

/* NAME.lock beside NAME.db. */
static char *
lock_path(const char *path)
{
	size_t n = strlen(path);

	if (n > 3 && strcmp(path + n - 3, ".db") == 0)
		n -= 3;
	return mem_printf("%.*s.lock", (int)n, path);
}

static bool
open_lock(struct history *h, const char *path, enum history_mode mode, struct err *err)
{
	char *name = lock_path(path);
	bool good = lock_open(&h->lock, name, mode != HISTORY_READ, err);

	free(name);
	if (good && !lock_wait(&h->lock, LOCK_OPENING, mode != HISTORY_READ, DATABASE_BUSY_MS))
		return err_set(err, ERR_SYSTEM, "history is locked by another program (%s)", path);
	return good;
}

static bool
make_tables(struct history *h, enum history_mode mode, const struct schema *schema, struct err *err)
{
	if (mode == HISTORY_READ)
		return err_set(err, ERR_SYSTEM, "history is empty (%s)", h->database.path);
	return schema_create(&h->database, schema, err);
}

/* Where the file system cannot have a write-ahead log, SQLite goes on without, and so do we. */
static bool
start_log(struct history *h, struct err *err)
{
	return database_script(&h->database, "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216", err);
}

static bool
open_file(struct history *h, const char *path, enum history_mode mode, const struct schema *schema, struct err *err)
{
	struct database *db = &h->database;
	int version;

	if (!database_open(db, path, database_modes[mode], err) || !schema_functions(db, err) ||
	        !schema_look(db, schema, &version, err))
		return false;
	if (version == 0 && !make_tables(h, mode, schema, err))
		return false;
	if (mode == HISTORY_READ)
		return true;
	return start_log(h, err) && instance_recover(h, &h->recovered, err);
}

static bool
open_all(struct history *h, const char *path, enum history_mode mode, const struct schema *schema, struct err *err)
{
	bool good;

	if ((mode == HISTORY_CREATE && !folder_make_for(path, err)) || !open_lock(h, path, mode, err))
		return false;
	good = open_file(h, path, mode, schema, err);
	if (good && !lock_take(&h->lock, LOCK_USERS, false))
		good = err_set(err, ERR_SYSTEM, "history is locked by another program (%s)", path);
	lock_drop(&h->lock, LOCK_OPENING);
	return good;
}

struct history *
history_open_as(const char *path, enum history_mode mode, const struct schema *schema, struct err *err)
{
	struct history *h = mem_alloc(sizeof(*h));

	h->lock.fd = -1;
	if (open_all(h, path, mode, schema, err))
		return h;
	history_close(h);
	return NULL;
}

struct history *
history_open(const char *path, enum history_mode mode, struct err *err)
{
	return history_open_as(path, mode, schema_current(), err);
}

void
history_close(struct history *h)
{
	if (!h)
		return;
	database_close(&h->database);
	lock_close(&h->lock);
	free(h->notice);
	free(h);
}

/* ---- what is known ---- */

const char *
history_notice(const struct history *h)
{
	return h->notice ? h->notice : "";
}

struct history_recovered
history_recovered(const struct history *h)
{
	return h->recovered;
}

struct database *
history_database(struct history *h)
{
	return &h->database;
}

bool
history_is_damaged(const struct history *h)
{
	return h->database.trouble == DATABASE_DAMAGED;
}

/* ---- settings ---- */

bool
history_setting(struct history *h, const char *key, char **value, struct err *err)
{
	sqlite3_stmt *s = database_prepare(&h->database, "SELECT value FROM setting WHERE key = ?", err);
	bool failed;

	*value = NULL;
	if (!s)
		return false;
	database_bind_text(s, 1, key, strlen(key));
	if (database_row(&h->database, s, &failed, err)) {
		*value = mem_strdup(database_text(s, 0));
		sqlite3_reset(s);
	}
	return !failed;
}

bool
history_set(struct history *h, const char *key, const char *value, struct err *err)
{
	static const char remove[] = "DELETE FROM setting WHERE key = ?";
	static const char set[] = "INSERT INTO setting (key, value) VALUES (?, ?)"
	                          "  ON CONFLICT (key) DO UPDATE SET value = excluded.value";
	sqlite3_stmt *s = database_prepare(&h->database, value ? set : remove, err);

	if (!s)
		return false;
	database_bind_text(s, 1, key, strlen(key));
	if (value)
		database_bind_text(s, 2, value, strlen(value));
	return database_run(&h->database, s, err);
}
