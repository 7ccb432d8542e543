/*
 * write_message.c - new messages, replies as they grow and end, what was removed, and what was deleted or brought
 * back.
 *
 * The text of a reply that streams goes into rows of the journal, keyed by where they begin; so a commit costs the
 * same however long the reply is. At its end they are folded into the message. Before that, lengths are compared: if
 * another flynn has changed the message, or has taken it for abandoned, the save is marked `lost`, and the saver
 * sends all of its text.
 */
#include "store/write_message.h"

#include "store/attached.h"
#include "store/history_inside.h"
#include "store/journal.h"
#include "store/json_values.h"
#include "store/sqlite.h"
#include "store/token_list.h"
#include "store/undelete.h"
#include "store/uuid.h"
#include "store/word_index.h"

/* ---- messages ---- */

enum {
	FIRST_FIELD = 10, /* parameters below it are each statement's own */
};

#define FIELDS                                                                                                         \
	"state, model, endpoint, parameters, finish_reason, usage, timings, error, error_text, thought_tokens,"        \
	" thought_ms, tool_calls, owner, edited, kind, stream, stream_content, stream_reasoning,"                      \
	" pieces"
#define FIELD_VALUES "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28"

/* A message that streams has an owner, and the state that it will have if its owner ends. */
static void
bind_state(const struct write_state *w, sqlite3_stmt *s, const struct save_message *m)
{
	bool streams = m->state == MESSAGE_STREAMING;

	database_bind_string(s, FIRST_FIELD, message_state_name(streams ? MESSAGE_INTERRUPTED : m->state));
	if (streams)
		sqlite3_bind_int64(s, FIRST_FIELD + 12, w->history->instance);
}

static void
bind_fields(const struct write_state *w, sqlite3_stmt *s, const struct save_message *m)
{
	struct buf json = {0};

	bind_state(w, s, m);
	database_bind_buf(s, FIRST_FIELD + 1, &m->model);
	database_bind_buf(s, FIRST_FIELD + 2, &m->endpoint);
	database_bind_buf(s, FIRST_FIELD + 3, &m->parameters);
	database_bind_buf(s, FIRST_FIELD + 4, &m->finish_reason);
	json_put_usage(&json, &m->usage);
	database_bind_buf(s, FIRST_FIELD + 5, &json);
	buf_clear(&json);
	json_put_timings(&json, &m->timings);
	database_bind_buf(s, FIRST_FIELD + 6, &json);
	buf_release(&json);
	database_bind_string(s, FIRST_FIELD + 7, m->error ? err_name(m->error->code) : "");
	database_bind_string(s, FIRST_FIELD + 8, m->error ? m->error->text : "");
	sqlite3_bind_int64(s, FIRST_FIELD + 9, m->thought_tokens);
	sqlite3_bind_int64(s, FIRST_FIELD + 10, m->thought_ms);
	sqlite3_bind_int(s, FIRST_FIELD + 11, m->tool_calls);
	sqlite3_bind_int(s, FIRST_FIELD + 13, m->is_edited);
	database_bind_string(s, FIRST_FIELD + 14, json_kind_name(m->is_summary));
	database_bind_buf(s, FIRST_FIELD + 15, &m->stream);
	sqlite3_bind_int64(s, FIRST_FIELD + 16, (int64_t)m->stream_content);
	sqlite3_bind_int64(s, FIRST_FIELD + 17, (int64_t)m->stream_reasoning);
	if (m->pieces.len > 0)
		database_lend_bytes(s, FIRST_FIELD + 18, m->pieces.data, m->pieces.len);
}

static void
bind_uuid(sqlite3_stmt *s, int i, struct save_message *m)
{
	if (!m->uuid[0])
		uuid_make(m->uuid);
	database_bind_string(s, i, m->uuid);
}

static bool
add_message(struct write_state *w, struct save_message *m)
{
	sqlite3_stmt *s = write_prepare(w,
	        "INSERT INTO message (conversation, parent, role, content, reasoning, created, muted, files, "
	        "uuid," FIELDS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, " FIELD_VALUES ")");
	int64_t parent = write_row_of(w, m->parent);

	if (!s)
		return false;
	if (parent == 0 && m->parent.id != 0)
		return write_is_gone(w);
	sqlite3_bind_int64(s, 1, w->save->row);
	database_bind_row(s, 2, parent);
	database_bind_string(s, 3, chat_role_name(m->role));
	database_lend_buf(s, 4, &m->content);
	database_lend_buf(s, 5, &m->reasoning);
	sqlite3_bind_int64(s, 6, m->created_ms ? m->created_ms : w->now_ms);
	sqlite3_bind_int(s, 7, m->is_muted);
	attached_bind_names(s, 8, &m->attachments);
	bind_uuid(s, 9, m);
	bind_fields(w, s, m);
	if (!write_run(w, s))
		return false;
	m->row = sqlite3_last_insert_rowid(w->db->sqlite);
	w->has_news = true;
	if (!attached_write(w->db, m->row, &m->attachments, w->err))
		return false;
	return m->parent.row == 0 || undelete_above(w->db, m->parent.row, w->err);
}

