/*
 * import_llm_threads.c - the newer tables: messages are kept once, by the hash of all that leads to them, and threads and turns
 * point at the last one of theirs. All that a thread's turns have said is one conversation.
 */
#include "store/import_llm_threads.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llama/json.h"
#include "store/import_llm_inside.h"
#include "store/json_values.h"
#include "store/sqlite.h"

/* A thread while it is read. */
struct thread {
	struct llm *l;
	char *id;
};

/* ---- parts ---- */

static bool
put_fragment(struct llm *l, struct buf *to, const cJSON *id)
{
	sqlite3_stmt *s = database_prepare(&l->db, "SELECT content FROM fragments WHERE id = ?", l->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_double(s, 1, id->valuedouble);
	while (database_row(&l->db, s, &failed, l->err)) {
		char *text = llm_text(s, 0);

		buf_puts(to, text);
		free(text);
	}
	return !failed;
}

/* A list of {"literal":"…"} and {"fragment":ID}. */
static bool
put_references(struct llm *l, struct buf *to, const cJSON *list)
{
	const cJSON *piece;
	bool good = true;

	cJSON_ArrayForEach(piece, list)
	{
		const cJSON *fragment = json_get(piece, "fragment");

		buf_puts(to, json_string(piece, "literal", ""));
		good = good && (!cJSON_IsNumber(fragment) || put_fragment(l, to, fragment));
	}
	return good;
}

static bool
put_text(struct llm *l, struct message *m, sqlite3_stmt *s, const cJSON *payload, bool reasons)
{
	struct buf text = {0};
	char *literal = llm_text(s, 2);
	bool good = put_references(l, &text, json_get(payload, "text_ref"));

	buf_puts(&text, literal);
	buf_puts(&text, json_string(payload, "text", ""));
	if (reasons)
		import_put_reasoning(&l->r, m, buf_text(&text));
	else
		import_put(&l->r, m, buf_text(&text));
	free(literal);
	buf_release(&text);
	return good;
}

static void
put_call(struct llm *l, struct message *m, sqlite3_stmt *s, const cJSON *payload)
{
	const cJSON *arguments = json_get(payload, "arguments");
	struct buf json = {0};
	char *name = llm_text(s, 1);

	if (arguments)
		json_put_json(&json, arguments);
	import_note_call(&l->r, m, name, buf_text(&json));
	free(name);
	buf_release(&json);
}

static bool
put_attachment(struct llm *l, struct message *m, const cJSON *payload)
{
	sqlite3_stmt *s =
	        database_prepare(&l->db, "SELECT type, path, url, content FROM attachments WHERE id = ?", l->err);
	bool failed, found = false;

	if (!s)
		return false;
	database_bind_string(s, 1, json_string(json_get(payload, "attachment"), "id", ""));
	while (database_row(&l->db, s, &failed, l->err)) {
		llm_attach(l, m, s, 0);
		found = true;
	}
	if (!failed && !found)
		import_note(&l->r, m, IMPORT_LOST_FILE, "file not in the export", "");
	return !failed;
}

static bool
put_part(struct llm *l, struct message *m, sqlite3_stmt *s, const cJSON *payload)
{
	char *type = llm_text(s, 0), *name = llm_text(s, 1);
	bool good = true;

	if (strcmp(type, "text") == 0 || strcmp(type, "reasoning") == 0)
		good = put_text(l, m, s, payload, *type == 'r');
	else if (strcmp(type, "tool_call") == 0)
		put_call(l, m, s, payload);
	else if (strcmp(type, "tool_result") == 0)
		import_note(&l->r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", name);
	else if (strcmp(type, "attachment") == 0)
		good = put_attachment(l, m, payload);
	else
		import_note(&l->r, m, IMPORT_LOST_PART, "part not known to flynn", type);
	free(type);
	free(name);
	return good;
}

static bool
read_part(struct llm *l, struct message *m, sqlite3_stmt *s)
{
	char *text = llm_text(s, 3);
	struct err err;
	cJSON *payload = *text ? json_parse(text, strlen(text), &err) : NULL;
	bool good =
	        payload || !*text ? put_part(l, m, s, payload) : import_wrong(&l->r, "this is no JSON") || llm_wrong(l);

	cJSON_Delete(payload);
	free(text);
	return good;
}

static bool
read_parts(struct llm *l, struct message *m, const char *hash)
{
	sqlite3_stmt *s = database_prepare(&l->db,
	        "SELECT type, tool_name, text, payload FROM parts WHERE message_hash = ? ORDER BY position", l->err);
	bool failed;

	if (!s)
		return false;
	database_bind_string(s, 1, hash);
	while (database_row(&l->db, s, &failed, l->err))
		if (!read_part(l, m, s))
			return false;
	return !failed;
}

/* ---- messages ---- */

/* When a prompt was said is known by the turn that begins after it. */
static bool
read_prompt_time(const struct thread *t, struct message *m, const char *hash)
{
	sqlite3_stmt *s = database_prepare(&t->l->db,
	        "SELECT min(datetime_utc) FROM turns WHERE thread_id = ? AND parent_message_hash = ?", t->l->err);
	bool failed;

	if (!s)
		return false;
	database_bind_string(s, 1, t->id);
	database_bind_string(s, 2, hash);
	while (database_row(&t->l->db, s, &failed, t->l->err)) {
		char *date = llm_text(s, 0);

		m->created_ms = import_date(date);
		free(date);
	}
	return !failed;
}

static bool
read_turn(const struct thread *t, struct message *m, const char *hash)
{
	sqlite3_stmt *s = database_prepare(&t->l->db,
	        "SELECT model, datetime_utc, input_tokens, output_tokens, options_json FROM turns"
	        "  WHERE thread_id = ? AND tip_message_hash = ? ORDER BY datetime_utc LIMIT 1",
	        t->l->err);
	bool failed;

	if (!s)
		return false;
	database_bind_string(s, 1, t->id);
	database_bind_string(s, 2, hash);
	while (database_row(&t->l->db, s, &failed, t->l->err)) {
		char *model = llm_text(s, 0), *date = llm_text(s, 1), *options = llm_text(s, 4);

		import_put_name(&m->model, model);
		m->created_ms = import_date(date);
		m->usage.prompt_tokens = llm_count(s, 2);
		m->usage.completion_tokens = llm_count(s, 3);
		import_put_options(m, options);
		free(model);
		free(date);
		free(options);
	}
	return !failed;
}

static enum chat_role
role_of(const char *name)
{
	return strcmp(name, "user") == 0 ? CHAT_USER : strcmp(name, "system") == 0 ? CHAT_SYSTEM : CHAT_ASSISTANT;
}

static bool
read_message(const struct thread *t, sqlite3_stmt *s)
{
	char *hash = llm_text(s, 0), *parent = llm_text(s, 1), *role = llm_text(s, 2);
	struct message *m = import_add(&t->l->r, role_of(role), hash, *parent ? parent : NULL, NULL);
	bool good = true;

	t->l->r.message++;
	if (m->role == CHAT_ASSISTANT && strcmp(role, "assistant") != 0 && strcmp(role, "tool") != 0)
		import_note(&t->l->r, m, IMPORT_LOST_ROLE, "of", role);
	if (m->role == CHAT_USER)
		good = read_prompt_time(t, m, hash);
	else if (m->role == CHAT_ASSISTANT)
		good = read_turn(t, m, hash);
	good = good && read_parts(t->l, m, hash);
	free(hash);
	free(parent);
	free(role);
	return good;
}

/* ---- threads ---- */

static bool
read_messages(const struct thread *t)
{
	struct llm *l = t->l;
	sqlite3_stmt *s = database_prepare(&l->db,
	        "WITH RECURSIVE chain (hash) AS ("
	        "  SELECT tip_message_hash FROM threads WHERE id = ?1"
	        "  UNION SELECT tip_message_hash FROM turns WHERE thread_id = ?1"
	        "  UNION SELECT parent_hash FROM messages JOIN chain USING (hash))"
	        "  SELECT hash, parent_hash, role FROM messages JOIN chain USING (hash) ORDER BY messages.rowid",
	        l->err);
	bool failed;

	if (!s)
		return false;
	database_bind_string(s, 1, t->id);
	while (database_row(&l->db, s, &failed, l->err))
		if (!read_message(t, s))
			return false;
	return !failed;
}

static bool
read_thread(struct llm *l, sqlite3_stmt *s)
{
	struct thread t = {.l = l, .id = llm_text(s, 0)};
	char *title = llm_text(s, 1), *tip = llm_text(s, 2);
	bool good = read_messages(&t) && llm_take(l, t.id, tip, title);

	free(t.id);
	free(title);
	free(tip);
	return good;
}

bool
llm_read_threads(struct llm *l)
{
	sqlite3_stmt *s =
	        database_prepare(&l->db, "SELECT id, name, tip_message_hash FROM threads ORDER BY rowid", l->err);
	bool failed;

	if (!s)
		return false;
	while (database_row(&l->db, s, &failed, l->err))
		if (!read_thread(l, s))
			return false;
	return !failed;
}
