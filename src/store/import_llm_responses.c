/*
 * import_llm_responses.c - the older tables: a row of `responses` is a prompt and its reply. What the tools of a reply gave is with
 * the next row, which has no prompt then.
 */
#include "store/import_llm_responses.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/import_llm_inside.h"

/* ---- what is beside a row ---- */

struct beside {
	const char *table, *sql; /* whose parameter is the row's id */
	void (*put)(struct llm *, struct message *, sqlite3_stmt *);
};

static void
put_fragment(struct llm *l, struct message *m, sqlite3_stmt *s)
{
	char *text = llm_text(s, 0);

	import_put(&l->r, m, text);
	free(text);
}

static void
put_attachment(struct llm *l, struct message *m, sqlite3_stmt *s)
{
	llm_attach(l, m, s, 0);
}

static void
put_call(struct llm *l, struct message *m, sqlite3_stmt *s)
{
	char *name = llm_text(s, 0), *arguments = llm_text(s, 1);

	import_note_call(&l->r, m, name, arguments);
	free(name);
	free(arguments);
}

static void
put_result(struct llm *l, struct message *m, sqlite3_stmt *s)
{
	char *name = llm_text(s, 0);

	import_note(&l->r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", name);
	free(name);
}

static const struct beside
        prompt_fragments = {"prompt_fragments",
                "SELECT content FROM prompt_fragments JOIN fragments ON fragments.id = fragment_id"
                "  WHERE response_id = ? ORDER BY \"order\"",
                put_fragment},
        system_fragments = {"system_fragments",
                "SELECT content FROM system_fragments JOIN fragments ON fragments.id = fragment_id"
                "  WHERE response_id = ? ORDER BY \"order\"",
                put_fragment},
        attachments = {"prompt_attachments",
                "SELECT type, path, url, content FROM prompt_attachments"
                "  JOIN attachments ON attachments.id = attachment_id WHERE response_id = ? ORDER BY \"order\"",
                put_attachment},
        calls = {"tool_calls", "SELECT name, arguments FROM tool_calls WHERE response_id = ? ORDER BY id", put_call},
        results = {"tool_results", "SELECT name FROM tool_results WHERE response_id = ? ORDER BY id", put_result};

static bool
put_beside(struct llm *l, struct message *m, const struct beside *what, const char *id)
{
	sqlite3_stmt *s;
	bool failed;

	if (!llm_has_table(l, what->table))
		return true;
	s = database_prepare(&l->db, what->sql, l->err);
	if (!s)
		return false;
	database_bind_string(s, 1, id);
	while (database_row(&l->db, s, &failed, l->err))
		what->put(l, m, s);
	return !failed;
}

/* ---- a row ---- */

enum {
	ID,
	CONVERSATION,
	MODEL,
	PROMPT,
	SYSTEM,
	OPTIONS,
	RESPONSE,
	DATE,
	REASONING,
	INPUT,
	OUTPUT,
	NAME,
};

struct rows {
	struct llm *l;
	sqlite3_stmt *s;
	char *conversation, *title; /* of the one that is being read */
	char *last;                 /* the id of its last message, */
	char *system;               /* and the last system text */
	char *id;                   /* of the row */
};

/* A message after the last one; its id is the row's with a letter. */
static struct message *
add(struct rows *rows, enum chat_role role, char letter)
{
	char *id = mem_printf("%s%c", rows->id, letter), *date = llm_text(rows->s, DATE);
	struct message *m = import_add(&rows->l->r, role, id, rows->last, NULL);

	m->created_ms = import_date(date);
	free(date);
	free(rows->last);
	rows->last = id;
	return m;
}

/* Of messages that are not in the tree yet, so that one that says nothing is not added. */
static bool
read_system(struct rows *rows)
{
	struct message *m = message_new(CHAT_SYSTEM, "");
	char *text = llm_text(rows->s, SYSTEM);
	bool good = put_beside(rows->l, m, &system_fragments, rows->id);

	import_put(&rows->l->r, m, text);
	if (good && m->content.len > 0 && (!rows->system || strcmp(rows->system, buf_text(&m->content)) != 0)) {
		free(rows->system);
		rows->system = mem_strdup(buf_text(&m->content));
		import_put(&rows->l->r, add(rows, CHAT_SYSTEM, 's'), rows->system);
	}
	message_free(m);
	free(text);
	return good;
}

static bool
read_prompt(struct rows *rows)
{
	struct message *m = message_new(CHAT_USER, "");
	char *text = llm_text(rows->s, PROMPT);
	bool good = put_beside(rows->l, m, &prompt_fragments, rows->id);

	import_put(&rows->l->r, m, text);
	good = good && put_beside(rows->l, m, &attachments, rows->id);
	if (good && (m->content.len > 0 || m->attachments.n > 0)) {
		struct message *to = add(rows, CHAT_USER, 'p');

		buf_share(&to->content, &m->content);
		attachments_add_all(&to->attachments, &m->attachments);
	}
	message_free(m);
	free(text);
	return good;
}

static bool
read_reply(struct rows *rows)
{
	struct llm *l = rows->l;
	struct message *m = add(rows, CHAT_ASSISTANT, 'r');
	char *model = llm_text(rows->s, MODEL), *reasoning = llm_text(rows->s, REASONING);
	char *text = llm_text(rows->s, RESPONSE), *options = llm_text(rows->s, OPTIONS);
	bool good = put_beside(l, m, &results, rows->id);

	import_put_name(&m->model, model);
	import_put_reasoning(&l->r, m, reasoning);
	import_put(&l->r, m, text);
	import_put_options(m, options);
	m->usage.prompt_tokens = llm_count(rows->s, INPUT);
	m->usage.completion_tokens = llm_count(rows->s, OUTPUT);
	good = good && put_beside(l, m, &calls, rows->id);
	free(model);
	free(reasoning);
	free(text);
	free(options);
	return good;
}

/* ---- conversations ---- */

static void
forget(struct rows *rows)
{
	free(rows->conversation);
	free(rows->title);
	free(rows->last);
	free(rows->system);
	rows->conversation = rows->title = rows->last = rows->system = NULL;
}

static bool
take(struct rows *rows)
{
	bool good = !rows->conversation || llm_take(rows->l, rows->conversation, rows->last, rows->title);

	forget(rows);
	return good;
}

static bool
read_row(struct rows *rows)
{
	char *conversation = llm_text(rows->s, CONVERSATION);
	bool good = true;

	if (!rows->conversation || strcmp(rows->conversation, conversation) != 0) {
		good = take(rows);
		rows->conversation = mem_strdup(conversation);
		rows->title = llm_text(rows->s, NAME);
	}
	free(conversation);
	rows->id = llm_text(rows->s, ID);
	good = good && read_system(rows) && read_prompt(rows) && read_reply(rows);
	free(rows->id);
	return good;
}

/* Columns came with later versions; a conversation that was continued with the newer tables is whole there. */
static const char *
make_sql(struct llm *l)
{
	static const char table[] = "responses";
	bool newer = llm_has_table(l, "turns"), named = llm_has_table(l, "conversations");

	buf_clear(&l->sql);
	buf_printf(&l->sql,
	        "SELECT r.id, coalesce(r.conversation_id, r.id), r.model, r.prompt, r.system, r.options_json, "
	        "r.response,"
	        "  r.datetime_utc, %s, %s, %s, %s FROM responses AS r %s %s"
	        "  ORDER BY coalesce(r.conversation_id, r.id), r.datetime_utc, r.rowid",
	        llm_has_column(l, table, "reasoning") ? "r.reasoning" : "NULL",
	        llm_has_column(l, table, "input_tokens") ? "r.input_tokens" : "NULL",
	        llm_has_column(l, table, "output_tokens") ? "r.output_tokens" : "NULL", named ? "c.name" : "NULL",
	        named ? "LEFT JOIN conversations AS c ON c.id = r.conversation_id" : "",
	        newer ? "WHERE coalesce(r.conversation_id, r.id) NOT IN (SELECT thread_id FROM turns"
	                "  WHERE thread_id IS NOT NULL)"
	              : "");
	return buf_text(&l->sql);
}

bool
llm_read_responses(struct llm *l)
{
	struct rows rows = {.l = l};
	bool failed = false, good = true;

	rows.s = database_prepare(&l->db, make_sql(l), l->err);
	if (!rows.s)
		return false;
	while (good && database_row(&l->db, rows.s, &failed, l->err))
		good = read_row(&rows);
	good = good && !failed && take(&rows);
	forget(&rows);
	return good;
}
