/*
 * history.c - opening: folder, lock, file, version, write-ahead log, and the replies of those that are gone. One flynn
 * at a time does that, so that the file does not change meanwhile.
 */
#include "store/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/folder.h"
#include "base/mem.h"
#include "store/foreign.h"
#include "store/history_inside.h"
#include "store/instance.h"
#include "store/migrate.h"
#include "store/repair.h"
#include "store/schema.h"
#include "store/set_aside.h"
#include "store/sqlite.h"
#include "store/word_index.h"

/* ---- opening ---- */

static const enum database_mode database_modes[] = {
        [HISTORY_CREATE] = DATABASE_CREATE, [HISTORY_WRITE] = DATABASE_WRITE, [HISTORY_READ] = DATABASE_READ};

struct opening {
	const char *path;
	enum history_mode mode;
	const struct schema *schema;
	const struct stat *damaged; /* this file is not to be used; or NULL */
};

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
open_lock(struct history *h, const struct opening *o, struct err *err)
{
	char *name = lock_path(o->path);
	bool writes = o->mode != HISTORY_READ, good = lock_open(&h->lock, name, writes, err);
	bool refused = !good && (errno == EACCES || errno == EPERM || errno == EROFS);

	free(name);
	if (refused)
		return err_set(err, ERR_SYSTEM, "history may not be written (%s)", o->path);
	if (good && !lock_wait(&h->lock, LOCK_OPENING, writes, DATABASE_BUSY_MS))
		return err_set(err, ERR_SYSTEM, "history is locked by another program (%s)", o->path);
	return good;
}

static bool
make_tables(struct history *h, const struct opening *o, struct err *err)
{
	if (o->mode == HISTORY_READ)
		return err_set(err, ERR_SYSTEM, "history is empty (%s)", o->path);
	return schema_create(&h->database, o->schema, err);
}

/* Where the file system cannot have a write-ahead log, SQLite goes on without, and so do we. */
static bool
start_log(struct history *h, struct err *err)
{
	return database_script(&h->database, "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216", err);
}

/* Opens the file and looks which version it holds. */
static bool
look(struct history *h, const struct opening *o, int *version, struct err *err)
{
	struct database *db = &h->database;

	return database_open(db, o->path, database_modes[o->mode], err) && schema_functions(db, err) &&
	       schema_look(db, o->schema, version, err) && (*version == 0 || foreign_none(db, o->schema, err));
}

/* Nobody else may have it open while another file takes its place. */
static bool
have_alone(struct history *h, const struct opening *o, const char *what, struct err *err)
{
	return lock_take(&h->lock, LOCK_USERS, true) ||
	       err_set(err, ERR_SYSTEM, "history %s, and another flynn has it open: quit that one first (%s)", what,
	               o->path);
}

/* The old file stays beside the new one, which the next open_file creates. */
static bool
put_aside(struct history *h, const struct opening *o, struct err *err)
{
	char *aside;

	if (!have_alone(h, o, "is damaged", err))
		return false;
	database_close(&h->database);
	if (!set_aside_damaged(o->path, &aside, err))
		return false;
	free(h->notice);
	h->notice = mem_printf("the history was damaged: it is kept as %s, and a new one was begun", aside);
	free(aside);
	return true;
}

/* Whether the path still names the file that was found to be damaged. */
static bool
is_damaged(const struct opening *o)
{
	struct stat now;

	return o->damaged && stat(o->path, &now) == 0 && now.st_dev == o->damaged->st_dev &&
	       now.st_ino == o->damaged->st_ino;
}

/* Who only reads changes no file: a copy goes through the steps. */
static bool
read_copy(struct history *h, const struct opening *o, int version, struct err *err)
{
	struct database old = h->database;
	bool good = database_open_copy(&h->database, &old, err) && schema_functions(&h->database, err) &&
	            schema_step(&h->database, o->schema, version, err);

	database_close(&old);
	h->database.read_only = true;
	return good;
}

static bool
update(struct history *h, const struct opening *o, int version, struct err *err)
{
	char *kept;
	bool damaged;

	if (o->mode == HISTORY_READ)
		return read_copy(h, o, version, err);
	if (!have_alone(h, o, "is of an older flynn", err))
		return false;
	database_close(&h->database);
	if (!migrate(o->path, o->schema, version, &kept, &damaged, err)) {
		h->database.trouble = damaged ? DATABASE_DAMAGED : DATABASE_BROKEN;
		return false;
	}
	free(h->notice);
	h->notice = mem_printf("the history was brought up to date: what it was is kept as %s", kept);
	free(kept);
	return look(h, o, &version, err);
}

static bool
look_at_index(struct history *h, struct err *err)
{
	enum word_index_state state = word_index_look(&h->database, err);

	if (state == WORD_INDEX_DAMAGED)
		h->database.trouble = DATABASE_DAMAGED;
	return state == WORD_INDEX_SOUND;
}

