/*
 * instance.c - the lock file says which instances are alive; the journals of the others are folded.
 */
#include "store/instance.h"

#include "base/clock.h"
#include "store/history_inside.h"
#include "store/journal.h"
#include "store/sqlite.h"
#include "store/word_index.h"

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

bool
instance_claim(struct history *h, int64_t message, bool *claimed, struct err *err)
{
	struct database *db = &h->database;
	sqlite3_stmt *s;

	*claimed = false;
	if (!instance_begin(h, err))
		return false;
	s = database_prepare(db, "UPDATE message SET owner = ?2 WHERE id = ?1 AND owner IS NULL AND stream <> ''", err);
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	sqlite3_bind_int64(s, 2, h->instance);
	if (!database_run(db, s, err))
		return false;
	*claimed = sqlite3_changes(db->sqlite) == 1;
	return true;
}

/* ---- recovery ---- */

static bool
set_text(struct database *db, int64_t message, const struct buf *content, const struct buf *reasoning, struct err *err)
{
	sqlite3_stmt *s = database_prepare(
	        db, "UPDATE message SET owner = NULL, content = ?2, reasoning = ?3 WHERE id = ?1", err);
	bool changed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	database_lend_buf(s, 2, content);
	database_lend_buf(s, 3, reasoning);
	return word_index_settle(db, s, message, content, reasoning, &changed, err);
}

/* The message has no owner from then on. */
static bool
fold_journal(struct database *db, int64_t message, struct err *err)
{
	struct buf content = {0}, reasoning = {0};
	bool good = journal_gather(db, message, &content, &reasoning, err) &&
	            set_text(db, message, &content, &reasoning, err) && journal_clear(db, message, err);

	buf_release(&content);
	buf_release(&reasoning);
	return good;
}

/* Every message of an instance that is gone; the newest comes last. The state of a message that has an owner is
 * `interrupted` all along (write_message.c). */
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
		if (!fold_journal(db, sqlite3_column_int64(owned, 0), err)) {
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
