/*
 * write.c - writes the conversation, its messages (write_message.c), and last the columns that refer to messages:
 * leaf and place.
 */
#include "store/write.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/draft.h"
#include "store/held.h"
#include "store/history_inside.h"
#include "store/instance.h"
#include "store/json_values.h"
#include "store/prompts.h"
#include "store/sqlite.h"
#include "store/tagged.h"
#include "store/uuid.h"
#include "store/write_message.h"

/* ---- drafts ---- */

/* Each waiting prompt is added by itself. If that fails, the draft is overwritten all the same: the new one is newer. */
static void
keep_for_recall(const struct write_state *w, const char *draft)
{
	const char *end;
	struct err err;

	for (; *draft; draft = *end ? end + 1 : end) {
		char *prompt;

		end = draft + strcspn(draft, (const char[]){SAVE_PROMPT_END, '\0'});
		prompt = mem_strndup(draft, (size_t)(end - draft));
		if (*prompt && !prompts_add(w->prompts, prompt, &err))
			end = draft + strlen(draft);
		free(prompt);
	}
}

/* The draft in the history is about to be overwritten. It may have been typed in another flynn, or left by one that
 * has ended. */
static void
make_way(const struct write_state *w, const char *there)
{
	const struct save *save = w->save;

	if (w->prompts && strcmp(there, buf_text(&save->told_draft)) != 0 && strcmp(there, buf_text(&save->draft)) != 0)
		keep_for_recall(w, there);
}

static bool
write_draft_alone(struct write_state *w)
{
	char *there = NULL;
	bool good = draft_get(w->history, &there, w->err);

	if (there)
		make_way(w, there);
	free(there);
	return good && draft_set(w->history, buf_text(&w->save->draft), w->err);
}

/* ---- the conversation ---- */

/* Deletes the draft, which is in the conversation now; a draft that was typed elsewhere meanwhile stays. */
static bool
take_draft(struct write_state *w)
{
	return w->save->told_draft.len == 0 || draft_drop(w->history, buf_text(&w->save->told_draft), w->err);
}

static bool
add_conversation(struct write_state *w)
{
	struct save *save = w->save;
	sqlite3_stmt *s = write_prepare(w, "INSERT INTO conversation (uuid, created, updated) VALUES (?, ?, ?)");

	if (!s)
		return false;
	if (!save->uuid[0])
		uuid_make(save->uuid);
	database_bind_string(s, 1, save->uuid);
	sqlite3_bind_int64(s, 2, save->created_ms ? save->created_ms : w->now_ms);
	sqlite3_bind_int64(s, 3, save->updated_ms ? save->updated_ms : w->now_ms);
	if (!write_run(w, s))
		return false;
	save->row = sqlite3_last_insert_rowid(w->db->sqlite);
	return take_draft(w);
}

/* The rows in the save may be those of a file that has been put aside: the uuid shows that. */
static bool
find_conversation(struct write_state *w)
{
	sqlite3_stmt *s = write_prepare(w, "SELECT draft FROM conversation WHERE id = ? AND uuid = ?");
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, w->save->row);
	database_bind_string(s, 2, w->save->uuid);
	if (!database_row(w->db, s, &failed, w->err))
		return !failed && write_is_gone(w);
	if (w->save->what & SAVE_DRAFT)
		make_way(w, database_text(s, 0));
	sqlite3_reset(s);
	return true;
}

/* Binds a text only where it is to be written; the statement keeps the column where it is NULL. */
static void
bind_if(sqlite3_stmt *s, int i, bool written, const struct buf *b)
{
	if (written)
		database_bind_buf(s, i, b);
}

static bool
write_info(struct write_state *w)
{
	const struct save *save = w->save;
	unsigned what = save->what;
	sqlite3_stmt *s;

	if (what == 0)
		return true;
	s = write_prepare(w,
	        "UPDATE conversation SET title = coalesce(?2, title), titled = coalesce(?3, titled),"
	        "  system = coalesce(?4, system), pinned = coalesce(?5, pinned), archived = coalesce(?6, archived),"
	        "  draft = coalesce(?7, draft), preset = coalesce(?8, preset), parameters = coalesce(?9, parameters)"
	        "  WHERE id = ?1");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, save->row);
	bind_if(s, 2, what & SAVE_TITLE, &save->title);
	if (what & SAVE_TITLE)
		database_bind_string(s, 3, json_titled_name(save->titled));
	bind_if(s, 4, what & SAVE_SYSTEM, &save->system);
	if (what & SAVE_MARKS) {
		sqlite3_bind_int(s, 5, save->pinned);
		sqlite3_bind_int(s, 6, save->archived);
	}
	bind_if(s, 7, what & SAVE_DRAFT, &save->draft);
	bind_if(s, 8, what & SAVE_PRESET, &save->preset);
	if (what & SAVE_PARAMETERS)
		json_bind_parameters(s, 9, &save->parameters);
	return write_run(w, s) && (write_changed(w) || write_is_gone(w)) &&
	       (!(what & SAVE_TAGS) || tagged_write(w->db, save->row, &save->tagged, &save->untagged, w->err));
}

