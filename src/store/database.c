/*
 * database.c - SQLite with our settings, its failures put into words for the status bar, and statements that are
 * prepared once.
 */
#include "store/database.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "store/overdue.h"
#include "store/sqlite.h"

enum {
	CACHE_KEPT = 256 * 1024, /* bytes of pages that stay in memory between two commands */
};

struct statement {
	const char *sql;
	sqlite3_stmt *prepared;
};

/* SQLite is told to leave out its own locks (SQLITE_OPEN_NOMUTEX): two threads in one connection would damage it in
 * silence. */
static void
check_thread(const struct database *db)
{
	assert(pthread_equal(db->owner, pthread_self()));
	(void)db;
}

/* ---- failures ---- */

/* The kind of trouble for the errno of a read or write that failed. */
static enum database_trouble
trouble_of_errno(int reason)
{
	switch (reason) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return DATABASE_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return DATABASE_READ_ONLY;
	}
	return DATABASE_BROKEN;
}

static enum database_trouble
trouble_of(int code, int reason)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return DATABASE_BUSY;
	case SQLITE_FULL:
		return DATABASE_FULL;
	case SQLITE_READONLY:
		return DATABASE_READ_ONLY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return DATABASE_DAMAGED;
	case SQLITE_INTERRUPT:
		return DATABASE_CANCELLED;
	case SQLITE_CONSTRAINT:
		return code == SQLITE_CONSTRAINT_FOREIGNKEY ? DATABASE_DANGLING : DATABASE_ODD;
	case SQLITE_ERROR:
		return DATABASE_ODD;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return trouble_of_errno(reason);
	}
	return DATABASE_BROKEN;
}

static bool
set_words(const struct database *db, int code, int reason, struct err *err)
{
	bool is_io = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;

	switch (db->trouble) {
	case DATABASE_BUSY:
		return err_set(err, ERR_SYSTEM, "history is locked by another program (%s)", db->path);
	case DATABASE_FULL:
		return err_set(err, ERR_SYSTEM, "the disk is full (%s)", db->path);
	case DATABASE_READ_ONLY:
		return err_set(
		        err, ERR_SYSTEM, "history may not be %s (%s)", db->read_only ? "read" : "written", db->path);
	case DATABASE_DAMAGED:
		return err_set(err, ERR_SYSTEM, "history is damaged (%s)", db->path);
	case DATABASE_DANGLING:
		return err_set(err, ERR_SYSTEM, "what this belongs to is gone from the history (%s)", db->path);
	case DATABASE_CANCELLED:
		return err_set(err, ERR_CANCELLED, "stopped");
	case DATABASE_FINE:
	case DATABASE_ODD:
	case DATABASE_BROKEN:
		break;
	}
	return err_set(err, ERR_SYSTEM, "history cannot be used: %s (%s)",
	        is_io && reason ? strerror(reason) : sqlite3_errmsg(db->sqlite), db->path);
}

/* The errno of the last failure, or 0. After a commit that failed sqlite3_system_errno has none, but the file has. */
static int
reason_of(struct database *db)
{
	static const int files[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
	int reason = 0;

	for (size_t i = 0; reason == 0 && i < ARRAY_LEN(files); i++) {
		sqlite3_file *file = NULL;

		if (sqlite3_file_control(db->sqlite, "main", files[i], &file) == SQLITE_OK && file && file->pMethods)
			file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &reason);
	}
	return reason ? reason : sqlite3_system_errno(db->sqlite);
}

bool
database_failed(struct database *db, struct err *err)
{
	int code = sqlite3_extended_errcode(db->sqlite), reason = reason_of(db);

	check_thread(db);
	db->trouble = trouble_of(code, reason);
	return set_words(db, code, reason, err);
}

/* ---- opening ---- */

static bool
find_sqlite(struct database *db, struct err *err)
{
	if (sqlite_load(err))
		return true;
	db->trouble = DATABASE_BROKEN;
	return false;
}

/* SQLite gives -wal and -shm the mode of the file itself. An existing file is not opened here: closing it again would
 * drop this process's locks on it (fcntl(2)). */
static void
create_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

static bool
set_up(struct database *db, struct err *err)
{
	static const char common[] = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
	                             "PRAGMA cell_size_check = ON;";

	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_busy_timeout(db->sqlite, DATABASE_BUSY_MS);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	return database_script(db, common, err);
}

