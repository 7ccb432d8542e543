/*
 * examine.c - the file's mode, the database read only, its lock, and what stands beside it.
 */
#include "config.h"

#include "store/examine.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/attached.h"
#include "store/foreign.h"
#include "store/history_inside.h"
#include "store/overdue.h"
#include "store/repair.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/word_index.h"

enum {
	STEPS = 100000, /* of SQLite's machine between two looks at `stop` */
};

struct examiner {
	const char *path;
	struct examination *found;
	struct database database;
	bool (*stop)(void *);
	void *arg;
};

/* ---- the files ---- */

static void
look_at_modes(struct examiner *e)
{
	char *folder = mem_strdup(e->path), *name = dirname(folder);
	struct stat file = {0}, above = {0};
	bool known = stat(e->path, &file) == 0 && stat(name, &above) == 0;

	e->found->open_to_others = known && (file.st_mode & 077) != 0 && (above.st_mode & 077) != 0;
	e->found->can_be_written = access(e->path, W_OK) == 0 && access(name, W_OK | X_OK) == 0;
	free(folder);
}

static void
look_beside(const struct examiner *e, const char *pattern, char ***names, size_t *n)
{
	char *all = mem_printf("%s%s", e->path, pattern);
	glob_t found;

	if (glob(all, 0, NULL, &found) == 0) {
		*names = mem_alloc(found.gl_pathc * sizeof(char *));
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *name = found.gl_pathv[i], *end = name + strlen(name);

			if (strcmp(end - 4, "-wal") != 0 && strcmp(end - 4, "-shm") != 0)
				(*names)[(*n)++] = mem_strdup(name);
		}
		globfree(&found);
	}
	free(all);
}

/* ---- who has it open ---- */

static bool
has_open(const char *process, const struct stat *file)
{
	char *fds = mem_printf("/proc/%s/fd", process);
	DIR *dir = opendir(fds);
	struct dirent *entry;
	struct stat st;
	bool has = false;

	while (dir && !has && (entry = readdir(dir)) != NULL)
		has = fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 && st.st_ino == file->st_ino &&
		      st.st_dev == file->st_dev;
	if (dir)
		closedir(dir);
	free(fds);
	return has;
}

/* Where there is a /proc as Linux has it; only processes that we may look into. */
static void
find_users(struct examination *found, const char *path)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	struct stat file;

	if (stat(path, &file) < 0) {
		if (dir)
			closedir(dir);
		return;
	}
	while (dir && found->n_users < EXAMINE_USERS_MAX && (entry = readdir(dir)) != NULL) {
		pid_t pid = isdigit((unsigned char)entry->d_name[0]) ? (pid_t)atol(entry->d_name) : 0;

		if (pid > 0 && pid != getpid() && has_open(entry->d_name, &file))
			found->users[found->n_users++] = pid;
	}
	if (dir)
		closedir(dir);
}

static void
look_at_users(struct examiner *e)
{
	size_t n = strlen(e->path);
	char *name = mem_printf("%.*s.lock", (int)(n > 3 ? n - 3 : n), e->path);
	struct lock lock;
	struct err err;

	if (access(name, F_OK) == 0 && lock_open(&lock, name, false, &err)) {
		e->found->used = lock.fd >= 0 && lock_is_held(&lock, LOCK_USERS);
		lock_close(&lock);
	}
	find_users(e->found, e->path);
	free(name);
}

/* Whether a transaction could begin; none does anything. */
static void
look_at_lock(struct examiner *e)
{
	struct database db;
	struct err err;

	if (!e->found->can_be_written || !database_open(&db, e->path, DATABASE_WRITE, &err))
		return;
	if (!database_begin(&db, &err))
		e->found->locked = db.trouble == DATABASE_BUSY;
	database_roll_back(&db);
	database_close(&db);
}

/* ---- the database ---- */

static int
ask_stop(void *arg)
{
	const struct examiner *e = arg;

	return e->stop && e->stop(e->arg);
}

static enum examine_state
failed_state(const struct examiner *e)
{
	switch (e->database.trouble) {
	case DATABASE_DAMAGED:
		return EXAMINE_DAMAGED;
	case DATABASE_CANCELLED:
		return EXAMINE_STOPPED;
	default:
		return EXAMINE_CLOSED;
	}
}

static enum examine_state
index_state(struct examiner *e)
{
	err_set(&e->found->why, ERR_SYSTEM, "the search index is damaged (%s)", e->path);
	return EXAMINE_INDEX;
}

/* The first finding of a check, in its words. */
static enum examine_state
check(struct examiner *e, const char *pragma)
{
	struct err *why = &e->found->why;
	sqlite3_stmt *s = NULL;
	enum examine_state state = EXAMINE_FINE;
	bool failed = false;

	if (sqlite3_prepare_v2(e->database.sqlite, pragma, -1, &s, NULL) != SQLITE_OK)
		failed = !database_failed(&e->database, why);
	while (!failed && state == EXAMINE_FINE && database_row(&e->database, s, &failed, why)) {
		const char *fault = repair_first_fault(database_text(s, 0));

		if (fault) {
			err_set(why, ERR_SYSTEM, "history is damaged: %.*s (%s)", (int)strcspn(fault, "\n"), fault,
			        e->path);
			state = EXAMINE_DAMAGED;
		}
	}
	sqlite3_finalize(s);
	return failed ? failed_state(e) : state;
}

