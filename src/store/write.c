/*
 * write.c - conversation, messages, what was removed, what was deleted, and last what points at messages: leaf and place.
 *
 * The text of a reply that streams goes into rows of the journal, keyed by where they begin; so a commit costs the same
 * however long the reply is. Its end folds them. Before that, lengths are compared: where another flynn has changed the
 * message, or has taken it for abandoned, the save says `lost`, and the saver sends all of its text.
 */
#include "store/write.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/draft.h"
#include "store/fields.h"
#include "store/inside.h"
#include "store/instance.h"
#include "store/uuid.h"

struct writer {
	struct history *history;
	struct database *db;
	struct save *save;
	int64_t now_ms;
	bool has_news; /* a message came or was settled */
	bool gone;
	struct err *err;
};

static sqlite3_stmt *
prepare(struct writer *w, const char *sql)
{
	return database_prepare(w->db, sql, w->err);
}

static bool
run(struct writer *w, sqlite3_stmt *statement)
{
	return database_run(w->db, statement, w->err);
}

/* What was to be changed is not there. */
static bool
is_gone(struct writer *w)
{
	w->gone = true;
	return err_set(w->err, ERR_SYSTEM, "the conversation is gone from the history (%s)", w->db->path);
}

static bool
changed(const struct writer *w)
{
	return sqlite3_changes(w->db->sqlite) > 0;
}

static void
bind_buf(sqlite3_stmt *s, int i, const struct buf *b)
{
	database_bind_text(s, i, buf_text(b), b->len);
}

static void
bind_string(sqlite3_stmt *s, int i, const char *text)
{
	database_bind_text(s, i, text, strlen(text));
}

/* Binds a text only where it is to be written; the statement keeps the column where it is NULL. */
static void
bind_if(sqlite3_stmt *s, int i, bool written, const struct buf *b)
{
	if (written)
		bind_buf(s, i, b);
}

static void
bind_row(sqlite3_stmt *s, int i, int64_t row)
{
	if (row != 0)
		sqlite3_bind_int64(s, i, row);
}

static bool
run_row(struct writer *w, const char *sql, int64_t row)
{
	sqlite3_stmt *s = prepare(w, sql);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	return run(w, s);
}

/* ---- links ---- */

/* The row that a message of this save has or has just got. */
static int64_t
row_of(const struct writer *w, struct save_link link)
{
	size_t from = 0, to = w->save->n_messages;

	if (link.row != 0 || link.id == 0)
		return link.row;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct save_message *m = &w->save->messages[middle];

		if (m->id == link.id)
			return m->row;
		if (m->id < link.id)
			from = middle + 1;
		else
			to = middle;
	}
	return 0;
}

/* ---- the conversation ---- */

/* The draft goes with its conversation; one that somebody else has typed meanwhile stays. */
static bool
take_draft(struct writer *w)
{
	return w->save->told_draft.len == 0 || draft_drop(w->history, buf_text(&w->save->told_draft), w->err);
}

static bool
add_conversation(struct writer *w)
{
	struct save *save = w->save;
	sqlite3_stmt *s = prepare(w, "INSERT INTO conversation (uuid, created, updated) VALUES (?, ?, ?)");

	if (!s)
		return false;
	if (!save->uuid[0])
		uuid_make(save->uuid);
	bind_string(s, 1, save->uuid);
	sqlite3_bind_int64(s, 2, save->created_ms ? save->created_ms : w->now_ms);
	sqlite3_bind_int64(s, 3, save->updated_ms ? save->updated_ms : w->now_ms);
	if (!run(w, s))
		return false;
	save->row = sqlite3_last_insert_rowid(w->db->sqlite);
	return take_draft(w);
}

/* The rows that the save names may be of a file that has been put aside: the uuid tells. */
static bool
find_conversation(struct writer *w)
{
	sqlite3_stmt *s = prepare(w, "SELECT 1 FROM conversation WHERE id = ? AND uuid = ?");
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, w->save->row);
	bind_string(s, 2, w->save->uuid);
	if (!database_row(w->db, s, &failed, w->err))
		return !failed && is_gone(w);
	sqlite3_reset(s);
	return true;
}

