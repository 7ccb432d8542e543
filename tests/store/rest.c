/*
 * rest.c - pages that a connection keeps in memory go when it rests, if they are many; few stay for the next command.
 */
#include <stdlib.h>

#include "store/database.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

static int
bytes_in_memory(const struct database *db)
{
	int used = 0, most;

	CU_ASSERT(sqlite3_db_status(db->sqlite, SQLITE_DBSTATUS_CACHE_USED, &used, &most, 0) == SQLITE_OK);
	return used;
}

static void
run(struct database *db, const char *sql)
{
	struct err err;

	HARNESS_CHECK(database_script(db, sql, &err), "%s: %s", sql, err.text);
}

static void
many_pages_are_freed(void)
{
	struct database db = {0};
	struct err err;
	int64_t bytes = 0;
	int few, many;
	char *path;

	place_make();
	path = place_path("rest.db");
	CU_ASSERT_FATAL(database_open(&db, path, DATABASE_CREATE, &err));
	run(&db, "CREATE TABLE t (text)");
	few = bytes_in_memory(&db);
	database_rest(&db);
	CU_ASSERT(few > 0 && bytes_in_memory(&db) == few);
	run(&db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
	         "INSERT INTO t SELECT hex(zeroblob(2000)) FROM n");
	many = bytes_in_memory(&db);
	database_rest(&db);
	HARNESS_CHECK(bytes_in_memory(&db) < many / 8, "%d of %d bytes are in memory", bytes_in_memory(&db), many);
	CU_ASSERT(database_number(&db, "SELECT sum(length(text)) FROM t", &bytes, &err) && bytes == 400 * 4000);
	database_close(&db);
	free(path);
	place_remove();
}

CU_TestInfo rest_tests[] = {
        {"many pages are freed", many_pages_are_freed},
        CU_TEST_INFO_NULL,
};
