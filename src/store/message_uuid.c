/*
 * message_uuid.c - the SHA-256 of a few lines. Messages that are alike in all of them are told apart by their order: those that
 * are not deleted come first, since an export has no others.
 */
#include "store/message_uuid.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "store/journal.h"
#include "store/sqlite.h"

/* ---- one message ---- */

/* Of the text as it is loaded and exported: mended where it is no UTF-8. */
static void
put_sum(struct buf *to, const char *text, size_t n)
{
	char sum[SHA256_TEXT];
	struct buf mended = {0};

	if (!json_is_well_formed(text, n)) {
		(void)!utf8_append_mended(&mended, text, n);
		text = buf_text(&mended);
		n = mended.len;
	}
	sha256_text(sum, text, n);
	buf_printf(to, "%s\n", sum);
	buf_release(&mended);
}

void
message_uuid_derive(char out[UUID_SIZE], const struct message_facts *facts, struct uuid_map *taken)
{
	struct buf lines = {0};
	size_t without_number;

	buf_printf(&lines, "%s\n%s\n%s\n%lld\n", facts->conversation, facts->parent, facts->role,
	        (long long)facts->created_ms);
	put_sum(&lines, facts->content, facts->content_len);
	put_sum(&lines, facts->reasoning, facts->reasoning_len);
	without_number = lines.len;
	for (unsigned number = 0; number == 0 || uuid_map_get(taken, out, NULL); number++) {
		buf_truncate(&lines, without_number);
		buf_printf(&lines, "%u\n", number);
		uuid_make_of_sha256(out, buf_text(&lines), lines.len);
	}
	buf_release(&lines);
	uuid_map_put(taken, out, 0);
}

/* ---- those of a conversation ---- */

struct named {
	int64_t row;
	bool is_new;
	char uuid[UUID_SIZE];
};

/* Messages whose names are known, by ascending row. */
struct named_list {
	struct named *of;
	size_t n, space;
};

struct filling {
	struct database *db;
	int64_t conversation;
	const char *uuid;
	struct named_list here, deleted;
	struct uuid_map taken;
	struct err *err;
};

static struct named *
add_named(struct named_list *list, int64_t row)
{
	if (list->n == list->space) {
		list->space = list->space * 2 + 64;
		list->of = mem_realloc(list->of, list->space * sizeof(*list->of));
	}
	list->of[list->n] = (struct named){.row = row};
	return &list->of[list->n++];
}

static const char *
find_in(const struct named_list *list, int64_t row)
{
	size_t from = 0, to = list->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (list->of[middle].row == row)
			return list->of[middle].uuid;
		if (list->of[middle].row < row)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static const char *
find_parent(const struct filling *f, int64_t row)
{
	const char *uuid = row ? find_in(&f->here, row) : "";

	if (!uuid)
		uuid = find_in(&f->deleted, row);
	return uuid ? uuid : "";
}

/* One whose flynn was killed has a part of its text in the journal still. */
static bool
derive(struct filling *f, sqlite3_stmt *s, struct named *to)
{
	struct message_facts facts = {.conversation = f->uuid,
	        .parent = find_parent(f, sqlite3_column_int64(s, 1)),
	        .role = database_text(s, 2),
	        .created_ms = sqlite3_column_int64(s, 3)};
	struct buf content = {0}, reasoning = {0};
	bool owned = sqlite3_column_type(s, 7) != SQLITE_NULL;

	if (owned && !journal_gather(f->db, to->row, &content, &reasoning, f->err))
		return false;
	facts.content = owned ? buf_text(&content) : database_text(s, 4);
	facts.content_len = owned ? content.len : (size_t)sqlite3_column_bytes(s, 4);
	facts.reasoning = owned ? buf_text(&reasoning) : database_text(s, 5);
	facts.reasoning_len = owned ? reasoning.len : (size_t)sqlite3_column_bytes(s, 5);
	message_uuid_derive(to->uuid, &facts, &f->taken);
	to->is_new = true;
	buf_release(&content);
	buf_release(&reasoning);
	return true;
}

/* A name that another message has already is none. */
static bool
take_name(struct filling *f, struct named *to, const char *uuid)
{
	int64_t row;

	return uuid_parse(to->uuid, uuid) && uuid_map_get(&f->taken, to->uuid, &row) && row == to->row;
}

static bool
name_messages(struct filling *f, struct named_list *list, bool deleted)
{
	sqlite3_stmt *s = database_prepare(f->db,
	        "SELECT id, parent, role, created, content, reasoning, uuid, owner FROM message"
	        "  WHERE conversation = ?1 AND (deleted IS NOT NULL) = ?2 ORDER BY id",
	        f->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, f->conversation);
	sqlite3_bind_int(s, 2, deleted);
	while (database_row(f->db, s, &failed, f->err)) {
		struct named *m = add_named(list, sqlite3_column_int64(s, 0));

		if (!take_name(f, m, database_text(s, 6)) && !derive(f, s, m)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return !failed;
}

/* The first message that has a name keeps it. */
static bool
note_names(struct filling *f)
{
	sqlite3_stmt *s = database_prepare(
	        f->db, "SELECT id, uuid FROM message WHERE conversation = ?1 AND uuid IS NOT NULL ORDER BY id", f->err);
	char uuid[UUID_SIZE];
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, f->conversation);
	while (database_row(f->db, s, &failed, f->err))
		if (uuid_parse(uuid, database_text(s, 1)) && !uuid_map_get(&f->taken, uuid, NULL))
			uuid_map_put(&f->taken, uuid, sqlite3_column_int64(s, 0));
	return !failed;
}

static bool
write_names(struct filling *f, const struct named_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		sqlite3_stmt *s;

		if (!list->of[i].is_new)
			continue;
		s = database_prepare(f->db, "UPDATE message SET uuid = ?2 WHERE id = ?1", f->err);
		if (!s)
			return false;
		sqlite3_bind_int64(s, 1, list->of[i].row);
		database_bind_string(s, 2, list->of[i].uuid);
		if (!database_run(f->db, s, f->err))
			return false;
	}
	return true;
}

bool
message_uuid_fill(struct database *db, int64_t conversation, const char *uuid, struct err *err)
{
	struct filling f = {.db = db, .conversation = conversation, .uuid = uuid, .err = err};
	bool good = note_names(&f) && name_messages(&f, &f.here, false) && name_messages(&f, &f.deleted, true) &&
	            write_names(&f, &f.here) && write_names(&f, &f.deleted);

	free(f.here.of);
	free(f.deleted.of);
	uuid_map_release(&f.taken);
	return good;
}

bool
message_uuid_fill_all(struct database *db, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT id, uuid FROM conversation", err);
	bool failed;

	if (!s)
		return false;
	while (database_row(db, s, &failed, err))
		if (!message_uuid_fill(db, sqlite3_column_int64(s, 0), database_text(s, 1), err)) {
			sqlite3_reset(s);
			return false;
		}
	return !failed;
}
