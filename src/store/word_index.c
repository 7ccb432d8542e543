/*
 * word_index.c - damage is an error of any of these statements, except a lock, the disk, or being stopped: a table of
 * the index that is gone, a version that FTS5 does not know and a page of nonsense each have another code.
 */
#include "store/word_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "store/query.h"
#include "store/schema.h"
#include "store/search_words.h"
#include "store/sqlite.h"

enum {
	LOOKED_UP = 32, /* messages at either end */
	LOOKED_UP_BYTES = 60,
};

/* ---- checking ---- */

/* The state of the index after a statement that failed. */
static enum word_index_state
failed_state(struct database *db)
{
	switch (db->trouble) {
	case DATABASE_DAMAGED:
	case DATABASE_ODD:
		return WORD_INDEX_DAMAGED;
	default:
		return WORD_INDEX_UNKNOWN;
	}
}

static enum word_index_state
not_sound(struct database *db, struct err *err)
{
	err_set(err, ERR_SYSTEM, "the search index is damaged (%s)", db->path);
	return WORD_INDEX_DAMAGED;
}

/* The rows of these statements are numbers that must be 0. */
static enum word_index_state
expect_zero(struct database *db, const char *const *sql, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		int64_t number;

		if (!database_number(db, sql[i], &number, err))
			return failed_state(db);
		if (number != 0)
			return not_sound(db, err);
	}
	return WORD_INDEX_SOUND;
}

/* A MATCH has FTS5 read its configuration and the root of the index. */
enum word_index_state
word_index_look(struct database *db, struct err *err)
{
	static const char *const looks[] = {
	        ("SELECT count(*) <> 3 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'message'"
	         "  AND name IN ('message_added', 'message_changed', 'message_removed')"),
	        "SELECT 0 FROM message_words WHERE message_words MATCH 'a' LIMIT 1",
	        "SELECT 0 FROM message_words_idx LIMIT 1",
	        "SELECT 0 FROM message_words_docsize LIMIT 1",
	};

	return expect_zero(db, looks, ARRAY_LEN(looks), err);
}

static enum word_index_state
compare_rows(struct database *db, struct err *err)
{
	static const char *const differences[] = {
	        ("SELECT EXISTS (SELECT 1 FROM message m WHERE owner IS NULL"
	         "  AND NOT EXISTS (SELECT 1 FROM message_words_docsize d WHERE d.id = m.id))"),
	        ("SELECT EXISTS (SELECT 1 FROM message_words_docsize d"
	         "  WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = d.id AND owner IS NULL))"),
	};

	return expect_zero(db, differences, ARRAY_LEN(differences), err);
}

/* A query for how a text begins; false: there is no word in that. */
static bool
make_query(struct query *query, const char *text, size_t n)
{
	struct buf quoted = {0};
	struct err err;
	bool good;

	if (n > LOOKED_UP_BYTES)
		n = utf8_floor(text, LOOKED_UP_BYTES);
	buf_putc(&quoted, '"');
	for (size_t i = 0; i < n; i++)
		buf_putc(&quoted, text[i] == '"' ? ' ' : text[i]);
	good = query_parse(query, buf_text(&quoted), quoted.len, &err);
	buf_release(&quoted);
	return good && query->match.len > 0 && json_is_well_formed(text, n);
}

/* Whether the index leads from a message's beginning to the message. */
static enum word_index_state
look_up(struct database *db, int64_t row, const char *text, size_t n, struct err *err)
{
	static const char find[] = "SELECT 0 FROM message_words WHERE message_words MATCH ?1 AND rowid = ?2";
	enum word_index_state state = WORD_INDEX_SOUND;
	struct query query;
	bool failed = false;

	if (make_query(&query, text, n)) {
		sqlite3_stmt *s = database_prepare(db, find, err);

		if (s) {
			database_bind_buf(s, 1, &query.match);
			sqlite3_bind_int64(s, 2, row);
		}
		if (s && database_row(db, s, &failed, err))
			sqlite3_reset(s);
		else
			state = s && !failed ? not_sound(db, err) : failed_state(db);
	}
	query_release(&query);
	return state;
}

static enum word_index_state
look_up_all(struct database *db, const char *sql, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, sql, err);
	enum word_index_state state = WORD_INDEX_SOUND;
	bool failed = !s;

	if (s)
		sqlite3_bind_int(s, 1, LOOKED_UP);
	while (!failed && state == WORD_INDEX_SOUND && database_row(db, s, &failed, err))
		state = look_up(
		        db, sqlite3_column_int64(s, 0), database_text(s, 1), (size_t)sqlite3_column_bytes(s, 1), err);
	if (s)
		sqlite3_reset(s);
	return failed ? failed_state(db) : state;
}

/* FTS5 takes an index that has lost all its parts for one that is empty; so some of the oldest and the newest are
 * looked up. */
static enum word_index_state
look_up_some(struct database *db, struct err *err)
{
	static const char oldest[] = "SELECT id, content FROM message WHERE owner IS NULL ORDER BY id LIMIT ?1";
	static const char newest[] = "SELECT id, content FROM message WHERE owner IS NULL ORDER BY id DESC LIMIT ?1";
	enum word_index_state state = look_up_all(db, oldest, err);

	return state == WORD_INDEX_SOUND ? look_up_all(db, newest, err) : state;
}