static bool
open_with(struct database *db, const char *name, int flags, struct err *err)
{
	if (sqlite3_open_v2(name, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return database_failed(db, err);
	return set_up(db, err);
}

char *
database_immutable_name(const char *path)
{
	struct buf uri = {0};

	buf_puts(&uri, "file:");
	for (const char *p = path; *p; p++)
		if (strchr("%?#", *p))
			buf_printf(&uri, "%%%02x", (unsigned)*p);
		else
			buf_putc(&uri, *p);
	buf_puts(&uri, "?immutable=1");
	return buf_take(&uri);
}

static bool
has_log(const char *path)
{
	char *name = mem_printf("%s-wal", path);
	struct stat st;
	bool has = stat(name, &st) == 0 && st.st_size > 0;

	free(name);
	return has;
}

static bool
may_write_beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? mem_strndup(path, (size_t)(slash - path) + 1) : mem_strdup(".");
	bool may = faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0;

	free(folder);
	return may;
}

/* SQLite creates a write-ahead log beside the file even to read it. In a folder that may not be written nobody else
 * can create one either, and a file that was closed well needs none. */
static bool
open_to_read(struct database *db, struct err *err)
{
	int64_t version;
	char *name;
	bool good;

	if (open_with(db, db->path, SQLITE_OPEN_READONLY, err) &&
	        database_number(db, "PRAGMA schema_version", &version, err))
		return true;
	if ((db->trouble != DATABASE_READ_ONLY && db->trouble != DATABASE_BROKEN) || may_write_beside(db->path))
		return false;
	if (has_log(db->path))
		return err_set(err, ERR_SYSTEM,
		        "history was not closed by the last flynn, and cannot be read in a folder that may not be "
		        "written (%s)",
		        db->path);
	sqlite3_close(db->sqlite);
	db->sqlite = NULL;
	name = database_immutable_name(db->path);
	good = open_with(db, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
	free(name);
	return good;
}

/* The file, and what SQLite keeps beside it: it would read from any of them. */
static bool
are_regular(struct database *db, struct err *err)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	bool good = true;

	for (size_t i = 0; good && i < ARRAY_LEN(ends); i++) {
		char *name = mem_printf("%s%s", db->path, ends[i]);

		if (!regular_or_none(name)) {
			db->trouble = DATABASE_BROKEN;
			good = err_set(err, ERR_SYSTEM, "cannot open %s: it is no regular file", name);
		}
		free(name);
	}
	return good;
}

static bool
is_there(struct database *db, enum database_mode mode, struct err *err)
{
	struct stat st;

	if (mode == DATABASE_CREATE)
		create_file(db->path);
	if (mode == DATABASE_CREATE || stat(db->path, &st) == 0)
		return true;
	db->trouble = trouble_of_errno(errno);
	return err_set(err, ERR_SYSTEM, "cannot open %s: %s", db->path, strerror(errno));
}

bool
database_open(struct database *db, const char *path, enum database_mode mode, struct err *err)
{
	bool good;

	*db = (struct database){.owner = pthread_self(), .path = mem_strdup(path), .read_only = mode == DATABASE_READ};
	overdue_enter();
	good = find_sqlite(db, err) && is_there(db, mode, err) && are_regular(db, err);
	overdue_leave();
	if (good && mode == DATABASE_READ)
		good = open_to_read(db, err);
	else if (good)
		good = open_with(db, path,
		        mode == DATABASE_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE,
		        err);
	if (!good)
		database_close(db);
	return good;
}

bool
database_open_passing(struct database *db, const char *path, struct err *err)
{
	*db = (struct database){.owner = pthread_self(), .path = mem_strdup(path)};
	if (find_sqlite(db, err) && open_with(db, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err))
		return true;
	database_close(db);
	return false;
}

bool
database_open_copy(struct database *db, struct database *of, struct err *err)
{
	sqlite3_backup *backup;

	if (!database_open_passing(db, of->path, err))
		return false;
	backup = sqlite3_backup_init(db->sqlite, "main", of->sqlite, "main");
	if (backup)
		sqlite3_backup_step(backup, -1);
	if (backup && sqlite3_backup_finish(backup) == SQLITE_OK)
		return true;
	database_failed(db, err);
	database_close(db);
	return false;
}

void
database_rest(struct database *db)
{
	int used = 0, most;

	if (sqlite3_db_status(db->sqlite, SQLITE_DBSTATUS_CACHE_USED, &used, &most, 0) != SQLITE_OK ||
	        used <= CACHE_KEPT)
		return;
	sqlite3_db_release_memory(db->sqlite);
	mem_return_free();
}

void
database_close(struct database *db)
{
	if (db->sqlite) {
		check_thread(db);
		for (size_t i = 0; i < db->n_statements; i++)
			sqlite3_finalize(db->statements[i].prepared);
		sqlite3_close(db->sqlite);
	}
	free(db->statements);
	free(db->path);
	*db = (struct database){.trouble = db->trouble};
}

void
database_trust(struct database *db)
{
	check_thread(db);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
}

/* ---- statements ---- */

static sqlite3_stmt *
find_statement(const struct database *db, const char *sql)
{
	for (size_t i = 0; i < db->n_statements; i++)
		if (db->statements[i].sql == sql)
			return db->statements[i].prepared;
	return NULL;
}

sqlite3_stmt *
database_prepare(struct database *db, const char *sql, struct err *err)
{
	sqlite3_stmt *prepared = find_statement(db, sql);

	check_thread(db);
	if (prepared) {
		sqlite3_reset(prepared);
		sqlite3_clear_bindings(prepared);
		return prepared;
	}
	if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL) != SQLITE_OK) {
		database_failed(db, err);
		return NULL;
	}
	db->statements = mem_realloc(db->statements, (db->n_statements + 1) * sizeof(*db->statements));
	db->statements[db->n_statements++] = (struct statement){sql, prepared};
	return prepared;
}

