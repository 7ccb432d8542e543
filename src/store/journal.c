/*
 * journal.c - reading the pieces one by one: only one of them is in SQLite's memory at a time.
 */
#include "store/journal.h"

#include "store/sqlite.h"

static void
put_column(struct buf *to, sqlite3_stmt *s, int column)
{
	const char *text = database_text(s, column);

	buf_put(to, text, (size_t)sqlite3_column_bytes(s, column));
}

/* Appends the two columns of all rows that the statement gives for this message. */
static bool
put_rows(struct database *db, const char *sql, int64_t message, struct buf *content, struct buf *reasoning,
        struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, sql, err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	while (database_row(db, s, &failed, err)) {
		put_column(content, s, 0);
		put_column(reasoning, s, 1);
	}
	return !failed;
}

bool
journal_gather(struct database *db, int64_t message, struct buf *content, struct buf *reasoning, struct err *err)
{
	static const char of_message[] = "SELECT content, reasoning FROM message WHERE id = ?1";
	static const char of_journal[] = "SELECT content, reasoning FROM journal WHERE message = ?1 ORDER BY at";

	return put_rows(db, of_message, message, content, reasoning, err) &&
	       put_rows(db, of_journal, message, content, reasoning, err);
}

bool
journal_clear(struct database *db, int64_t message, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "DELETE FROM journal WHERE message = ?1", err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	return database_run(db, s, err);
}
