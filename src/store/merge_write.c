/*
 * merge_write.c - see merge_write.h.
 */
#include "store/merge_write.h"

#include "base/mem.h"
#include "store/attached.h"
#include "store/sqlite.h"
#include "store/undelete.h"
#include "store/word_index.h"

#define FIELD_VALUES "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26"

void
merge_write_note(struct merging *m, int64_t theirs, int64_t ours)
{
	if (m->n == m->space) {
		m->space = m->space * 2 + 64;
		m->placed = mem_realloc(m->placed, m->space * sizeof(*m->placed));
	}
	m->placed[m->n++] = (struct placed){theirs, ours};
}

/* The text is that of `there`, which may have a part of its own from the
 * journal. */
static void
bind_their_fields(struct merging *m, sqlite3_stmt *s, const struct incoming *in)
{
	for (int i = 0; i < MERGE_N_FIELDS; i++)
		sqlite3_bind_value(s, MERGE_FIRST_FIELD + i, sqlite3_column_value(in->row, MERGE_FIRST_FIELD + i));
	database_lend_buf(s, 2, &m->there.content);
	database_lend_buf(s, 3, &m->there.reasoning);
}

static bool
copy_files(struct merging *m, const struct incoming *in, int64_t row)
{
	struct attached_known known = {0};
	struct attachments files = {0};
	bool good = attached_read(m->theirs, in->id, &known, &files, m->err) &&
	            attached_write(m->ours, row, &files, m->err);

	attachments_release(&files);
	attached_known_release(&known);
	return good;
}

/* By a trigger an attachment goes that no message has any more. */
static bool
let_files_go(struct merging *m, int64_t row)
{
	sqlite3_stmt *s = database_prepare(m->ours, "DELETE FROM message_attachment WHERE message = ?1", m->err);
	bool good;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	word_index_follow(m->ours, true);
	good = database_run(m->ours, s, m->err);
	word_index_follow(m->ours, !m->pair->is_new);
	return good;
}

/* Those of a message that was to go for good may be gone already. */
bool
merge_write_files(struct merging *m, const struct incoming *in, int64_t row)
{
	return let_files_go(m, row) && copy_files(m, in, row);
}

bool
merge_write_add(struct merging *m, const struct incoming *in, const char *uuid)
{
	sqlite3_stmt *s = database_prepare(m->ours,
	        "INSERT INTO message (conversation, content, reasoning, parent, uuid, "
	        "role, created, muted, " MERGE_FIELDS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, " FIELD_VALUES ")",
	        m->err);
	int64_t row;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->pair->ours);
	database_bind_row(s, 4, in->parent);
	database_bind_string(s, 5, uuid);
	for (int i = 6; i <= 8; i++)
		sqlite3_bind_value(s, i, sqlite3_column_value(in->row, i));
	bind_their_fields(m, s, in);
	if (!database_run(m->ours, s, m->err))
		return false;
	row = sqlite3_last_insert_rowid(m->ours->sqlite);
	m->pair->added++;
	uuid_map_put(&m->names, uuid, row);
	merge_write_note(m, in->id, row);
	return m->there.files.len == 0 || copy_files(m, in, row);
}

/* What a server may still keep of it does not go on after this text. */
bool
merge_write_grow(struct merging *m, const struct incoming *in, int64_t row)
{
	sqlite3_stmt *s = database_prepare(m->ours,
	        "UPDATE message SET content = ?2, reasoning = ?3, "
	        "stream = '', stream_content = 0, stream_reasoning = "
	        "0,"
	        "  (" MERGE_FIELDS ") = (" FIELD_VALUES ") WHERE id = ?1",
	        m->err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	bind_their_fields(m, s, in);
	m->pair->grown++;
	return database_run(m->ours, s, m->err) &&
	       (m->here.files.len == m->there.files.len || merge_write_files(m, in, row));
}

bool
merge_write_revive(struct merging *m, int64_t row)
{
	m->pair->revived++;
	return undelete_above(m->ours, row, m->err);
}

bool
merge_write_name(struct merging *m, int64_t row, const char *before, const char *uuid)
{
	sqlite3_stmt *s = database_prepare(m->ours, "UPDATE message SET uuid = ?2 WHERE id = ?1", m->err);
	int64_t old;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	database_bind_string(s, 2, uuid);
	if (merge_write_find(m, before, &old) && old == row)
		uuid_map_put(&m->names, before, 0);
	uuid_map_put(&m->names, uuid, row);
	return database_run(m->ours, s, m->err);
}

bool
merge_write_find(const struct merging *m, const char *uuid, int64_t *row)
{
	return uuid_map_get(&m->names, uuid, row) && *row != 0;
}