bool
database_run(struct database *db, sqlite3_stmt *statement, struct err *err)
{
	bool good = sqlite3_step(statement) == SQLITE_DONE;

	check_thread(db);
	if (!good)
		database_failed(db, err);
	sqlite3_reset(statement);
	return good;
}

bool
database_row(struct database *db, sqlite3_stmt *statement, bool *failed, struct err *err)
{
	int code = sqlite3_step(statement);

	check_thread(db);
	*failed = code != SQLITE_ROW && code != SQLITE_DONE;
	if (code == SQLITE_ROW)
		return true;
	if (*failed)
		database_failed(db, err);
	sqlite3_reset(statement);
	return false;
}

bool
database_script(struct database *db, const char *sql, struct err *err)
{
	check_thread(db);
	return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK || database_failed(db, err);
}

bool
database_number(struct database *db, const char *sql, int64_t *number, struct err *err)
{
	sqlite3_stmt *statement;
	bool failed;

	check_thread(db);
	*number = 0;
	if (sqlite3_prepare_v2(db->sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
		return database_failed(db, err);
	if (database_row(db, statement, &failed, err))
		*number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return !failed;
}

/* ---- transactions ---- */

static bool
run_prepared(struct database *db, const char *sql, struct err *err)
{
	sqlite3_stmt *statement = database_prepare(db, sql, err);

	return statement && database_run(db, statement, err);
}

bool
database_begin(struct database *db, struct err *err)
{
	return run_prepared(db, "BEGIN IMMEDIATE", err);
}

bool
database_commit(struct database *db, struct err *err)
{
	if (run_prepared(db, "COMMIT", err))
		return true;
	database_roll_back(db);
	return false;
}

void
database_roll_back(struct database *db)
{
	check_thread(db);
	/* Some failures have rolled it back already, and then this one says so. */
	if (!sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- values ---- */

void
database_bind_text(sqlite3_stmt *statement, int i, const char *text, size_t n)
{
	sqlite3_bind_text64(statement, i, text, n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void
database_bind_string(sqlite3_stmt *statement, int i, const char *text)
{
	database_bind_text(statement, i, text, strlen(text));
}

void
database_bind_buf(sqlite3_stmt *statement, int i, const struct buf *text)
{
	database_bind_text(statement, i, buf_text(text), text->len);
}

void
database_lend_buf(sqlite3_stmt *statement, int i, const struct buf *text)
{
	sqlite3_bind_text64(statement, i, buf_text(text), text->len, SQLITE_STATIC, SQLITE_UTF8);
}

void
database_lend_bytes(sqlite3_stmt *statement, int i, const void *bytes, size_t n)
{
	sqlite3_bind_blob64(statement, i, bytes, n, SQLITE_STATIC);
}

void
database_bind_row(sqlite3_stmt *statement, int i, int64_t row)
{
	if (row != 0)
		sqlite3_bind_int64(statement, i, row);
}

const char *
database_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text ? (const char *)text : "";
}
