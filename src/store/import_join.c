/*
 * import_join.c - each message of the export gets the row of the one that is there, or is added below its parent's.
 */
#include "store/import_join.h"

#include <string.h>

#include "store/add.h"
#include "store/history_inside.h"
#include "store/sqlite.h"
#include "store/uuid.h"
#include "store/uuid_map.h"

struct join {
	struct history *history;
	int64_t row;
	struct loaded there;
	struct uuid_map rows; /* of messages that are there, deleted ones too */
	size_t added;
	struct err *err;
};

static bool
read_rows(struct join *j)
{
	struct database *db = &j->history->database;
	sqlite3_stmt *s = database_prepare(db, "SELECT uuid, id FROM message WHERE conversation = ?1", j->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, j->row);
	while (database_row(db, s, &failed, j->err))
		uuid_map_put(&j->rows, database_text(s, 0), sqlite3_column_int64(s, 1));
	return !failed;
}

static bool
says_the_same(const struct message *a, const struct message *b)
{
	return a->content.len == b->content.len && a->reasoning.len == b->reasoning.len &&
	       memcmp(buf_text(&a->content), buf_text(&b->content), a->content.len) == 0 &&
	       memcmp(buf_text(&a->reasoning), buf_text(&b->reasoning), a->reasoning.len) == 0;
}

/* The same name for the same text, so that the same file adds it once. */
static void
name_version(struct message *m)
{
	struct buf names = {0};

	buf_printf(&names, "%s\n", m->uuid);
	buf_put(&names, buf_text(&m->content), m->content.len);
	buf_putc(&names, '\n');
	buf_put(&names, buf_text(&m->reasoning), m->reasoning.len);
	uuid_make_of_sha256(m->uuid, buf_text(&names), names.len);
	buf_release(&names);
}

static bool
bring_back(struct join *j, int64_t message)
{
	struct database *db = &j->history->database;
	sqlite3_stmt *s =
	        database_prepare(db, "UPDATE message SET deleted = NULL WHERE id = ?1 AND deleted IS NOT NULL", j->err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	if (!database_run(db, s, j->err))
		return false;
	j->added += sqlite3_changes(db->sqlite) > 0;
	return true;
}

/* One that is being written here is as it is there. */
static const struct message *
other_text(const struct join *j, const struct message *m, int64_t row)
{
	const struct message *there = conversation_find_row(j->there.conversation, row);

	return there && there->state != MESSAGE_STREAMING && !says_the_same(there, m) ? there : NULL;
}

static bool
join_message(struct join *j, struct message *m)
{
	int64_t row = 0;

	if (uuid_map_get(&j->rows, m->uuid, &row) && other_text(j, m, row)) {
		name_version(m);
		row = 0;
	}
	if (uuid_map_get(&j->rows, m->uuid, &row)) {
		m->row = row;
		return bring_back(j, row);
	}
	j->added++;
	return add_message(j->history, j->row, m, j->err);
}

static bool
note_news(struct join *j, int64_t updated_ms)
{
	struct database *db = &j->history->database;
	sqlite3_stmt *s =
	        database_prepare(db, "UPDATE conversation SET updated = max(updated, ?2) WHERE id = ?1", j->err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, j->row);
	sqlite3_bind_int64(s, 2, updated_ms);
	return database_run(db, s, j->err);
}

static bool
join_all(struct join *j, struct conversation *c)
{
	for (struct message *m = NULL; (m = conversation_next(c, m)) != NULL;)
		if (!join_message(j, m))
			return false;
	return j->added == 0 || note_news(j, conversation_info(c)->updated_ms);
}

bool
import_join(struct history *h, int64_t row, struct loaded *loaded, size_t *added, struct err *err)
{
	struct join j = {.history = h, .row = row, .err = err};
	bool good;

	*added = 0;
	if (!load_within(h, row, &j.there, err))
		return false;
	add_names(loaded->conversation, conversation_info(loaded->conversation)->uuid);
	good = read_rows(&j) && join_all(&j, loaded->conversation);
	*added = j.added;
	loaded_release(&j.there);
	uuid_map_release(&j.rows);
	return good;
}
