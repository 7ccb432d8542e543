/*
 * import_database.c - a copy of the file is brought to our version and checked; then, in one transaction of ours, one conversation
 * after the other.
 */
#include "store/import_database.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "chat/tags.h"
#include "store/attached.h"
#include "store/foreign.h"
#include "store/history_inside.h"
#include "store/merge_messages.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/untouched.h"

struct merge {
	struct history *history;
	struct database *ours, theirs;
	struct import_counts *counts;
	struct err *err;
};

/* ---- which file it is ---- */

/* https://sqlite.org/fileformat.html: the application id is the number at byte 68. */
bool
import_database_is(FILE *file)
{
	static const unsigned char id[] = {SCHEMA_APPLICATION_ID >> 24, SCHEMA_APPLICATION_ID >> 16 & 0xff,
	        SCHEMA_APPLICATION_ID >> 8 & 0xff, SCHEMA_APPLICATION_ID & 0xff};
	unsigned char head[100];

	return fread(head, 1, sizeof(head), file) == sizeof(head) && memcmp(head, "SQLite format 3", 16) == 0 &&
	       memcmp(head + 68, id, sizeof(id)) == 0;
}

static bool
is_our_own(const struct merge *m, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_dev == m->history->file.st_dev && st.st_ino == m->history->file.st_ino;
}

/* ---- the copy ---- */

/* Of what is read of it: a search index that is damaged is no matter. */
static bool
is_table_sound(struct database *db, const char *table, struct err *err)
{
	char *sql = mem_printf("SELECT quick_check <> 'ok' FROM pragma_quick_check('%s')", table);
	int64_t wrong;
	bool good = database_number(db, sql, &wrong, err);

	free(sql);
	if (good && wrong) {
		db->trouble = DATABASE_DAMAGED;
		good = err_set(err, ERR_SYSTEM, "history is damaged (%s)", db->path);
	}
	return good;
}

static bool
are_files_sound(struct database *db, struct err *err)
{
	struct attached_damage damage;
	bool good = attached_find_damage(db, NULL, NULL, &damage, err);

	if (good && damage.n > 0)
		good = err_set(
		        err, ERR_SYSTEM, "the attached file %.100s is damaged (%s)", buf_text(&damage.name), db->path);
	buf_release(&damage.name);
	return good;
}

static bool
is_sound(struct database *db, struct err *err)
{
	static const char *const tables[] = {
	        "conversation", "message", "journal", "attachment", "message_attachment", "vote", "vote_model", "tag"};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		if (!is_table_sound(db, tables[i], err))
			return false;
	return are_files_sound(db, err);
}

static bool
open_theirs(struct merge *m, const char *path)
{
	const struct schema *schema = schema_current();
	struct database *db = &m->theirs;
	int version;

	if (!untouched_copy(db, path, m->err) || !schema_functions(db, m->err) ||
	        !schema_look(db, schema, &version, m->err))
		return false;
	if (version == 0)
		return err_set(m->err, ERR_SYSTEM, "history is empty (%s)", path);
	return foreign_none(db, schema, m->err) &&
	       (version == schema->version || schema_step(db, schema, version, m->err)) && is_sound(db, m->err);
}

/* ---- a conversation ---- */

/* `*row` 0: it is not there. */
static bool
find_ours(struct merge *m, const char *uuid, int64_t *row, bool *deleted)
{
	sqlite3_stmt *s =
	        database_prepare(m->ours, "SELECT id, deleted IS NOT NULL FROM conversation WHERE uuid = ?1", m->err);
	bool failed;

	*row = 0;
	*deleted = false;
	if (!s)
		return false;
	database_bind_string(s, 1, uuid);
	if (database_row(m->ours, s, &failed, m->err)) {
		*row = sqlite3_column_int64(s, 0);
		*deleted = sqlite3_column_int(s, 1);
		sqlite3_reset(s);
	}
	return !failed;
}

#define INFO                                                                                                           \
	"uuid, title, titled, system, model, created, updated, pinned, archived, draft, seen_line, parameters, preset"

enum {
	DELETED = 14, /* the column behind the id and these */
};

static bool
add_ours(struct merge *m, sqlite3_stmt *theirs, int64_t *row)
{
	sqlite3_stmt *s = database_prepare(m->ours,
	        "INSERT INTO conversation (" INFO ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
	        m->err);

	if (!s)
		return false;
	for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++)
		sqlite3_bind_value(s, i, sqlite3_column_value(theirs, i));
	if (!database_run(m->ours, s, m->err))
		return false;
	*row = sqlite3_last_insert_rowid(m->ours->sqlite);
	return true;
}

/* It is as new as the newer of both, and has the model of its newest reply. */
static bool
note_news(struct merge *m, sqlite3_stmt *theirs, int64_t row)
{
	sqlite3_stmt *s = database_prepare(m->ours,
	        "UPDATE conversation SET updated = max(updated, ?2), deleted = NULL,"
	        "  model = coalesce((SELECT model FROM message WHERE conversation = ?1 AND model <> '' AND deleted IS "
	        "NULL"
	        "    ORDER BY created DESC, id DESC LIMIT 1), model) WHERE id = ?1",
	        m->err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	sqlite3_bind_value(s, 2, sqlite3_column_value(theirs, 7));
	return database_run(m->ours, s, m->err);
}

/* What is no name of a tag is none. */
static bool
add_tag(struct merge *m, int64_t row, const char *name, size_t *added)
{
	sqlite3_stmt *s =
	        database_prepare(m->ours, "INSERT OR IGNORE INTO tag (conversation, name) VALUES (?1, ?2)", m->err);

	if (!s)
		return false;
	if (!tag_is_name(name, strlen(name)))
		return true;
	sqlite3_bind_int64(s, 1, row);
	database_bind_string(s, 2, name);
	if (!database_run(m->ours, s, m->err))
		return false;
	*added += sqlite3_changes(m->ours->sqlite) > 0;
	return true;
}

static bool
unite_tags(struct merge *m, const struct merge_pair *pair, size_t *added)
{
	sqlite3_stmt *s = database_prepare(&m->theirs, "SELECT name FROM tag WHERE conversation = ?1", m->err);
	bool failed;

	*added = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, pair->theirs);
	while (database_row(&m->theirs, s, &failed, m->err))
		if (!add_tag(m, pair->ours, database_text(s, 0), added)) {
			sqlite3_reset(s);
			return false;
		}
	return !failed;
}