static bool
write_info(struct writer *w)
{
	const struct save *save = w->save;
	unsigned what = save->what;
	sqlite3_stmt *s;

	if (what == 0)
		return true;
	s = prepare(w,
	        "UPDATE conversation SET title = coalesce(?2, title), titled = coalesce(?3, titled),"
	        "  system = coalesce(?4, system), pinned = coalesce(?5, pinned), archived = coalesce(?6, archived),"
	        "  draft = coalesce(?7, draft) WHERE id = ?1");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, save->row);
	bind_if(s, 2, what & SAVE_TITLE, &save->title);
	if (what & SAVE_TITLE)
		bind_string(s, 3, fields_titled_name(save->titled));
	bind_if(s, 4, what & SAVE_SYSTEM, &save->system);
	if (what & SAVE_MARKS) {
		sqlite3_bind_int(s, 5, save->pinned);
		sqlite3_bind_int(s, 6, save->archived);
	}
	bind_if(s, 7, what & SAVE_DRAFT, &save->draft);
	return run(w, s) && (changed(w) || is_gone(w));
}

/* The leaf and the place: after the messages, which they point at. */
static bool
write_view(struct writer *w)
{
	const struct save *save = w->save;
	sqlite3_stmt *s;

	if (save->what & SAVE_LEAF) {
		s = prepare(w, "UPDATE conversation SET leaf = ?2 WHERE id = ?1");
		if (!s)
			return false;
		sqlite3_bind_int64(s, 1, save->row);
		bind_row(s, 2, row_of(w, save->leaf));
		if (!run(w, s))
			return false;
	}
	if (!(save->what & SAVE_PLACE))
		return true;
	s = prepare(w, "UPDATE conversation SET seen_message = ?2, seen_line = ?3 WHERE id = ?1");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, save->row);
	bind_row(s, 2, row_of(w, save->seen));
	sqlite3_bind_int64(s, 3, save->seen_line);
	return run(w, s);
}

/* A conversation that goes on is not deleted, whatever another flynn thought. */
static bool
note_news(struct writer *w)
{
	sqlite3_stmt *s;

	if (!w->has_news)
		return true;
	s = prepare(w, "UPDATE conversation SET updated = max(updated, ?2), deleted = NULL,"
	               "  model = coalesce((SELECT model FROM message WHERE conversation = ?1 AND model <> ''"
	               "    ORDER BY id DESC LIMIT 1), model) WHERE id = ?1");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, w->save->row);
	sqlite3_bind_int64(s, 2, w->now_ms);
	return run(w, s) && (changed(w) || is_gone(w));
}

/* ---- messages ---- */

enum {
	FIRST_FIELD = 10, /* parameters below it are each statement's own */
};

#define FIELDS                                                                                                         \
	"state, model, endpoint, parameters, finish_reason, usage, timings, error, error_text, thought_tokens,"        \
	" thought_ms, tool_calls, owner"
#define FIELD_VALUES "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22"

/* A message that streams has an owner, and the state that it will have if its owner ends. */
static void
bind_state(const struct writer *w, sqlite3_stmt *s, const struct save_message *m)
{
	bool streams = m->state == MESSAGE_STREAMING;

	bind_string(s, FIRST_FIELD, message_state_name(streams ? MESSAGE_INTERRUPTED : m->state));
	if (streams)
		sqlite3_bind_int64(s, FIRST_FIELD + 12, w->history->instance);
}

static void
bind_fields(const struct writer *w, sqlite3_stmt *s, const struct save_message *m)
{
	struct buf json = {0};

	bind_state(w, s, m);
	bind_buf(s, FIRST_FIELD + 1, &m->model);
	bind_buf(s, FIRST_FIELD + 2, &m->endpoint);
	bind_buf(s, FIRST_FIELD + 3, &m->parameters);
	bind_buf(s, FIRST_FIELD + 4, &m->finish_reason);
	fields_put_usage(&json, &m->usage);
	bind_buf(s, FIRST_FIELD + 5, &json);
	buf_clear(&json);
	fields_put_timings(&json, &m->timings);
	bind_buf(s, FIRST_FIELD + 6, &json);
	buf_release(&json);
	bind_string(s, FIRST_FIELD + 7, m->error ? err_name(m->error->code) : "");
	bind_string(s, FIRST_FIELD + 8, m->error ? m->error->text : "");
	sqlite3_bind_int64(s, FIRST_FIELD + 9, m->thought_tokens);
	sqlite3_bind_int64(s, FIRST_FIELD + 10, m->thought_ms);
	sqlite3_bind_int(s, FIRST_FIELD + 11, m->tool_calls);
}

