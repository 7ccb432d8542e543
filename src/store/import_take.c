/*
 * import_take.c - a conversation is compared with what is there before it is added.
 */
#include "store/import_take.h"

#include <string.h>

#include "base/json_put.h"
#include "store/add.h"
#include "store/history_inside.h"
#include "store/import_join.h"
#include "store/import_same.h"
#include "store/json_write.h"
#include "store/sqlite.h"
#include "store/uuid.h"

/* ---- what is there already ---- */

enum finding {
	FOUND_NONE,
	FOUND_SAME,
	FOUND_OTHER,
	FOUND_ERROR,
};

static bool
find_row(struct import_taking *t, const char *uuid, int64_t *row, bool *deleted)
{
	struct database *db = &t->history->database;
	sqlite3_stmt *s =
	        database_prepare(db, "SELECT id, deleted IS NOT NULL FROM conversation WHERE uuid = ?", t->err);
	bool failed;

	*row = 0;
	*deleted = false;
	if (!s)
		return false;
	database_bind_string(s, 1, uuid);
	if (database_row(db, s, &failed, t->err)) {
		*row = sqlite3_column_int64(s, 0);
		*deleted = sqlite3_column_int(s, 1);
		sqlite3_reset(s);
		return true;
	}
	return !failed;
}

/* A conversation that was deleted, and can still be brought back, stays so, under another uuid. */
static bool
rename_row(struct import_taking *t, int64_t row)
{
	struct database *db = &t->history->database;
	sqlite3_stmt *s = database_prepare(db, "UPDATE conversation SET uuid = ?2 WHERE id = ?1", t->err);
	char uuid[UUID_SIZE];

	if (!s)
		return false;
	uuid_make(uuid);
	sqlite3_bind_int64(s, 1, row);
	database_bind_string(s, 2, uuid);
	return database_run(db, s, t->err);
}

static enum finding
look(struct import_taking *t, const char *uuid, const struct loaded *loaded, int64_t *row)
{
	struct loaded there;
	enum finding finding;
	bool deleted;

	if (!find_row(t, uuid, row, &deleted))
		return FOUND_ERROR;
	if (*row == 0)
		return FOUND_NONE;
	if (deleted)
		return rename_row(t, *row) ? FOUND_NONE : FOUND_ERROR;
	if (!load_within(t->history, *row, &there, t->err))
		return FOUND_ERROR;
	finding = import_same_holds(there.conversation, loaded->conversation) ? FOUND_SAME : FOUND_OTHER;
	loaded_release(&there);
	return finding;
}

/* ---- a conversation ---- */

/* Of all that is said in it, and of its title. */
static void
make_uuid_of(char *uuid, const struct conversation *c, const struct conversation_info *info)
{
	struct buf all = {0};

	buf_put(&all, buf_text(&info->title), info->title.len);
	for (const struct message *m = NULL; (m = conversation_next(c, m)) != NULL;) {
		buf_printf(&all, "\n%llu ", m->parent ? (unsigned long long)m->parent->id : 0);
		json_put_message_fields(&all, m);
	}
	uuid_make_of(uuid, buf_text(&all), all.len);
	buf_release(&all);
}

/* What is to be done with it. */
struct choice {
	char uuid[UUID_SIZE]; /* under which it is added */
	bool skip;            /* it is there already */
	int64_t join;         /* the row of the one that it joins, or 0 */
};

static bool
choose(struct import_taking *t, const struct loaded *loaded, struct choice *to)
{
	const struct conversation_info *info = conversation_info(loaded->conversation);
	enum finding finding;
	bool is_copy = false;
	int64_t row;

	*to = (struct choice){0};
	if (info->uuid[0])
		memcpy(to->uuid, info->uuid, UUID_SIZE);
	else
		make_uuid_of(to->uuid, loaded->conversation, info);
	finding = look(t, to->uuid, loaded, &row);
	if (finding == FOUND_OTHER && t->joins && info->uuid[0]) {
		to->join = row;
		return true;
	}
	if (finding == FOUND_OTHER) {
		is_copy = true;
		make_uuid_of(to->uuid, loaded->conversation, info);
		finding = look(t, to->uuid, loaded, &row);
	}
	if (finding == FOUND_OTHER)
		uuid_make(to->uuid);
	to->skip = finding == FOUND_SAME;
	t->counts->copied += is_copy && !to->skip;
	return finding != FOUND_ERROR;
}

static bool
join(struct import_taking *t, struct loaded *loaded, int64_t row)
{
	size_t added;

	if (!import_join(t->history, row, loaded, &added, t->err))
		return false;
	t->counts->merged += added > 0;
	t->counts->skipped += added == 0;
	t->counts->messages += added;
	return true;
}

bool
import_take(struct import_taking *t, struct loaded *loaded)
{
	struct choice choice;

	if (!choose(t, loaded, &choice))
		return false;
	if (choice.join)
		return join(t, loaded, choice.join);
	if (choice.skip) {
		t->counts->skipped++;
		return true;
	}
	if (!add_conversation(t->history, loaded, choice.uuid, t->err))
		return false;
	t->counts->added++;
	t->counts->cut += loaded->title_cut;
	for (const struct message *m = NULL; (m = conversation_next(loaded->conversation, m)) != NULL;)
		t->counts->messages++;
	return true;
}
