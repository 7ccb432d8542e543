/*
 * import_open_webui.c - `history` is the tree: messages by their ids, each with its parent. What a model thought and which tools
 * it called stands in the text (import_details.h).
 */
#include "store/import_open_webui.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "llama/json.h"
#include "store/import_details.h"
#include "store/json_values.h"

/* The object in the column `chat`, or the one that stands for it by itself. */
static const cJSON *
chat_of(const cJSON *c)
{
	const cJSON *chat = json_get(c, "chat");

	return cJSON_IsObject(chat) ? chat : c;
}

static const cJSON *
messages_of(const cJSON *c)
{
	return json_get(json_get(chat_of(c), "history"), "messages");
}

/* The list is of the first versions, which had no branches. */
bool
import_open_webui_is(const cJSON *c)
{
	return cJSON_IsObject(messages_of(c)) ||
	       (cJSON_IsObject(json_get(c, "chat")) && cJSON_IsArray(json_get(chat_of(c), "messages")));
}

const char *
import_open_webui_id(const cJSON *c)
{
	return json_string(c, "id", json_string(chat_of(c), "id", NULL));
}

/* ---- files ---- */

static void
put_file(struct import_reading *r, struct message *m, const cJSON *file)
{
	const cJSON *inner = json_get(file, "file");
	const char *url = json_string(file, "url", "");
	const char *name = json_string(file, "name", json_string(inner, "filename", ""));
	const char *text = json_string(json_get(inner, "data"), "content", json_string(file, "content", ""));

	if (strcmp(json_string(file, "type", ""), "image") == 0 || strncmp(url, "data:image/", 11) == 0)
		import_attach_url(r, m, name, url);
	else if (*text)
		import_attach_text(r, m, name, text);
	else
		import_note(r, m, IMPORT_LOST_FILE, "file not in the export", *name ? name : url);
}

static void
put_files(struct import_reading *r, struct message *m, const cJSON *message)
{
	const cJSON *file;

	cJSON_ArrayForEach(file, json_get(message, "files")) put_file(r, m, file);
}

/* ---- texts ---- */

static void
put_part(struct import_reading *r, struct message *m, const cJSON *part)
{
	const char *type = json_string(part, "type", "");

	if (strcmp(type, "text") == 0)
		import_put(r, m, json_string(part, "text", ""));
	else if (strcmp(type, "image_url") == 0)
		import_attach_url(r, m, "", json_string(json_get(part, "image_url"), "url", ""));
	else
		import_note(r, m, IMPORT_LOST_PART, "part not known to flynn", type);
}

/* Texts of a list of {"text":…}. */
static void
put_texts(struct import_reading *r, struct message *m, const cJSON *list,
        void (*put)(struct import_reading *, struct message *, const char *))
{
	const cJSON *part;

	cJSON_ArrayForEach(part, list) put(r, m, json_string(part, "text", ""));
}