/* Replaces all of its text, whoever wrote it last. */
static bool
replace_message(struct write_state *w, struct save_message *m)
{
	sqlite3_stmt *s = write_prepare(
	        w, "UPDATE message SET content = ?2, reasoning = ?3, (" FIELDS ") = (" FIELD_VALUES ") WHERE id = ?1");

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->row);
	database_lend_buf(s, 2, &m->content);
	database_lend_buf(s, 3, &m->reasoning);
	bind_fields(w, s, m);
	return write_run(w, s) && (write_changed(w) || write_is_gone(w)) && journal_clear(w->db, m->row, w->err);
}

#define LENGTH_OF(column)                                                                                              \
	"length(CAST(" column " AS BLOB)) + coalesce((SELECT sum(length(CAST(journal." column                          \
	" AS BLOB))) FROM journal WHERE message = ?1), 0)"
#define IS_AS_TOLD                                                                                                     \
	"id = ?1 AND (owner IS NULL OR owner = ?2) AND " LENGTH_OF("content") " = ?3 AND " LENGTH_OF(                  \
	        "reasoning") " = ?4"

static void
bind_as_told(const struct write_state *w, sqlite3_stmt *s, const struct save_message *m)
{
	sqlite3_bind_int64(s, 1, m->row);
	sqlite3_bind_int64(s, 2, w->history->instance);
	sqlite3_bind_int64(s, 3, (int64_t)m->content_at);
	sqlite3_bind_int64(s, 4, (int64_t)m->reasoning_at);
}

static bool
write_settled(struct write_state *w, struct save_message *m, const struct buf *content, const struct buf *reasoning)
{
	sqlite3_stmt *s = write_prepare(w,
	        "UPDATE message SET content = ?5, reasoning = ?6, (" FIELDS ") = (" FIELD_VALUES ") WHERE " IS_AS_TOLD);
	bool changed;

	if (!s)
		return false;
	bind_as_told(w, s, m);
	database_lend_buf(s, 5, content);
	database_lend_buf(s, 6, reasoning);
	bind_fields(w, s, m);
	if (!word_index_settle(w->db, s, m->row, content, reasoning, &changed, w->err))
		return false;
	m->lost = !changed;
	w->has_news = true;
	return m->lost || journal_clear(w->db, m->row, w->err);
}

/* The end of a message: what the history has of it, and the rest. */
static bool
settle_message(struct write_state *w, struct save_message *m)
{
	struct buf content = {0}, reasoning = {0};
	bool good = journal_gather(w->db, m->row, &content, &reasoning, w->err);

	if (good) {
		buf_put(&content, buf_text(&m->content), m->content.len);
		buf_put(&reasoning, buf_text(&m->reasoning), m->reasoning.len);
		good = write_settled(w, m, &content, &reasoning);
	}
	buf_release(&content);
	buf_release(&reasoning);
	return good;
}

/* Streaming begins again, or its model became known. */
static bool
note_message(struct write_state *w, struct save_message *m)
{
	sqlite3_stmt *s = write_prepare(w, "UPDATE message SET (" FIELDS ") = (" FIELD_VALUES ") WHERE " IS_AS_TOLD);

	if (!s)
		return false;
	bind_as_told(w, s, m);
	bind_fields(w, s, m);
	if (!write_run(w, s))
		return false;
	m->lost = !write_changed(w);
	return true;
}

/* What is known of a reply on its way; a reader of it after a kill needs no more than this. SQLite writes a row whole: a
 * long text that is being continued keeps its counts of when it began. */
static bool
write_counts(struct write_state *w, const struct save_message *m)
{
	sqlite3_stmt *s =
	        write_prepare(w, "UPDATE message SET usage = ?2, thought_tokens = ?3, thought_ms = ?4 WHERE id = ?1"
	                         "  AND length(CAST(content AS BLOB)) + length(CAST(reasoning AS BLOB)) < 16384");
	struct buf usage = {0};

	if (!s)
		return false;
	json_put_usage(&usage, &m->usage);
	sqlite3_bind_int64(s, 1, m->row);
	database_bind_buf(s, 2, &usage);
	sqlite3_bind_int64(s, 3, m->thought_tokens);
	sqlite3_bind_int64(s, 4, m->thought_ms);
	buf_release(&usage);
	return write_run(w, s);
}

