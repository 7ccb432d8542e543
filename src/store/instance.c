/*
 * instance.c - who is alive is asked of the lock file; what the dead left is folded.
 */
#include "store/instance.h"

#include "base/clock.h"
#include "store/history_inside.h"

bool
instance_is_first(struct history *h)
{
	if (!h->asked_first)
		h->is_first = lock_take(&h->lock, LOCK_FIRST, true);
	h->asked_first = true;
	return h->is_first;
}

bool
instance_is_alive(const struct history *h, int64_t instance)
{
	return instance == h->instance || lock_is_held(&h->lock, LOCK_INSTANCES + instance);
}

/* In a transaction of its own, and locked before its end: nobody sees the row without the lock. */
bool
instance_begin(struct history *h, struct err *err)
{
	struct database *db = &h->database;
	sqlite3_stmt *insert;
	int64_t id;

	if (h->instance != 0)
		return true;
	if (!database_begin(db, err))
		return false;
	insert = database_prepare(db, "INSERT INTO instance (started) VALUES (?)", err);
	if (insert)
		sqlite3_bind_int64(insert, 1, clock_unix_ms());
	if (!insert || !database_run(db, insert, err)) {
		database_roll_back(db);
		return false;
	}
	id = sqlite3_last_insert_rowid(db->sqlite);
	if (!lock_take(&h->lock, LOCK_INSTANCES + id, true)) {
		database_roll_back(db);
		return err_set(err, ERR_SYSTEM, "cannot lock %s.lock", db->path);
	}
	if (!database_commit(db, err)) {
		lock_drop(&h->lock, LOCK_INSTANCES + id);
		return false;
	}
	h->instance = id;
	return true;
}

/* ---- recovery ---- */

/* The state of a message that has an owner is `interrupted` all along (write.c). */
static const char fold_sql[] = "UPDATE message SET owner = NULL,"
                               "  content = content || coalesce((SELECT group_concat(content, '') FROM"
                               "    (SELECT content FROM journal WHERE message = ?1 ORDER BY at)), ''),"
                               "  reasoning = reasoning || coalesce((SELECT group_concat(reasoning, '') FROM"
                               "    (SELECT reasoning FROM journal WHERE message = ?1 ORDER BY at)), '')"
                               "  WHERE id = ?1";

static bool
run_with(struct database *db, const char *sql, int64_t value, struct err *err)
{
	sqlite3_stmt *statement = database_prepare(db, sql, err);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, value);
	return database_run(db, statement, err);
}

static bool
fold(struct database *db, int64_t message, struct err *err)
{
	return run_with(db, fold_sql, message, err) &&
	       run_with(db, "DELETE FROM journal WHERE message = ?", message, err);
}

/* Every message of an instance that is gone; the newest comes last. */
static bool
fold_all(struct history *h, struct history_recovered *recovered, struct err *err)
{
	struct database *db = &h->database;
	sqlite3_stmt *owned = database_prepare(
	        db, "SELECT id, owner, conversation FROM message WHERE owner IS NOT NULL ORDER BY id", err);
	bool failed = true;

	while (owned && database_row(db, owned, &failed, err)) {
		if (instance_is_alive(h, sqlite3_column_int64(owned, 1)))
			continue;
		recovered->messages++;
		recovered->conversation = sqlite3_column_int64(owned, 2);
		if (!fold(db, sqlite3_column_int64(owned, 0), err)) {
			sqlite3_reset(owned);
			return false;
		}
	}
	return !failed;
}

static bool
needs_recovery(struct history *h, bool *needed, struct err *err)
{
	struct database *db = &h->database;
	sqlite3_stmt *owners = database_prepare(db, "SELECT DISTINCT owner FROM message WHERE owner IS NOT NULL", err);
	bool failed = true;

	*needed = false;
	while (owners && database_row(db, owners, &failed, err))
		*needed |= !instance_is_alive(h, sqlite3_column_int64(owners, 0));
	return !failed;
}

bool
instance_recover(struct history *h, struct history_recovered *recovered, struct err *err)
{
	bool needed;

	*recovered = (struct history_recovered){0, 0};
	if (!needs_recovery(h, &needed, err))
		return false;
	if (!needed)
		return true;
	if (!database_begin(&h->database, err))
		return false;
	if (fold_all(h, recovered, err))
		return database_commit(&h->database, err);
	database_roll_back(&h->database);
	return false;
}
