/*
 * sqlite.c - SQLite hands the table of its functions to each extension when a database is opened. Its own way to be one in
 * the program itself is sqlite3_auto_extension.
 */
#include "config.h"

#include "store/sqlite.h"

#ifdef SQLITE_CORE

bool
sqlite_load(struct err *err)
{
	(void)err;
	return true;
}

#else

#include <pthread.h>

#include "base/compiler.h"
#include "base/library.h"

SQLITE_EXTENSION_INIT1

LIBRARY_NOTE("history", "keeps conversations", "required", LIBSQLITE3_SONAME);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct err failure;

static int
take_table(UNUSED sqlite3 *db, UNUSED char **message, const sqlite3_api_routines *table)
{
	SQLITE_EXTENSION_INIT2(table)
	return SQLITE_OK;
}

static bool
find_table(void *library, struct err *err)
{
	int (*announce)(void (*)(void)), (*open)(const char *, sqlite3 **);
	sqlite3 *db = NULL;

	if (!library_find(library, "SQLite", "sqlite3_auto_extension", &announce, err) ||
	        !library_find(library, "SQLite", "sqlite3_open", &open, err))
		return false;
	if (announce((void (*)(void))take_table) != SQLITE_OK || open(":memory:", &db) != SQLITE_OK || !sqlite3_api)
		return err_set(err, ERR_SYSTEM, "SQLite cannot be used (it tells extensions no functions)");
	sqlite3_cancel_auto_extension((void (*)(void))take_table);
	sqlite3_close(db);
	return true;
}

static void
load(void)
{
	void *library = library_load(LIBSQLITE3_SONAME, "SQLite", &failure);

	if (library && !find_table(library, &failure))
		sqlite3_api = NULL;
}

bool
sqlite_load(struct err *err)
{
	pthread_once(&once, load);
	if (!sqlite3_api)
		*err = failure;
	return sqlite3_api;
}

#endif
