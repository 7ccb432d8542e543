/*
 * remove.c - a conversation's messages go from its newest on: a row with rows below it would take all of them along
 * in one step, which SQLite does a thousand rows deep at most.
 */
#include "store/remove.h"

#include "store/history_inside.h"
#include "store/sqlite.h"

enum {
	AT_ONCE = 100,      /* messages of one statement */
	TRANSACTION = 1000, /* messages, or as many times FILE_BYTES of attached files */
	FILE_BYTES = 1 << 16,
};

static bool
run(struct database *db, const char *sql, int64_t row, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, sql, err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	if (sqlite3_bind_parameter_count(s) > 1)
		sqlite3_bind_int(s, 2, AT_ONCE);
	return database_run(db, s, err);
}

/* Of all files that are attached to its messages, whoever else has them. */
static bool
weigh_files(struct database *db, int64_t row, size_t *messages, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT total(a.size) FROM message m CROSS JOIN message_attachment l ON l.message = m.id"
	        "  CROSS JOIN attachment a ON a.id = l.attachment WHERE m.conversation = ?1",
	        err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	if (database_row(db, s, &failed, err)) {
		*messages += (size_t)(sqlite3_column_double(s, 0) / FILE_BYTES);
		sqlite3_reset(s);
	}
	return !failed;
}

static bool
remove_one(struct database *db, int64_t row, size_t *messages, struct err *err)
{
	static const char newest[] = "DELETE FROM message WHERE id IN"
	                             "  (SELECT id FROM message WHERE conversation = ?1 ORDER BY id DESC LIMIT ?2)";

	if (!weigh_files(db, row, messages, err))
		return false;
	do {
		if (!run(db, newest, row, err))
			return false;
		*messages += (size_t)sqlite3_changes(db->sqlite);
	} while (sqlite3_changes(db->sqlite) > 0);
	return run(db, "DELETE FROM conversation WHERE id = ?1", row, err);
}

/* As many as one transaction is for, from `from` on; returns how many those were, 0 when it failed. */
static size_t
remove_some(struct database *db, const int64_t *rows, size_t n, struct err *err)
{
	size_t messages = 0, i = 0;

	if (!database_begin(db, err))
		return 0;
	while (i < n && messages < TRANSACTION)
		if (!remove_one(db, rows[i++], &messages, err)) {
			database_roll_back(db);
			return 0;
		}
	return database_commit(db, err) ? i : 0;
}

bool
remove_conversations(struct history *h, const int64_t *rows, size_t n, void (*progress)(void *, size_t), void *arg,
        size_t *done, struct err *err)
{
	struct database *db = &h->database;

	*done = 0;
	if (!database_script(db, "PRAGMA secure_delete = ON", err))
		return false;
	while (*done < n) {
		size_t some = remove_some(db, rows + *done, n - *done, err);

		if (some == 0)
			return false;
		*done += some;
		if (progress)
			progress(arg, *done);
	}
	return true;
}

bool
remove_shrink(struct history *h, struct err *err)
{
	/* The index keeps words that are no longer in any text until its parts are merged. */
	return database_script(&h->database,
	        "INSERT INTO message_words (message_words) VALUES ('optimize'); VACUUM; PRAGMA "
	        "wal_checkpoint(TRUNCATE)",
	        err);
}
