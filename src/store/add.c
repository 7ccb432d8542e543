/*
 * add.c - the conversation, its messages (parents come first, and have their rows then), and what points at messages.
 */
#include "store/add.h"

#include <string.h>

#include "base/clock.h"
#include "store/attached.h"
#include "store/history_inside.h"
#include "store/json_values.h"
#include "store/message_uuid.h"
#include "store/sqlite.h"
#include "store/tagged.h"
#include "store/token_list.h"
#include "store/word_index.h"

static bool
add_info(struct history *h, struct loaded *loaded, const char *uuid, struct err *err)
{
	struct conversation_info *info = conversation_info(loaded->conversation);
	const char *system = conversation_system(loaded->conversation);
	sqlite3_stmt *s = database_prepare(&h->database,
	        "INSERT INTO conversation (uuid, title, titled, system, created, updated, pinned, archived, draft,"
	        "  preset, parameters) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	        err);

	if (!s)
		return false;
	database_bind_string(s, 1, uuid);
	database_bind_buf(s, 2, &info->title);
	database_bind_string(s, 3, json_titled_name(info->titled));
	database_bind_string(s, 4, system ? system : "");
	sqlite3_bind_int64(s, 5, info->created_ms ? info->created_ms : clock_unix_ms());
	sqlite3_bind_int64(s, 6, info->updated_ms ? info->updated_ms : clock_unix_ms());
	sqlite3_bind_int(s, 7, info->pinned);
	sqlite3_bind_int(s, 8, info->archived);
	database_bind_buf(s, 9, &loaded->draft);
	database_bind_buf(s, 10, &info->preset);
	json_bind_parameters(s, 11, &info->parameters);
	if (!database_run(&h->database, s, err))
		return false;
	info->row = sqlite3_last_insert_rowid(h->database.sqlite);
	return true;
}

static void
bind_numbers(sqlite3_stmt *s, int i, const struct message *m)
{
	struct buf json = {0};

	json_put_usage(&json, &m->usage);
	database_bind_buf(s, i, &json);
	buf_clear(&json);
	json_put_timings(&json, &m->timings);
	database_bind_buf(s, i + 1, &json);
	buf_release(&json);
}

static void
bind_message(sqlite3_stmt *s, int64_t conversation, const struct message *m)
{
	sqlite3_bind_int64(s, 1, conversation);
	database_bind_row(s, 2, m->parent ? m->parent->row : 0);
	database_bind_string(s, 3, chat_role_name(m->role));
	database_bind_string(s, 4, message_state_name(m->state));
	database_lend_buf(s, 5, &m->content);
	database_lend_buf(s, 6, &m->reasoning);
	database_bind_buf(s, 7, &m->model);
	database_bind_buf(s, 8, &m->endpoint);
	database_bind_buf(s, 9, &m->parameters);
	database_bind_buf(s, 10, &m->finish_reason);
	bind_numbers(s, 11, m);
	database_bind_string(s, 13, m->error ? err_name(m->error->code) : "");
	database_bind_string(s, 14, m->error ? m->error->text : "");
	sqlite3_bind_int64(s, 15, m->thought_tokens);
	sqlite3_bind_int64(s, 16, m->thought_ms);
	sqlite3_bind_int(s, 17, m->tool_calls);
	sqlite3_bind_int64(s, 18, m->created_ms);
	sqlite3_bind_int(s, 19, m->is_edited);
	sqlite3_bind_int(s, 20, m->is_muted);
	database_bind_string(s, 21, json_kind_name(m->is_summary));
	attached_bind_names(s, 22, &m->attachments);
	if (m->pieces.len > 0)
		database_lend_bytes(s, 23, m->pieces.data, m->pieces.len);
	database_bind_string(s, 24, m->uuid);
}

bool
add_message(struct history *h, int64_t conversation, struct message *m, struct err *err)
{
	sqlite3_stmt *s = database_prepare(&h->database,
	        "INSERT INTO message (conversation, parent, role, state, content, reasoning, model, endpoint,"
	        "  parameters, finish_reason, usage, timings, error, error_text, thought_tokens, thought_ms,"
	        "  tool_calls, created, edited, muted, kind, files, pieces, uuid)"
	        "  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	        err);

	if (!s)
		return false;
	bind_message(s, conversation, m);
	if (!database_run(&h->database, s, err))
		return false;
	m->row = sqlite3_last_insert_rowid(h->database.sqlite);
	return attached_write(&h->database, m->row, &m->attachments, err) &&
	       (m->tokens.len == 0 || token_list_write(&h->database, m->row, &m->tokens, err));
}

/* ---- names ---- */

/* The first message that has a name keeps it. */
static void
note_names(struct uuid_map *taken, struct conversation *c)
{
	for (struct message *m = NULL; (m = conversation_next(c, m)) != NULL;) {
		if (uuid_map_get(taken, m->uuid, NULL))
			m->uuid[0] = '\0';
		if (m->uuid[0])
			uuid_map_put(taken, m->uuid, 0);
	}
}

static void
derive_name(struct uuid_map *taken, const char *conversation, struct message *m)
{
	struct message_facts facts = {.conversation = conversation,
	        .parent = m->parent ? m->parent->uuid : "",
	        .role = chat_role_name(m->role),
	        .created_ms = m->created_ms,
	        .content = buf_text(&m->content),
	        .reasoning = buf_text(&m->reasoning),
	        .content_len = m->content.len,
	        .reasoning_len = m->reasoning.len};

	message_uuid_derive(m->uuid, &facts, taken);
}

/* An export of an earlier flynn has none. */
void
add_names(struct conversation *c, const char *uuid)
{
	struct uuid_map taken = {0};

	note_names(&taken, c);
	for (struct message *m = NULL; (m = conversation_next(c, m)) != NULL;)
		if (!m->uuid[0])
			derive_name(&taken, uuid, m);
	uuid_map_release(&taken);
}

/* ---- all of it ---- */

static bool
set_view(struct history *h, const struct loaded *loaded, int64_t row, struct err *err)
{
	const struct message *leaf = conversation_leaf(loaded->conversation),
	                     *seen = conversation_find(loaded->conversation, loaded->seen);
	sqlite3_stmt *s = database_prepare(&h->database,
	        "UPDATE conversation SET leaf = ?2, seen_message = ?3, seen_line = ?4, model = coalesce("
	        "  (SELECT model FROM message WHERE conversation = ?1 AND model <> '' ORDER BY id DESC LIMIT 1), '')"
	        "  WHERE id = ?1",
	        err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	database_bind_row(s, 2, leaf ? leaf->row : 0);
	database_bind_row(s, 3, seen ? seen->row : 0);
	sqlite3_bind_int64(s, 4, loaded->seen_line);
	return database_run(&h->database, s, err);
}

static bool
add_messages(struct history *h, struct conversation *c, int64_t row, struct err *err)
{
	bool good = true;

	word_index_follow(&h->database, false);
	for (struct message *m = NULL; good && (m = conversation_next(c, m)) != NULL;)
		good = add_message(h, row, m, err);
	word_index_follow(&h->database, true);
	return good && word_index_add(&h->database, row, err);
}

bool
add_conversation(struct history *h, struct loaded *loaded, const char *uuid, struct err *err)
{
	struct conversation *c = loaded->conversation;
	int64_t row;

	if (!add_info(h, loaded, uuid, err))
		return false;
	row = conversation_info(c)->row;
	add_names(c, uuid);
	return tagged_write(&h->database, row, &conversation_info(c)->tags, &(struct tags){0}, err) &&
	       add_messages(h, c, row, err) && set_view(h, loaded, row, err);
}
