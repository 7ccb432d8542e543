/*
 * undelete.c - each new message asks for this, and few conversations have anything deleted: the index of what is
 * deleted comes first, and the way up is walked only where a message of the conversation is in it. CASE keeps SQLite to that order.
 */
#include "store/undelete.h"

#include "store/sqlite.h"

/* UNION: a file in which messages hang on each other in a circle must not be walked for ever. */
bool
undelete_above(struct database *db, int64_t message, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "UPDATE message SET deleted = NULL WHERE deleted IS NOT NULL"
	        "  AND CASE WHEN conversation = (SELECT conversation FROM message WHERE id = ?1) THEN id IN ("
	        "    WITH RECURSIVE above (id) AS (VALUES (?1) UNION"
	        "      SELECT parent FROM message JOIN above USING (id) WHERE parent IS NOT NULL)"
	        "    SELECT id FROM above) END",
	        err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	return database_run(db, s, err);
}