static bool
append_text(struct write_state *w, struct save_message *m)
{
	sqlite3_stmt *s = write_prepare(w, "INSERT INTO journal (message, at, content, reasoning) SELECT ?1, ?2, ?3, ?4"
	                                   "  WHERE EXISTS (SELECT 1 FROM message WHERE id = ?1 AND owner = ?5)");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->row);
	sqlite3_bind_int64(s, 2, (int64_t)(m->content_at + m->reasoning_at));
	database_lend_buf(s, 3, &m->content);
	database_lend_buf(s, 4, &m->reasoning);
	sqlite3_bind_int64(s, 5, w->history->instance);
	if (!write_run(w, s))
		return false;
	m->lost = !write_changed(w);
	return true;
}

static bool
append_message(struct write_state *w, struct save_message *m)
{
	if (m->lost || m->content.len + m->reasoning.len == 0)
		return true;
	return append_text(w, m) && (m->lost || !(m->what & SAVE_COUNTS) || write_counts(w, m));
}

/* Of its own, so that muting writes nothing over that another flynn has changed. */
static bool
mute_message(struct write_state *w, const struct save_message *m)
{
	sqlite3_stmt *s = write_prepare(w, "UPDATE message SET muted = ?2 WHERE id = ?1");

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->row);
	sqlite3_bind_int(s, 2, m->is_muted);
	return write_run(w, s);
}

static bool
write_all_but_tokens(struct write_state *w, struct save_message *m)
{
	if (m->row == 0)
		return add_message(w, m);
	if ((m->what & SAVE_MUTED) && !mute_message(w, m))
		return false;
	if (m->what & SAVE_WHOLE)
		return replace_message(w, m);
	if (m->state == MESSAGE_STREAMING)
		return (!(m->what & SAVE_FIELDS) || note_message(w, m)) && append_message(w, m);
	return !(m->what & SAVE_FIELDS) || settle_message(w, m);
}

/* Those of a text that the history does not have come with the text. */
static bool
write_message(struct write_state *w, struct save_message *m)
{
	return write_all_but_tokens(w, m) &&
	       (!(m->what & SAVE_TOKENS) || m->lost || token_list_write(w->db, m->row, &m->tokens, w->err));
}

/* ---- removing and deleting ---- */

/* Keeps a message that another flynn has answered meanwhile. */
static bool
remove_message(struct write_state *w, int64_t row)
{
	return write_run_row(
	        w, "DELETE FROM message WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE parent = ?1)", row);
}

/* UNION: a file in which messages hang on each other in a circle must not be walked for ever. */
#define BELOW                                                                                                          \
	"id IN (WITH RECURSIVE below (id) AS (VALUES (?1) UNION"                                                       \
	"  SELECT message.id FROM message JOIN below ON message.parent = below.id) SELECT id FROM below)"

/* Its time is later than any other, so that restoring it finds the messages that were deleted with it and no others. */
static bool
delete_message(struct write_state *w, int64_t row)
{
	sqlite3_stmt *s = write_prepare(w,
	        "UPDATE message SET deleted = max(?2, 1 + coalesce((SELECT max(deleted) FROM message WHERE"
	        "  conversation = (SELECT conversation FROM message WHERE id = ?1)), 0))"
	        "  WHERE deleted IS NULL AND " BELOW);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	sqlite3_bind_int64(s, 2, w->now_ms);
	return write_run(w, s);
}

static bool
undelete_message(struct write_state *w, int64_t row)
{
	return write_run_row(w,
	        "UPDATE message SET deleted = NULL"
	        "  WHERE deleted = (SELECT deleted FROM message WHERE id = ?1) AND " BELOW,
	        row);
}

/* From the last one on: messages further down were deleted first, and have a time of their own. New ones have no row
 * yet, and need no restoring. */
static bool
write_changes(struct write_state *w, unsigned what, bool (*change)(struct write_state *, int64_t row))
{
	for (size_t i = w->save->n_messages; i-- > 0;) {
		const struct save_message *m = &w->save->messages[i];

		if ((m->what & what) && m->row != 0 && !change(w, m->row))
			return false;
	}
	return true;
}

/* ---- all of them ---- */

/* Messages are restored first: else a message added below one would restore it alone, and messages deleted in this
 * save would be restored with it. */
bool
write_messages(struct write_state *w)
{
	if (!write_changes(w, SAVE_UNDELETE, undelete_message))
		return false;
	for (size_t i = 0; i < w->save->n_messages; i++)
		if (!write_message(w, &w->save->messages[i]))
			return false;
	for (size_t i = 0; i < w->save->n_removed; i++)
		if (!remove_message(w, w->save->removed[i]))
			return false;
	return write_changes(w, SAVE_DELETE, delete_message);
}
