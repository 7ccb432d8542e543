/*
 * list.c - two statements that walk the index conversation_recent, one in each direction, and one for what else is
 * shown of a conversation. Filters are applied here, not in SQL: so every list walks the same index.
 */
#include "store/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "chat/conversation.h"
#include "store/history_inside.h"
#include "store/sqlite.h"
#include "store/tagged.h"

/* One that has nothing but a draft, as after a first prompt that failed, is called by it. */
#define DRAFT "trim(draft, char(10, 32))"
#define TITLE                                                                                                          \
	"iif(title = '' AND leaf IS NULL,"                                                                             \
	"  'draft: ' || substr(" DRAFT ", 1, instr(" DRAFT " || char(10), char(10)) - 1), title)"
#define COLUMNS "SELECT id, pinned, updated, archived, created, uuid, " TITLE ", model FROM conversation "

static const char down[] = COLUMNS "WHERE " LIST_SHOWN " AND archived = ?1 AND "
                                   "(pinned, updated, id) < (?2, ?3, ?4)"
                                   " ORDER BY pinned DESC, updated DESC, id DESC";
static const char up[] = COLUMNS "WHERE " LIST_SHOWN " AND archived = ?1 AND "
                                 "(pinned, updated, id) > (?2, ?3, ?4)"
                                 " ORDER BY pinned, updated, id";

static bool
is_wanted(const struct query *query, const struct tagged *tagged, sqlite3_stmt *s)
{
	int64_t updated = sqlite3_column_int64(s, 2);

	if (!query)
		return true;
	return (query->n_tags == 0 || tagged_has(tagged, sqlite3_column_int64(s, 0))) &&
	       (!query->pinned || sqlite3_column_int(s, 1)) && updated >= query->after_ms &&
	       updated < query->before_ms && query_wants_model(query, database_text(s, 7)) &&
	       find_all(&query->words, database_text(s, 6), (size_t)sqlite3_column_bytes(s, 6));
}

static void
put(struct buf *to, sqlite3_stmt *s, int column, size_t most)
{
	const char *text = database_text(s, column);
	size_t n = (size_t)sqlite3_column_bytes(s, column);

	(void)!utf8_append_mended(to, text, n > most ? utf8_floor(text, most) : n);
}

static struct listed *
add(struct list *list, sqlite3_stmt *s)
{
	struct listed *row;

	list->rows = mem_realloc(list->rows, (list->n + 1) * sizeof(*list->rows));
	row = &list->rows[list->n++];
	*row = (struct listed){
	        .key = {sqlite3_column_int(s, 1), sqlite3_column_int64(s, 2), sqlite3_column_int64(s, 0)},
	        .archived = sqlite3_column_int(s, 3),
	        .created_ms = sqlite3_column_int64(s, 4),
	};
	strncpy(row->uuid, database_text(s, 5), sizeof(row->uuid) - 1);
	put(&row->title, s, 6, CONVERSATION_TITLE_MAX);
	put(&row->model, s, 7, CONVERSATION_TITLE_MAX);
	return row;
}

/* How many messages, and how they begin: from the index alone, but for the one message, or the names of its files where it has no
 * text. */
static bool
look_inside(struct database *db, struct listed *row, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT n, (SELECT substr(iif(content = '', files, content), 1, ?2) FROM message WHERE id = first) FROM"
	        " (SELECT count(*) n, min(id) first FROM message WHERE conversation = ?1 AND deleted IS NULL)",
	        err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row->key.row);
	sqlite3_bind_int(s, 2, LIST_PREVIEW_MAX);
	if (database_row(db, s, &failed, err)) {
		row->messages = sqlite3_column_int64(s, 0);
		put(&row->preview, s, 1, LIST_PREVIEW_MAX);
		sqlite3_reset(s);
	}
	return !failed;
}

static sqlite3_stmt *
walk(struct database *db, const struct list_request *request, struct err *err)
{
	bool going_up = request->way == LIST_UP;
	struct list_key end = {!going_up, going_up ? INT64_MIN : INT64_MAX, going_up ? INT64_MIN : INT64_MAX};
	const struct list_key *from = request->from ? request->from : &end;
	sqlite3_stmt *s = database_prepare(db, going_up ? up : down, err);

	if (!s)
		return NULL;
	sqlite3_bind_int(s, 1, request->query && request->query->archived);
	sqlite3_bind_int(s, 2, from->pinned);
	sqlite3_bind_int64(s, 3, from->updated_ms);
	sqlite3_bind_int64(s, 4, from->row);
	return s;
}

static void
turn_round(struct list *list)
{
	for (size_t i = 0; i < list->n / 2; i++) {
		struct listed row = list->rows[i];

		list->rows[i] = list->rows[list->n - 1 - i];
		list->rows[list->n - 1 - i] = row;
	}
}

static bool
fill(struct database *db, const struct list_request *request, const struct tagged *tagged, struct list *list,
        struct err *err)
{
	sqlite3_stmt *s = walk(db, request, err);
	bool failed = !s;

	while (!failed && !list->more && database_row(db, s, &failed, err)) {
		if (!is_wanted(request->query, tagged, s))
			continue;
		if (list->n == request->limit)
			list->more = true;
		else
			failed = !look_inside(db, add(list, s), err);
	}
	if (s)
		sqlite3_reset(s);
	return !failed;
}

/* Most histories have none: then no row is asked about. */
static bool
read_tags(struct database *db, struct list *list, struct err *err)
{
	int64_t any;

	if (!database_number(db, "SELECT EXISTS (SELECT 1 FROM tag)", &any, err))
		return false;
	for (size_t i = 0; any && i < list->n; i++)
		if (!tagged_read(db, list->rows[i].key.row, &list->rows[i].tags, err))
			return false;
	return true;
}

bool
list_page(struct history *h, const struct list_request *request, struct list *list, struct err *err)
{
	struct database *db = history_database(h);
	struct tagged tagged = {0};
	bool good;

	*list = (struct list){0};
	good = (!request->query || tagged_find(&tagged, db, request->query, err)) &&
	       fill(db, request, &tagged, list, err) && read_tags(db, list, err);
	tagged_release(&tagged);
	if (request->way == LIST_UP)
		turn_round(list);
	return good;
}

void
list_release(struct list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		buf_release(&list->rows[i].title);
		buf_release(&list->rows[i].model);
		buf_release(&list->rows[i].preview);
		tags_release(&list->rows[i].tags);
	}
	free(list->rows);
	*list = (struct list){0};
}