static void
put_item(struct import_reading *r, struct message *m, const cJSON *item)
{
	const char *type = json_string(item, "type", "");

	if (strcmp(type, "message") == 0) {
		put_texts(r, m, json_get(item, "content"), import_put);
	} else if (strcmp(type, "reasoning") == 0) {
		put_texts(r, m, json_get(item, "summary"), import_put_reasoning);
		put_texts(r, m, json_get(item, "content"), import_put_reasoning);
		m->thought_ms += import_duration(json_number(item, "duration", 0), 1000);
	} else if (strcmp(type, "function_call") == 0) {
		import_note_call(r, m, json_string(item, "name", ""), json_string(item, "arguments", ""));
	} else if (strcmp(type, "function_call_output") == 0) {
		import_note(r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", NULL);
	} else if (strcmp(type, "open_webui:code_interpreter") == 0) {
		import_note_call(r, m, "code interpreter", json_string(item, "code", ""));
	} else {
		import_note(r, m, IMPORT_LOST_PART, "part not known to flynn", type);
	}
}

/* A text, a list of parts, or nothing but a list of what the model put out. */
static void
put_content(struct import_reading *r, struct message *m, const cJSON *message)
{
	const cJSON *content = json_get(message, "content"), *part;
	const char *text = json_string(message, "content", "");

	if (*text && m->role == CHAT_ASSISTANT) {
		import_details_put(r, m, text);
	} else if (*text) {
		import_put(r, m, text);
	} else if (cJSON_IsArray(content)) {
		cJSON_ArrayForEach(part, content) put_part(r, m, part);
	} else {
		cJSON_ArrayForEach(part, json_get(message, "output")) put_item(r, m, part);
	}
}

/* ---- replies ---- */

static void
put_error(struct message *m, const cJSON *error)
{
	const char *text = json_string(error, "content", cJSON_IsString(error) ? error->valuestring : "");

	if (!error || cJSON_IsNull(error) || cJSON_IsFalse(error))
		return;
	m->state = MESSAGE_FAILED;
	m->error = mem_alloc(sizeof(*m->error));
	err_set(m->error, ERR_SERVER, "%s", *text ? text : "it failed");
}

/* "prompt_eval_count" tokens in "prompt_eval_duration" nanoseconds. */
static double
duration_ms(const cJSON *usage, const char *name)
{
	return json_number(usage, name, 0) / 1e6;
}

/* llama-server's own numbers stand among those of the usage; Ollama has others. */
static void
put_timings(struct message *m, const cJSON *usage)
{
	struct chat_timings *t = &m->timings;

	*t = json_timings_of(usage);
	if (t->predicted_n == 0 && t->prompt_n == 0) {
		t->prompt_n = json_int(usage, "prompt_eval_count", 0);
		t->prompt_ms = duration_ms(usage, "prompt_eval_duration");
		t->predicted_n = json_int(usage, "eval_count", 0);
		t->predicted_ms = duration_ms(usage, "eval_duration");
	}
	import_speeds(t);
}

static void
put_usage(struct message *m, const cJSON *message)
{
	const cJSON *usage = json_get(message, "usage"), *old = json_get(message, "info");

	if (!cJSON_IsObject(usage))
		usage = old;
	m->usage = json_usage_of(usage);
	if (m->usage.prompt_tokens < 0)
		m->usage.prompt_tokens = json_int(usage, "prompt_eval_count", -1);
	if (m->usage.completion_tokens < 0)
		m->usage.completion_tokens = json_int(usage, "eval_count", -1);
	put_timings(m, usage);
}

/* One reply that was made of those of several models. */
static void
put_merged(struct import_reading *r, struct message *m, const cJSON *merged)
{
	const char *text = json_string(merged, "content", "");

	if (!*text)
		return;
	import_note(r, m, IMPORT_LOST_PART, "part not known to flynn", "merged");
	import_put(r, m, text);
}

static void
count_rest(struct import_reading *r, const cJSON *message)
{
	r->lost.n[IMPORT_LOST_SOURCE] += cJSON_GetArraySize(json_get(message, "sources")) > 0 ||
	                                 cJSON_GetArraySize(json_get(message, "citations")) > 0;
	r->lost.n[IMPORT_LOST_RATING] += cJSON_IsNumber(json_get(json_get(message, "annotation"), "rating"));
}

static void
put_reply(struct import_reading *r, struct message *m, const cJSON *message)
{
	import_put_name(&m->model, json_string(message, "model", ""));
	import_put_reasoning(r, m, json_string(message, "reasoning_content", ""));
	put_content(r, m, message);
	put_usage(m, message);
	if (cJSON_IsFalse(json_get(message, "done")))
		m->state = MESSAGE_INTERRUPTED;
	put_error(m, json_get(message, "error"));
	put_merged(r, m, json_get(message, "merged"));
	count_rest(r, message);
}

/* ---- messages ---- */

/* Where there is no tree each message follows the one before it. */
struct place {
	const char *id, *parent;
};

/* Late news of a message that was deleted leaves null, or a message of this news alone. */
static bool
is_remnant(const cJSON *message)
{
	return cJSON_IsNull(message) || (cJSON_IsObject(message) && !json_get(message, "role") &&
	                                        !json_get(message, "content") && !json_get(message, "files"));
}

static bool
read_message(struct import_reading *r, const cJSON *message, struct place at)
{
	const char *role = json_string(message, "role", NULL);
	struct message *m;
	bool is_prompt;

	if (is_remnant(message)) {
		import_tree_add(&r->tree, at.id, at.parent, json_get(message, "childrenIds"), NULL);
		return true;
	}
	if (!cJSON_IsObject(message))
		return import_wrong(r, "it must be an object");
	if (!role)
		return import_wrong(r, "\"role\" is missing");
	if (!import_is_list(r, message, "childrenIds") || !import_is_list(r, message, "files"))
		return false;
	is_prompt = strcmp(role, "user") == 0;
	m = import_add(r,
	        is_prompt                     ? CHAT_USER
	        : strcmp(role, "system") == 0 ? CHAT_SYSTEM
	                                      : CHAT_ASSISTANT,
	        at.id, at.parent, json_get(message, "childrenIds"));
	m->created_ms = import_time(json_get(message, "timestamp"));
	if (strcmp(role, "tool") == 0)
		import_note(r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", json_string(message, "name", ""));
	else if (m->role == CHAT_ASSISTANT && strcmp(role, "assistant") != 0)
		import_note(r, m, IMPORT_LOST_ROLE, "of", role);
	if (m->role == CHAT_ASSISTANT && strcmp(role, "tool") != 0)
		put_reply(r, m, message);
	else if (m->role != CHAT_ASSISTANT)
		put_content(r, m, message);
	put_files(r, m, message);
	return true;
}

static bool
read_tree(struct import_reading *r, const cJSON *messages)
{
	const cJSON *message;

	cJSON_ArrayForEach(message, messages)
	{
		r->message++;
		if (!import_is_text(r, message, "parentId") ||
		        !read_message(
		                r, message, (struct place){message->string, json_string(message, "parentId", NULL)}))
			return false;
	}
	return true;
}

static bool
read_list(struct import_reading *r, const cJSON *messages)
{
	const cJSON *message;
	char id[32] = "", parent[32];

	cJSON_ArrayForEach(message, messages)
	{
		memcpy(parent, id, sizeof(parent));
		snprintf(id, sizeof(id), "%zu", ++r->message);
		if (!read_message(r, message, (struct place){id, *parent ? parent : NULL}))
			return false;
	}
	return true;
}

/* ---- the conversation ---- */

static void
put_parameters(struct import_reading *r, const cJSON *params)
{
	const cJSON *value;

	cJSON_ArrayForEach(value, params)
	{
		const char *name = value->string;

		if (name && strcmp(name, "system") != 0)
			import_set(r, strcmp(name, "num_predict") == 0 ? "max_tokens" : name, value);
	}
}

static void
put_system(struct import_reading *r, const cJSON *chat)
{
	const char *system = json_string(json_get(chat, "params"), "system", json_string(chat, "system", ""));

	if (*system && !conversation_system(r->loaded.conversation))
		conversation_set_system(r->loaded.conversation, system);
}

static void
put_tags(struct import_reading *r, const cJSON *list)
{
	const cJSON *tag;

	cJSON_ArrayForEach(tag, list)
	{
		const char *name = cJSON_IsString(tag) ? tag->valuestring : json_string(tag, "name", "");

		if (*name)
			import_tag(r, name);
	}
}

static void
put_info(struct import_reading *r, const cJSON *c, const cJSON *chat)
{
	struct conversation_info *info = conversation_info(r->loaded.conversation);
	int64_t begun = import_time(json_get(c, "created_at"));

	import_title(r, json_string(c, "title", json_string(chat, "title", "")));
	import_times(
	        r, begun ? begun : import_time(json_get(chat, "timestamp")), import_time(json_get(c, "updated_at")));
	info->pinned = cJSON_IsTrue(json_get(c, "pinned"));
	info->archived = cJSON_IsTrue(json_get(c, "archived"));
}

bool
import_open_webui_read(const cJSON *c, struct import_reading *r)
{
	const cJSON *chat = chat_of(c), *tree = messages_of(c);

	if (!import_is_text(r, c, "title") ||
	        !(cJSON_IsObject(tree) ? read_tree(r, tree) : read_list(r, json_get(chat, "messages"))))
		return false;
	r->message = 0;
	if (!import_finish(r, json_string(json_get(chat, "history"), "currentId", NULL)))
		return false;
	put_info(r, c, chat);
	put_tags(r, json_get(json_get(c, "meta"), "tags"));
	if (conversation_info(r->loaded.conversation)->tags.n == 0)
		put_tags(r, json_get(chat, "tags"));
	put_system(r, chat);
	put_parameters(r, json_get(chat, "params"));
	return true;
}
