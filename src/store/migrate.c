/*
 * migrate.c - the old file becomes a single one (without write-ahead log) and is locked; a copy of it goes through the
 * steps; the copy is checked; the old file gets a second name; the copy takes the first one.
 *
 *	history.db ──copy──► history.db.new ──steps, checks──► rename to history.db
 *	     └────────link──► history.db.v1.bak
 *
 * A history.db.new that is found was left by a flynn that was ended here, and is made again.
 */
#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/repair.h"
#include "store/sqlite.h"

struct migration {
	const char *path;
	const struct schema *schema;
	int from;
	char *new_path;
	struct database old, new;
	bool mends; /* the copy, before the steps */
	struct err *err;
};

/* ---- the copy ---- */

static void
remove_new(const struct migration *m)
{
	static const char *const ends[] = {"", "-journal", "-wal", "-shm"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		char *name = mem_printf("%s%s", m->new_path, ends[i]);

		unlink(name);
		free(name);
	}
}

/* In one file, which nobody else can read or write from here on: an exclusive lock that is kept between transactions. */
static bool
lock_old(struct migration *m)
{
	return database_open(&m->old, m->path, DATABASE_WRITE, m->err) &&
	       database_script(&m->old,
	               "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT",
	               m->err);
}

static bool
copy(struct migration *m)
{
	sqlite3_backup *backup = sqlite3_backup_init(m->new.sqlite, "main", m->old.sqlite, "main");
	int code;

	if (!backup)
		return database_failed(&m->new, m->err);
	sqlite3_backup_step(backup, -1);
	code = sqlite3_backup_finish(backup);
	return code == SQLITE_OK || database_failed(&m->new, m->err);
}

/* ---- the checks ---- */

/* A table that both have holds as many rows as before. */
static bool
same_count(struct migration *m, const char *table)
{
	char *sql = mem_printf("SELECT count(*) FROM %s", table);
	int64_t before, after;
	bool good = database_number(&m->old, sql, &before, m->err) && database_number(&m->new, sql, &after, m->err);

	free(sql);
	return good &&
	       (before == after ||
	               err_set(m->err, ERR_SYSTEM,
	                       "the new version of the history lacks some of table %s: it was left as it is (%s)",
	                       table, m->path));
}

static bool
same_counts(struct migration *m)
{
	return same_count(m, "conversation") && same_count(m, "message") && same_count(m, "journal");
}

static bool
is_whole(struct migration *m)
{
	bool failed;

	return repair_is_whole(&m->new, &failed, m->err) ||
	       (!failed && err_set(m->err, ERR_SYSTEM,
	                           "the new version of the history is not whole: it was left as it is (%s)", m->path));
}

/* Steps may replace tables, so references are checked after the last one (https://sqlite.org/lang_altertable.html). */
static bool
make_new(struct migration *m)
{
	return database_open(&m->new, m->new_path, DATABASE_CREATE, m->err) && schema_functions(&m->new, m->err) &&
	       copy(m) && (!m->mends || repair(&m->new, m->err)) &&
	       database_script(&m->new, "PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF", m->err) &&
	       schema_step(&m->new, m->schema, m->from, m->err) && is_whole(m) && same_counts(m);
}

/* Whether that failed because of what the old file holds: damage, which a step met or the checks. */
static bool
is_old_damaged(struct migration *m)
{
	struct err err;
	bool failed;

	return m->new.trouble == DATABASE_DAMAGED ||
	       (!repair_is_whole(&m->old, &failed, &err) && (!failed || m->old.trouble == DATABASE_DAMAGED));
}

/* Where only indexes are damaged, the copy is mended. */
static bool
make_new_or_mend(struct migration *m, bool *damaged)
{
	if (make_new(m))
		return true;
	*damaged = is_old_damaged(m);
	if (!*damaged)
		return false;
	database_close(&m->new);
	remove_new(m);
	m->mends = true;
	*damaged = !make_new(m);
	return !*damaged;
}

/* Bytes that SQLite has synced already cost nothing. */
static bool
sync_new(struct migration *m)
{
	int fd = open(m->new_path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (!good)
		err_set(m->err, ERR_SYSTEM, "cannot write %s: %s", m->new_path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return good;
}

/* ---- the swap ---- */

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A second name for the old file: the one that an earlier try gave it, or one that is free. */
static char *
keep_old(struct migration *m)
{
	for (int i = 1; i < 1000; i++) {
		char *name = i == 1 ? mem_printf("%s.v%d.bak", m->path, m->from)
		                    : mem_printf("%s.v%d.bak%d", m->path, m->from, i);

		if (link(m->path, name) == 0 || is_same_file(m->path, name))
			return name;
		free(name);
		if (errno != EEXIST)
			break;
	}
	err_set(m->err, ERR_SYSTEM, "cannot keep the older version of %s: %s", m->path, strerror(errno));
	return NULL;
}

/* So that the names are on the disk, in this order. What a file system cannot do is not asked of it twice. */
static void
sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? mem_strndup(path, (size_t)(slash - path) + 1) : mem_strdup(".");
	int fd = open(folder, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

static bool
swap(struct migration *m, char **kept)
{
	*kept = keep_old(m);
	if (!*kept)
		return false;
	sync_folder(m->path);
	if (rename(m->new_path, m->path) == 0) {
		sync_folder(m->path);
		return true;
	}
	err_set(m->err, ERR_SYSTEM, "cannot replace %s: %s", m->path, strerror(errno));
	unlink(*kept);
	free(*kept);
	*kept = NULL;
	return false;
}

bool
migrate(const char *path, const struct schema *schema, int from, char **kept, bool *damaged, struct err *err)
{
	struct migration m = {path, schema, from, mem_printf("%s.new", path), .err = err};
	bool good;

	*kept = NULL;
	*damaged = false;
	good = lock_old(&m);
	if (good)
		remove_new(&m);
	else
		*damaged = m.old.trouble == DATABASE_DAMAGED;
	good = good && make_new_or_mend(&m, damaged);
	database_close(&m.new);
	good = good && sync_new(&m) && swap(&m, kept);
	database_close(&m.old);
	if (!good)
		remove_new(&m);
	free(m.new_path);
	return good;
}