/* Each table by itself, but for those of the search index. */
static enum examine_state
check_tables(struct examiner *e)
{
	static const char *const tables[] = {"instance", "conversation", "message", "journal", "setting", "attachment",
	        "message_attachment", "vote", "vote_model", "tag"};
	enum examine_state state = EXAMINE_FINE;

	for (size_t i = 0; state == EXAMINE_FINE && i < ARRAY_LEN(tables); i++) {
		char *pragma = mem_printf("PRAGMA quick_check(%s)", tables[i]);

		state = check(e, pragma);
		free(pragma);
	}
	return state;
}

static enum examine_state
check_pages(struct examiner *e)
{
	struct err why;
	enum examine_state state = check(e, "PRAGMA quick_check");

	if (state != EXAMINE_DAMAGED)
		return state;
	why = e->found->why;
	if (check_tables(e) == EXAMINE_FINE)
		return index_state(e);
	e->found->why = why;
	return state;
}

/* Of a file that may be written FTS5 checks its index too, for which it takes the lock. */
static enum examine_state
check_index(struct examiner *e)
{
	struct database db = e->database;
	struct err err;
	enum word_index_state state;

	if (e->found->can_be_written && database_open(&db, e->path, DATABASE_WRITE, &err)) {
		sqlite3_progress_handler(db.sqlite, STEPS, ask_stop, e);
		state = schema_functions(&db, &err) ? word_index_check(&db, &err) : WORD_INDEX_UNKNOWN;
		database_close(&db);
	} else {
		state = word_index_check(&e->database, &err);
	}
	if (state == WORD_INDEX_DAMAGED)
		return index_state(e);
	return ask_stop(e) ? EXAMINE_STOPPED : EXAMINE_FINE;
}

static enum examine_state
check_files(struct examiner *e)
{
	struct attached_damage damage;
	enum examine_state state = EXAMINE_FINE;

	if (!attached_find_damage(&e->database, e->stop, e->arg, &damage, &e->found->why))
		state = failed_state(e);
	else if (damage.n > 0)
		state = EXAMINE_FILES;
	if (state == EXAMINE_FILES)
		err_set(&e->found->why, ERR_SYSTEM,
		        "attached files are damaged: %zu, such as %s in conversation %lld (%s)", damage.n,
		        buf_text(&damage.name), (long long)damage.conversation, e->path);
	buf_release(&damage.name);
	return state == EXAMINE_FINE && ask_stop(e) ? EXAMINE_STOPPED : state;
}

static enum examine_state
look_at_version(struct examiner *e)
{
	const struct schema *schema = schema_current();
	struct err *why = &e->found->why;
	int64_t number;
	int version;

	if (schema_look(&e->database, schema, &version, why))
		return version == 0                               ? EXAMINE_NONE
		       : !foreign_none(&e->database, schema, why) ? EXAMINE_FOREIGN
		       : version < schema->version                ? EXAMINE_OLDER
		                                                  : EXAMINE_FINE;
	if (e->database.trouble == DATABASE_BROKEN &&
	        database_number(&e->database, "PRAGMA application_id", &number, &(struct err){0}))
		return number == SCHEMA_APPLICATION_ID ? EXAMINE_NEWER : EXAMINE_FOREIGN;
	return failed_state(e);
}

static enum examine_state
look_inside(struct examiner *e)
{
	struct err *why = &e->found->why;
	enum examine_state state;
	struct history history = {.lock = {.fd = -1}};

	if (!database_open(&e->database, e->path, DATABASE_READ, why) || !schema_functions(&e->database, why))
		return failed_state(e);
	sqlite3_progress_handler(e->database.sqlite, STEPS, ask_stop, e);
	state = look_at_version(e);
	if (state != EXAMINE_FINE)
		return state;
	state = check_pages(e);
	if (state != EXAMINE_FINE && state != EXAMINE_INDEX)
		return state;
	history.database = e->database;
	if (!stats_read(&history, &e->found->stats, why)) {
		e->database = history.database;
		return failed_state(e);
	}
	e->database = history.database;
	if (state == EXAMINE_FINE)
		state = check_index(e);
	return state == EXAMINE_FINE ? check_files(e) : state;
}

bool
examine_sqlite(struct err *err)
{
	return sqlite_load(err);
}

void
examine_history(const char *path, struct examination *found, bool (*stop)(void *), void *arg)
{
	struct examiner e = {.path = path, .found = found, .stop = stop, .arg = arg};
	bool is_there;

	*found = (struct examination){.state = EXAMINE_NONE};
	overdue_enter();
	look_beside(&e, ".damaged-*", &found->damaged, &found->n_damaged);
	look_beside(&e, ".v*.bak", &found->older, &found->n_older);
	is_there = access(path, F_OK) == 0 || errno != ENOENT;
	if (is_there)
		look_at_modes(&e);
	overdue_leave();
	if (!is_there)
		return;
	look_at_users(&e);
	found->state = look_inside(&e);
	database_close(&e.database);
	if (found->state == EXAMINE_FINE || found->state == EXAMINE_INDEX || found->state == EXAMINE_FILES)
		look_at_lock(&e);
}

void
examination_release(struct examination *found)
{
	for (size_t i = 0; i < found->n_damaged; i++)
		free(found->damaged[i]);
	for (size_t i = 0; i < found->n_older; i++)
		free(found->older[i]);
	free(found->damaged);
	free(found->older);
}