/* Brings back what a new message hangs on, where another flynn has deleted it. */
static bool
undelete_above(struct writer *w, int64_t parent)
{
	return run_row(w,
	        "UPDATE message SET deleted = NULL WHERE deleted IS NOT NULL AND id IN ("
	        "  WITH RECURSIVE above (id) AS (VALUES (?1) UNION ALL"
	        "    SELECT parent FROM message JOIN above USING (id) WHERE parent IS NOT NULL)"
	        "  SELECT id FROM above)",
	        parent);
}

static bool
add_message(struct writer *w, struct save_message *m)
{
	sqlite3_stmt *s =
	        prepare(w, "INSERT INTO message (conversation, parent, role, content, reasoning, created, " FIELDS
	                   ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, " FIELD_VALUES ")");
	int64_t parent = row_of(w, m->parent);

	if (!s)
		return false;
	if (parent == 0 && m->parent.id != 0)
		return is_gone(w);
	sqlite3_bind_int64(s, 1, w->save->row);
	bind_row(s, 2, parent);
	bind_string(s, 3, chat_role_name(m->role));
	bind_buf(s, 4, &m->content);
	bind_buf(s, 5, &m->reasoning);
	sqlite3_bind_int64(s, 6, m->created_ms ? m->created_ms : w->now_ms);
	bind_fields(w, s, m);
	if (!run(w, s))
		return false;
	m->row = sqlite3_last_insert_rowid(w->db->sqlite);
	w->has_news = true;
	return m->parent.row == 0 || undelete_above(w, m->parent.row);
}

static bool
clear_journal(struct writer *w, const struct save_message *m)
{
	return run_row(w, "DELETE FROM journal WHERE message = ?", m->row);
}

/* All of its text anew, whoever wrote it last. */
static bool
replace_message(struct writer *w, struct save_message *m)
{
	sqlite3_stmt *s = prepare(
	        w, "UPDATE message SET content = ?2, reasoning = ?3, (" FIELDS ") = (" FIELD_VALUES ") WHERE id = ?1");

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->row);
	bind_buf(s, 2, &m->content);
	bind_buf(s, 3, &m->reasoning);
	bind_fields(w, s, m);
	return run(w, s) && (changed(w) || is_gone(w)) && clear_journal(w, m);
}

#define LENGTH_OF(column)                                                                                              \
	"length(CAST(" column " AS BLOB)) + coalesce((SELECT sum(length(CAST(journal." column                          \
	" AS BLOB))) FROM journal WHERE message = ?1), 0)"
#define IS_AS_TOLD                                                                                                     \
	"id = ?1 AND (owner IS NULL OR owner = ?2) AND " LENGTH_OF("content") " = ?3 AND " LENGTH_OF(                  \
	        "reasoning") " = ?4"
#define FOLDED(column, rest)                                                                                           \
	column " = " column " || coalesce((SELECT group_concat(" column ", '') FROM (SELECT " column                   \
	       " FROM journal WHERE message = ?1 ORDER BY at)), '') || " rest

static void
bind_as_told(const struct writer *w, sqlite3_stmt *s, const struct save_message *m)
{
	sqlite3_bind_int64(s, 1, m->row);
	sqlite3_bind_int64(s, 2, w->history->instance);
	sqlite3_bind_int64(s, 3, (int64_t)m->content_at);
	sqlite3_bind_int64(s, 4, (int64_t)m->reasoning_at);
}

/* The end of a message: what the journal has of it, and the rest. */
static bool
settle_message(struct writer *w, struct save_message *m)
{
	sqlite3_stmt *s = prepare(w, "UPDATE message SET " FOLDED("content", "?5") ", " FOLDED("reasoning",
	                                     "?6") ", (" FIELDS ") = (" FIELD_VALUES ") WHERE " IS_AS_TOLD);

	if (!s)
		return false;
	bind_as_told(w, s, m);
	bind_buf(s, 5, &m->content);
	bind_buf(s, 6, &m->reasoning);
	bind_fields(w, s, m);
	if (!run(w, s))
		return false;
	m->lost = !changed(w);
	w->has_news = true;
	return m->lost || clear_journal(w, m);
}

/* Streaming begins again, or its model became known. */
static bool
note_message(struct writer *w, struct save_message *m)
{
	sqlite3_stmt *s = prepare(w, "UPDATE message SET (" FIELDS ") = (" FIELD_VALUES ") WHERE " IS_AS_TOLD);

	if (!s)
		return false;
	bind_as_told(w, s, m);
	bind_fields(w, s, m);
	if (!run(w, s))
		return false;
	m->lost = !changed(w);
	return true;
}