/* One that is deleted there and shown here stays, with what it has there: so it will come back there. */
static bool
take_conversation(struct merge *m, sqlite3_stmt *theirs)
{
	struct merge_pair pair = {.theirs = sqlite3_column_int64(theirs, 0), .uuid = database_text(theirs, 1)};
	bool deleted, has_news;
	size_t tags;

	if (!find_ours(m, pair.uuid, &pair.ours, &deleted))
		return false;
	pair.is_new = pair.ours == 0;
	if (sqlite3_column_int(theirs, DELETED) && (pair.is_new || deleted))
		return true;
	if ((pair.is_new && !add_ours(m, theirs, &pair.ours)) || !merge_messages(m->ours, &m->theirs, &pair, m->err) ||
	        !unite_tags(m, &pair, &tags))
		return false;
	has_news = deleted || pair.added + pair.grown + pair.revived > 0;
	m->counts->added += pair.is_new;
	m->counts->merged += !pair.is_new && (has_news || tags > 0);
	m->counts->skipped += !pair.is_new && !has_news && tags == 0;
	m->counts->messages += pair.added + pair.revived;
	m->counts->bytes += pair.bytes;
	return pair.is_new || !has_news || note_news(m, theirs, pair.ours);
}

static bool
take_conversations(struct merge *m, void (*progress)(void *, const struct import_counts *), void *arg)
{
	sqlite3_stmt *s = database_prepare(
	        &m->theirs, "SELECT id, " INFO ", deleted IS NOT NULL FROM conversation ORDER BY id", m->err);
	bool failed;

	if (!s)
		return false;
	while (database_row(&m->theirs, s, &failed, m->err)) {
		if (!take_conversation(m, s)) {
			sqlite3_reset(s);
			return false;
		}
		if (progress)
			progress(arg, m->counts);
	}
	return !failed;
}

/* ---- votes ---- */

static bool
add_models(struct merge *m, int64_t theirs, int64_t ours)
{
	sqlite3_stmt *from = database_prepare(
	        &m->theirs, "SELECT place, model FROM vote_model WHERE vote = ?1 ORDER BY place", m->err);
	bool failed = true, good = from != NULL;

	if (from)
		sqlite3_bind_int64(from, 1, theirs);
	while (good && database_row(&m->theirs, from, &failed, m->err)) {
		sqlite3_stmt *to = database_prepare(
		        m->ours, "INSERT INTO vote_model (vote, place, model) VALUES (?1, ?2, ?3)", m->err);

		good = to != NULL;
		if (!to)
			break;
		sqlite3_bind_int64(to, 1, ours);
		sqlite3_bind_value(to, 2, sqlite3_column_value(from, 0));
		sqlite3_bind_value(to, 3, sqlite3_column_value(from, 1));
		good = database_run(m->ours, to, m->err);
	}
	if (from)
		sqlite3_reset(from);
	return good && !failed;
}

static bool
take_vote(struct merge *m, sqlite3_stmt *theirs)
{
	sqlite3_stmt *s =
	        database_prepare(m->ours, "INSERT OR IGNORE INTO vote (uuid, at, winner) VALUES (?1, ?2, ?3)", m->err);

	if (!s)
		return false;
	for (int i = 1; i <= 3; i++)
		sqlite3_bind_value(s, i, sqlite3_column_value(theirs, i));
	if (!database_run(m->ours, s, m->err))
		return false;
	if (sqlite3_changes(m->ours->sqlite) == 0)
		return true;
	m->counts->votes++;
	return add_models(m, sqlite3_column_int64(theirs, 0), sqlite3_last_insert_rowid(m->ours->sqlite));
}

static bool
take_votes(struct merge *m)
{
	sqlite3_stmt *s = database_prepare(&m->theirs, "SELECT id, uuid, at, winner FROM vote ORDER BY id", m->err);
	bool failed;

	if (!s)
		return false;
	while (database_row(&m->theirs, s, &failed, m->err))
		if (!take_vote(m, s)) {
			sqlite3_reset(s);
			return false;
		}
	return !failed;
}

/* ---- all of it ---- */

static bool
take_all(struct merge *m, void (*progress)(void *, const struct import_counts *), void *arg)
{
	if (!database_begin(m->ours, m->err))
		return false;
	if (take_conversations(m, progress, arg) && take_votes(m))
		return database_commit(m->ours, m->err);
	database_roll_back(m->ours);
	return false;
}

bool
import_database(struct history *h, const char *path, void (*progress)(void *, const struct import_counts *), void *arg,
        struct import_counts *counts, struct err *err)
{
	static const struct import_counts none = {.from = "flynn", .program = "flynn", .is_merge = true};
	struct merge m = {.history = h, .ours = &h->database, .counts = counts, .err = err};
	bool good;

	*counts = none;
	if (is_our_own(&m, path))
		return err_set(err, ERR_INCOMPLETE, "%s: this is the history itself, not another one", path);
	good = open_theirs(&m, path) && take_all(&m, progress, arg);
	database_close(&m.theirs);
	if (!good)
		*counts = none;
	return good;
}
