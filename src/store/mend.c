/*
 * mend.c - in one transaction, which counts only when the file is whole at its end. The search index is emptied by hand
 * first (https://sqlite.org/fts5.html, "FTS5 Data Structures"): where its first rows are damaged FTS5 does not open it at
 * all, and then cannot empty it itself.
 */
#include "store/mend.h"

#include <string.h>

static const char empty[] = "DELETE FROM message_words_data; DELETE FROM message_words_idx;"
                            "DELETE FROM message_words_docsize;"
                            "INSERT INTO message_words_data (id, block) VALUES (1, x''), (10, x'00000000000000')";

static const char make_anew[] = "INSERT INTO message_words (message_words) VALUES ('delete-all');"
                                "INSERT INTO message_words (rowid, content, reasoning)"
                                "  SELECT id, flynn_words(content), flynn_words(reasoning) FROM message"
                                "  WHERE owner IS NULL;"
                                "INSERT INTO message_words (message_words) VALUES ('integrity-check');"
                                "REINDEX";

bool
mend_is_whole(struct database *db, bool *failed, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "PRAGMA integrity_check(1)", err);
	int64_t dangling;
	bool whole;

	*failed = true;
	whole = s && database_row(db, s, failed, err) && strcmp(database_text(s, 0), "ok") == 0;
	if (*failed)
		return false;
	sqlite3_reset(s);
	*failed = !database_number(db, "SELECT count(*) FROM pragma_foreign_key_check", &dangling, err);
	return !*failed && whole && dangling == 0;
}

/* Else the tables behind the index may not be written. */
static void
allow_all(struct database *db, bool allow)
{
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, !allow, NULL);
}

static bool
empty_index(struct database *db, struct err *err)
{
	bool good;

	allow_all(db, true);
	good = database_script(db, empty, err);
	allow_all(db, false);
	return good;
}

bool
mend(struct database *db, struct err *err)
{
	bool failed;

	if (!db->sqlite || !database_begin(db, err))
		return false;
	if (empty_index(db, err) && database_script(db, make_anew, err)) {
		if (mend_is_whole(db, &failed, err))
			return database_commit(db, err);
		if (!failed) {
			db->trouble = DATABASE_DAMAGED;
			err_set(err, ERR_SYSTEM, "history is damaged (%s)", db->path);
		}
	}
	database_roll_back(db);
	return false;
}