static bool
append_message(struct writer *w, struct save_message *m)
{
	sqlite3_stmt *s;

	if (m->lost || m->content.len + m->reasoning.len == 0)
		return true;
	s = prepare(w, "INSERT INTO journal (message, at, content, reasoning) SELECT ?1, ?2, ?3, ?4"
	               "  WHERE EXISTS (SELECT 1 FROM message WHERE id = ?1 AND owner = ?5)");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->row);
	sqlite3_bind_int64(s, 2, (int64_t)(m->content_at + m->reasoning_at));
	bind_buf(s, 3, &m->content);
	bind_buf(s, 4, &m->reasoning);
	sqlite3_bind_int64(s, 5, w->history->instance);
	if (!run(w, s))
		return false;
	m->lost = !changed(w);
	return true;
}

static bool
write_message(struct writer *w, struct save_message *m)
{
	if (m->row == 0)
		return add_message(w, m);
	if (m->what & SAVE_WHOLE)
		return replace_message(w, m);
	if (m->state == MESSAGE_STREAMING)
		return (!(m->what & SAVE_FIELDS) || note_message(w, m)) && append_message(w, m);
	return !(m->what & SAVE_FIELDS) || settle_message(w, m);
}

/* ---- removing and deleting ---- */

/* One that another flynn has answered meanwhile stays. */
static bool
remove_message(struct writer *w, int64_t row)
{
	return run_row(
	        w, "DELETE FROM message WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE parent = ?1)", row);
}

#define BELOW                                                                                                          \
	"id IN (WITH RECURSIVE below (id) AS (VALUES (?1) UNION ALL"                                                   \
	"  SELECT message.id FROM message JOIN below ON message.parent = below.id) SELECT id FROM below)"

/* Its stamp is later than any other, so that bringing it back finds what was deleted with it and nothing else. */
static bool
delete_message(struct writer *w, int64_t row)
{
	sqlite3_stmt *s =
	        prepare(w, "UPDATE message SET deleted = max(?2, 1 + coalesce((SELECT max(deleted) FROM message WHERE"
	                   "  conversation = (SELECT conversation FROM message WHERE id = ?1)), 0))"
	                   "  WHERE deleted IS NULL AND " BELOW);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	sqlite3_bind_int64(s, 2, w->now_ms);
	return run(w, s);
}

static bool
undelete_message(struct writer *w, int64_t row)
{
	return run_row(w,
	        "UPDATE message SET deleted = NULL"
	        "  WHERE deleted = (SELECT deleted FROM message WHERE id = ?1) AND " BELOW,
	        row);
}

/* Those further down were deleted first, and have a stamp of their own. New ones have no row yet, or need no bringing back. */
static bool
write_changes(struct writer *w, unsigned what, bool (*change)(struct writer *, int64_t row))
{
	for (size_t i = w->save->n_messages; i-- > 0;) {
		const struct save_message *m = &w->save->messages[i];

		if ((m->what & what) && m->row != 0 && !change(w, m->row))
			return false;
	}
	return true;
}

/* ---- all of it ---- */

/* What is brought back is so first: else what is added below it would bring it back, and that alone; and what is deleted
 * would come back with it. */
static bool
write_messages(struct writer *w)
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

static bool
write_all(struct writer *w)
{
	const struct save *save = w->save;

	if (save->row == 0 && save->n_messages == 0)
		return draft_set(w->history, buf_text(&save->draft), w->err);
	return (save->row != 0 ? find_conversation(w) : add_conversation(w)) && write_info(w) && write_messages(w) &&
	       write_view(w) && note_news(w);
}

/* A draft without a conversation, or a reply on its way. */
static bool
needs_instance(const struct save *save)
{
	if (save->row == 0 && save->n_messages == 0)
		return save->draft.len > 0;
	for (size_t i = 0; i < save->n_messages; i++)
		if (save->messages[i].state == MESSAGE_STREAMING)
			return true;
	return false;
}

bool
write_save(struct history *h, struct save *save, bool *gone, struct err *err)
{
	struct writer w = {h, &h->database, save, .now_ms = clock_unix_ms(), .err = err};

	*gone = false;
	w.db->trouble = DATABASE_FINE;
	if ((needs_instance(save) && !instance_begin(h, err)) || !database_begin(w.db, err))
		return false;
	if (write_all(&w))
		return database_commit(w.db, err);
	*gone = w.gone || w.db->trouble == DATABASE_DANGLING;
	database_roll_back(w.db);
	return false;
}