/* The leaf and the place: after the messages, which they point at. */
static bool
write_view(struct write_state *w)
{
	const struct save *save = w->save;
	sqlite3_stmt *s;

	if (save->what & SAVE_LEAF) {
		s = write_prepare(w, "UPDATE conversation SET leaf = ?2 WHERE id = ?1");
		if (!s)
			return false;
		sqlite3_bind_int64(s, 1, save->row);
		database_bind_row(s, 2, write_row_of(w, save->leaf));
		if (!write_run(w, s))
			return false;
	}
	if (!(save->what & SAVE_PLACE))
		return true;
	s = write_prepare(w, "UPDATE conversation SET seen_message = ?2, seen_line = ?3 WHERE id = ?1");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, save->row);
	database_bind_row(s, 2, write_row_of(w, save->seen));
	sqlite3_bind_int64(s, 3, save->seen_line);
	return write_run(w, s);
}

/* A conversation that goes on is not deleted, whatever another flynn thought. */
static bool
note_news(struct write_state *w)
{
	sqlite3_stmt *s;

	if (!w->has_news)
		return true;
	s = write_prepare(w, "UPDATE conversation SET updated = max(updated, ?2), deleted = NULL,"
	                     "  model = coalesce((SELECT model FROM message WHERE conversation = ?1 AND model <> ''"
	                     "    ORDER BY id DESC LIMIT 1), model) WHERE id = ?1");
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, w->save->row);
	sqlite3_bind_int64(s, 2, w->now_ms);
	return write_run(w, s) && (write_changed(w) || write_is_gone(w));
}

/* ---- all of it ---- */

static bool
write_all(struct write_state *w)
{
	const struct save *save = w->save;

	if (save->row == 0 && save->n_messages == 0)
		return write_draft_alone(w);
	return (save->row != 0 ? find_conversation(w) : add_conversation(w)) && write_info(w) && write_messages(w) &&
	       write_view(w) && note_news(w);
}

/* A draft without a conversation, or a reply on its way. */
static bool
one_needs_instance(const struct save *save)
{
	if (save->row == 0 && save->n_messages == 0)
		return save->draft.len > 0;
	for (size_t i = 0; i < save->n_messages; i++)
		if (save->messages[i].state == MESSAGE_STREAMING)
			return true;
	return false;
}

static bool
needs_instance(const struct save *first)
{
	for (const struct save *save = first; save; save = save->next)
		if (one_needs_instance(save))
			return true;
	return false;
}

static void
note_rows(struct save *save)
{
	save->row_before = save->row;
	for (size_t i = 0; i < save->n_messages; i++)
		save->messages[i].is_new = save->messages[i].row == 0;
}

/* Makes the save as it was before, to be written again: rolled back rows do not exist. */
static void
forget_rows(struct save *save)
{
	save->row = save->row_before;
	for (size_t i = 0; i < save->n_messages; i++) {
		if (save->messages[i].is_new)
			save->messages[i].row = 0;
		save->messages[i].lost = false;
	}
}

static bool
commit(struct write_state *w)
{
	held_join(&w->history->held, w->db);
	if (!database_commit(w->db, w->err))
		return false;
	held_joined(&w->history->held);
	return true;
}

static bool
write_transaction(struct write_state *w, struct save *first)
{
	bool good = true;

	for (struct save *save = first; save; save = save->next)
		note_rows(save);
	for (struct save *save = first; save && good; save = save->next) {
		w->save = save;
		w->has_news = false;
		good = write_all(w);
	}
	if (good)
		good = commit(w);
	else
		database_roll_back(w->db);
	for (struct save *save = first; save && !good; save = save->next)
		forget_rows(save);
	return good;
}

bool
write_save(struct history *h, struct save *first, const char *prompts, bool *gone, struct err *err)
{
	struct write_state w = {h, &h->database, first, prompts, .now_ms = clock_unix_ms(), .err = err};

	*gone = false;
	w.db->trouble = DATABASE_FINE;
	if ((needs_instance(first) && !instance_begin(h, err)) || !database_begin(w.db, err))
		return false;
	if (write_transaction(&w, first)) {
		h->mended = false;
		return true;
	}
	*gone = w.gone || w.db->trouble == DATABASE_DANGLING;
	return false;
}