static bool
open_file(struct history *h, const struct opening *o, struct err *err)
{
	int version;

	if (!look(h, o, &version, err))
		return false;
	if (version == 0 && !make_tables(h, o, err))
		return false;
	if (version > 0 && version < o->schema->version && !update(h, o, version, err))
		return false;
	if (o->mode == HISTORY_READ)
		return true;
	return start_log(h, err) && look_at_index(h, err) && instance_recover(h, &h->recovered, err);
}

/* Whether the index may be all that is wrong. */
static bool
may_be_index(struct history *h, struct err *err)
{
	return h->database.trouble != DATABASE_ODD || word_index_check(&h->database, err) == WORD_INDEX_DAMAGED;
}

bool
history_mend(struct history *h, struct err *err)
{
	bool good = !h->mended && may_be_index(h, err) && repair(&h->database, err);

	if (good) {
		h->database.trouble = DATABASE_FINE;
		free(h->notice);
		h->notice = mem_strdup("the search index of the history was damaged: it was rebuilt");
	}
	h->mended |= h->database.trouble == DATABASE_FINE || history_is_damaged(h);
	return good;
}

static bool
open_mended(struct history *h, const struct opening *o, struct err *err)
{
	if (!history_mend(h, err))
		return false;
	database_close(&h->database);
	return open_file(h, o, err);
}

/* What cannot be read makes room for a new one: what is known to be so, and what turns out to be. */
static bool
open_sound_file(struct history *h, const struct opening *o, struct err *err)
{
	if (is_damaged(o) && !put_aside(h, o, err))
		return false;
	if (open_file(h, o, err))
		return true;
	if (o->mode == HISTORY_READ || !history_may_be_mended(h))
		return false;
	if (open_mended(h, o, err))
		return true;
	return o->mode == HISTORY_CREATE && history_is_damaged(h) && put_aside(h, o, err) && open_file(h, o, err);
}

static bool
open_all(struct history *h, const struct opening *o, struct err *err)
{
	bool good;

	if ((o->mode == HISTORY_CREATE && !folder_make_for(o->path, err)) || !open_lock(h, o, err))
		return false;
	good = open_sound_file(h, o, err);
	if (good && stat(o->path, &h->file) < 0)
		good = err_set(err, ERR_SYSTEM, "cannot open %s: %s", o->path, strerror(errno));
	if (good && !lock_take(&h->lock, LOCK_USERS, false))
		good = err_set(err, ERR_SYSTEM, "history is locked by another program (%s)", o->path);
	lock_drop(&h->lock, LOCK_OPENING);
	return good;
}

static struct history *
open_as(const struct opening *o, struct err *err)
{
	struct history *h = mem_alloc(sizeof(*h));

	h->lock.fd = -1;
	if (open_all(h, o, err))
		return h;
	history_close(h);
	return NULL;
}

struct history *
history_open_as(const char *path, enum history_mode mode, const struct schema *schema, struct err *err)
{
	return open_as(&(struct opening){path, mode, schema, NULL}, err);
}

struct history *
history_begin_anew(struct history *damaged, struct err *err)
{
	char *path = mem_strdup(damaged->database.path);
	struct stat file = damaged->file;
	struct history *h;

	history_close(damaged);
	h = open_as(&(struct opening){path, HISTORY_CREATE, schema_current(), &file}, err);
	free(path);
	return h;
}

struct history *
history_open(const char *path, enum history_mode mode, struct err *err)
{
	return history_open_as(path, mode, schema_current(), err);
}

/* The copy may be one already, of an older version. */
static bool
make_trial(struct history *h, struct err *err)
{
	struct database old = h->database;
	bool good = database_open_copy(&h->database, &old, err) && schema_functions(&h->database, err);

	database_close(&old);
	if (good)
		database_trust(&h->database);
	return good;
}

static struct history *
open_empty_trial(const char *path, struct err *err)
{
	struct history *h = mem_alloc(sizeof(*h));

	h->lock.fd = -1;
	if (database_open_passing(&h->database, path, err) && schema_functions(&h->database, err) &&
	        schema_create(&h->database, schema_current(), err))
		return h;
	history_close(h);
	return NULL;
}

struct history *
history_open_trial(const char *path, bool is_there, struct err *err)
{
	struct history *h = is_there ? history_open(path, HISTORY_READ, err) : open_empty_trial(path, err);

	if (!h || !is_there || make_trial(h, err))
		return h;
	history_close(h);
	return NULL;
}

void
history_close(struct history *h)
{
	if (!h)
		return;
	database_close(&h->database);
	lock_close(&h->lock);
	held_release(&h->held);
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

bool
history_may_be_mended(const struct history *h)
{
	return history_is_damaged(h) || h->database.trouble == DATABASE_ODD;
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
	database_bind_string(s, 1, key);
	if (database_row(&h->database, s, &failed, err)) {
		*value = mem_strdup(database_text(s, 0));
		sqlite3_reset(s);
	}
	return !failed;
}

bool
history_set(struct history *h, const char *key, const char *value, struct err *err)
{
	return held_set(&h->database, key, value, err);
}

struct held *
history_held(struct history *h)
{
	return &h->held;
}