static const char integrity_check[] = "INSERT INTO message_words (message_words) VALUES ('integrity-check')";

enum word_index_state
word_index_compare(struct database *db, struct err *err)
{
	enum word_index_state state = word_index_look(db, err);

	if (state == WORD_INDEX_SOUND)
		state = compare_rows(db, err);
	return state == WORD_INDEX_SOUND ? look_up_some(db, err) : state;
}

enum word_index_state
word_index_check(struct database *db, struct err *err)
{
	enum word_index_state state = word_index_compare(db, err);

	if (state != WORD_INDEX_SOUND || db->read_only)
		return state;
	if (!database_begin(db, err))
		return WORD_INDEX_UNKNOWN;
	if (!database_script(db, integrity_check, err))
		state = failed_state(db);
	database_roll_back(db);
	return state;
}

/* ---- a long message ---- */

/* Of a message that nobody owns the index has the old text, which the trigger has to take out. */
static bool
is_owned(struct database *db, int64_t message, bool *is, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT 0 FROM message WHERE id = ?1 AND owner IS NOT NULL", err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	*is = database_row(db, s, &failed, err);
	sqlite3_reset(s);
	return !failed;
}

void
word_index_follow(struct database *db, bool follow)
{
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, follow, NULL);
}

static bool
add_words(struct database *db, int64_t message, const struct buf *content, const struct buf *reasoning, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "INSERT INTO message_words (rowid, content, reasoning) VALUES (?1, flynn_words(?2), flynn_words(?3))",
	        err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	database_lend_buf(s, 2, content);
	database_lend_buf(s, 3, reasoning);
	return database_run(db, s, err);
}

static bool
run(struct database *db, sqlite3_stmt *s, bool *changed, struct err *err)
{
	bool good = database_run(db, s, err);

	*changed = good && sqlite3_changes(db->sqlite) > 0;
	return good;
}

bool
word_index_settle(struct database *db, sqlite3_stmt *s, int64_t message, const struct buf *content,
        const struct buf *reasoning, bool *changed, struct err *err)
{
	bool apart = content->len + reasoning->len > SEARCH_WORDS_WHOLE, good;

	if (apart && !is_owned(db, message, &apart, err))
		return false;
	if (!apart)
		return run(db, s, changed, err);
	word_index_follow(db, false);
	good = run(db, s, changed, err);
	word_index_follow(db, true);
	return good && (!*changed || add_words(db, message, content, reasoning, err));
}

/* ---- many messages ---- */

bool
word_index_add(struct database *db, int64_t conversation, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, schema_index_conversation(), err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, conversation);
	return database_run(db, s, err);
}

/* ---- rebuilding ---- */

/* Without its row in the schema the table's own tables are ordinary ones, which go one by one, each as it can. */
static const char let_go[] = "DROP TRIGGER IF EXISTS message_added; DROP TRIGGER IF EXISTS message_changed;"
                             "DROP TRIGGER IF EXISTS message_removed;"
                             "PRAGMA writable_schema = ON;"
                             "DELETE FROM sqlite_schema WHERE name = 'message_words';"
                             "PRAGMA writable_schema = RESET";

/* Once a DROP TABLE has met a broken page, nothing else works in its transaction: so the table is checked before. */
static bool
is_whole(struct database *db, const char *table)
{
	char *sql = mem_printf("PRAGMA quick_check(message_words_%s)", table);
	sqlite3_stmt *s = NULL;
	bool whole = sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW &&
	             strcmp(database_text(s, 0), "ok") == 0;

	sqlite3_finalize(s);
	free(sql);
	return whole;
}

/* Pages that cannot be read cannot be freed: then only the table's name is deleted. */
static bool
drop_table(struct database *db, const char *table, bool *lost_pages, struct err *err)
{
	bool whole = is_whole(db, table);
	char *sql = mem_printf(whole ? "DROP TABLE IF EXISTS message_words_%s"
	                             : "PRAGMA writable_schema = ON;"
	                               "DELETE FROM sqlite_schema WHERE tbl_name = 'message_words_%s';"
	                               "PRAGMA writable_schema = RESET",
	        table);
	bool good = database_script(db, sql, err);

	*lost_pages |= !whole;
	free(sql);
	return good;
}

static bool
drop_all(struct database *db, bool *lost_pages, struct err *err)
{
	static const char *const tables[] = {"data", "idx", "content", "docsize", "config"};

	if (!database_script(db, let_go, err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		if (!drop_table(db, tables[i], lost_pages, err))
			return false;
	return true;
}

/* Else neither the schema nor the tables of the index may be written. */
static void
allow_all(struct database *db, bool allow)
{
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, !allow, NULL);
}

/* Of an older version too: it is mended before it goes through the steps. */
static bool
make_index(struct database *db, struct err *err)
{
	int64_t has_files;

	return database_number(
	               db, "SELECT 1 FROM pragma_table_info('message') WHERE name = 'files'", &has_files, err) &&
	       database_script(db, schema_index(has_files), err) && database_script(db, integrity_check, err);
}

bool
word_index_make_anew(struct database *db, bool *lost_pages, struct err *err)
{
	bool good;

	*lost_pages = false;
	allow_all(db, true);
	good = drop_all(db, lost_pages, err);
	allow_all(db, false);
	return good && make_index(db, err);
}
