/*
 * import_llama_ui.c - the tree has a root without text, of the type "root"; exports of one branch alone lack it. A reply
 * that calls tools is several messages below each other, with the role "tool" in between.
 */
#include "store/import_llama_ui.h"

#include <string.h>

#include "llama/json.h"
#include "store/json_values.h"

bool
import_llama_ui_is(const cJSON *c)
{
	return cJSON_IsObject(json_get(c, "conv")) && json_get(c, "messages");
}

const char *
import_llama_ui_id(const cJSON *c)
{
	return json_string(json_get(c, "conv"), "id", NULL);
}

/* ---- records ---- */

static bool
is_of_type(const cJSON *record, const char *type)
{
	return strcmp(json_string(record, "type", ""), type) == 0;
}

bool
import_llama_ui_begins(const cJSON *record)
{
	return is_of_type(record, "session") && json_string(record, "id", NULL);
}

bool
import_llama_ui_is_record(const cJSON *record)
{
	return import_llama_ui_begins(record) ||
	       (is_of_type(record, "message") && cJSON_IsObject(json_get(record, "message")));
}

cJSON *
import_llama_ui_begin(cJSON *record)
{
	cJSON *conversation = cJSON_CreateObject();

	cJSON_AddItemToObject(conversation, "conv", record);
	cJSON_AddItemToObject(conversation, "messages", cJSON_CreateArray());
	return conversation;
}

bool
import_llama_ui_add(cJSON *conversation, cJSON *record)
{
	cJSON *message = cJSON_DetachItemFromObjectCaseSensitive(record, "message");

	if (!is_of_type(record, "message") || !cJSON_IsObject(message)) {
		cJSON_Delete(message);
		return false;
	}
	cJSON_Delete(record);
	cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(conversation, "messages"), message);
	return true;
}

/* ---- files ---- */

struct file_row {
	const char *type, *old; /* its names now and in earlier versions */
	void (*put)(struct import_reading *, struct message *, const cJSON *);
};

static const char *
name_of(const cJSON *file)
{
	return json_string(file, "name", "");
}

static void
put_image(struct import_reading *r, struct message *m, const cJSON *file)
{
	import_attach_url(r, m, name_of(file), json_string(file, "base64Url", ""));
}

static void
put_base64(struct import_reading *r, struct message *m, const cJSON *file)
{
	import_attach_base64(r, m, name_of(file), json_string(file, "base64Data", ""));
}

static void
put_text(struct import_reading *r, struct message *m, const cJSON *file)
{
	import_attach_text(r, m, name_of(file), json_string(file, "content", ""));
}

/* Its text was sent, or its pages as pictures; both are here. */
static void
put_pdf(struct import_reading *r, struct message *m, const cJSON *file)
{
	const cJSON *page;
	const char *text = json_string(file, "content", "");

	import_note(r, m, IMPORT_LOST_KIND, "a PDF document, not imported", name_of(file));
	if (*text && !cJSON_IsTrue(json_get(file, "processedAsImages")))
		import_attach_text(r, m, name_of(file), text);
	cJSON_ArrayForEach(page, json_get(file, "images"))
	{
		if (cJSON_IsString(page))
			import_attach_url(r, m, name_of(file), page->valuestring);
	}
}

static const struct file_row file_rows[] = {
        {"IMAGE", "imageFile", put_image},
        {"TEXT", "textFile", put_text},
        {"AUDIO", "audioFile", put_base64},
        {"VIDEO", "videoFile", put_base64},
        {"PDF", "pdfFile", put_pdf},
        {"context", "context", put_text},
        {"MCP_PROMPT", "mcpPrompt", put_text},
        {"MCP_RESOURCE", "mcpResource", put_text},
        {"CUSTOM_INSTRUCTION", "customInstruction", put_text},
};

static void
put_file(struct import_reading *r, struct message *m, const cJSON *file)
{
	const char *type = json_string(file, "type", "");

	for (size_t i = 0; i < sizeof(file_rows) / sizeof(file_rows[0]); i++)
		if (strcmp(type, file_rows[i].type) == 0 || strcmp(type, file_rows[i].old) == 0) {
			file_rows[i].put(r, m, file);
			return;
		}
	import_note(r, m, IMPORT_LOST_PART, "part not known to flynn", type);
}

static void
put_files(struct import_reading *r, struct message *m, const cJSON *message)
{
	const cJSON *file;

	cJSON_ArrayForEach(file, json_get(message, "extra")) put_file(r, m, file);
}

/* ---- messages ---- */

static void
put_calls(struct import_reading *r, struct message *m, const cJSON *calls)
{
	const cJSON *call;

	cJSON_ArrayForEach(call, calls)
	{
		const cJSON *function = json_get(call, "function");

		import_note_call(r, m, json_string(function, "name", ""), json_string(function, "arguments", ""));
	}
}

/* A list, or in the first form a text that holds one. */
static void
put_tool_calls(struct import_reading *r, struct message *m, const cJSON *calls)
{
	struct err err;
	cJSON *list;

	if (!cJSON_IsString(calls)) {
		put_calls(r, m, calls);
	} else if (*calls->valuestring) {
		list = json_parse(calls->valuestring, strlen(calls->valuestring), &err);
		if (list)
			put_calls(r, m, list);
		else
			import_note_call(r, m, "", calls->valuestring);
		cJSON_Delete(list);
	}
}

static void
put_timings(struct message *m, const cJSON *timings)
{
	m->timings = json_timings_of(timings);
	import_speeds(&m->timings);
}

static void
put_reply(struct import_reading *r, struct message *m, const cJSON *message)
{
	import_put_name(&m->model, json_string(message, "model", ""));
	import_put_reasoning(r, m, json_string(message, "reasoningContent", json_string(message, "thinking", "")));
	import_put(r, m, json_string(message, "content", ""));
	put_tool_calls(r, m, json_get(message, "toolCalls"));
	put_timings(m, json_get(message, "timings"));
}

/* The ids of its first versions are numbers. */
static void
add_node(struct import_reading *r, const cJSON *message, struct message *m)
{
	char id[IMPORT_ID_SIZE], parent[IMPORT_ID_SIZE];

	import_tree_add(&r->tree, import_id(json_get(message, "id"), id),
	        import_id(json_get(message, "parent"), parent), json_get(message, "children"), m);
}

static struct message *
add(struct import_reading *r, enum chat_role role, const cJSON *message)
{
	struct message *m = message_new(role, "");

	add_node(r, message, m);
	m->created_ms = import_time(json_get(message, "timestamp"));
	return m;
}

static void
put_other(struct import_reading *r, const cJSON *message, const char *role)
{
	struct message *m = add(r, CHAT_ASSISTANT, message);

	if (strcmp(role, "tool") == 0) {
		import_note(r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", NULL);
	} else {
		import_note(r, m, IMPORT_LOST_ROLE, "of", role);
		import_put(r, m, json_string(message, "content", ""));
	}
	put_files(r, m, message);
}

static void
put_message(struct import_reading *r, const cJSON *message, const char *role)
{
	const char *content = json_string(message, "content", "");
	struct message *m;

	if (strcmp(json_string(message, "type", ""), "root") == 0 || (strcmp(role, "system") == 0 && !*content)) {
		add_node(r, message, NULL);
	} else if (strcmp(role, "assistant") == 0) {
		m = add(r, CHAT_ASSISTANT, message);
		put_reply(r, m, message);
		put_files(r, m, message);
	} else if (strcmp(role, "user") == 0 || strcmp(role, "system") == 0) {
		m = add(r, *role == 'u' ? CHAT_USER : CHAT_SYSTEM, message);
		import_put(r, m, content);
		put_files(r, m, message);
	} else {
		put_other(r, message, role);
	}
}

static bool
read_message(struct import_reading *r, const cJSON *message)
{
	const char *role = json_string(message, "role", NULL);

	if (!cJSON_IsObject(message))
		return import_wrong(r, "it must be an object");
	if (!role)
		return import_wrong(r, "\"role\" is missing");
	if (!import_is_text(r, message, "content") || !import_is_list(r, message, "children") ||
	        !import_is_list(r, message, "extra"))
		return false;
	put_message(r, message, role);
	return true;
}

/* ---- the conversation ---- */

static void
put_settings(struct import_reading *r, const cJSON *conv)
{
	const char *effort = json_string(conv, "reasoningEffort", "");
	const cJSON *thinks = json_get(conv, "thinkingEnabled");
	struct parameters *set = &conversation_info(r->loaded.conversation)->parameters;

	if (cJSON_IsBool(thinks))
		parameters_fix(set, "thinking", cJSON_IsTrue(thinks) ? "on" : "off");
	if (*effort)
		import_set(r, "reasoning_effort", json_get(conv, "reasoningEffort"));
}

bool
import_llama_ui_read(const cJSON *c, struct import_reading *r)
{
	const cJSON *conv = json_get(c, "conv"), *message;
	char leaf[IMPORT_ID_SIZE];

	if (!import_is_text(r, conv, "name") || !import_is_list(r, c, "messages"))
		return false;
	cJSON_ArrayForEach(message, json_get(c, "messages"))
	{
		r->message++;
		if (!read_message(r, message))
			return false;
	}
	r->message = 0;
	if (!import_finish(r, import_id(json_get(conv, "currNode"), leaf)))
		return false;
	import_title(r, json_string(conv, "name", ""));
	import_times(r, 0, import_time(json_get(conv, "lastModified")));
	conversation_info(r->loaded.conversation)->pinned = cJSON_IsTrue(json_get(conv, "pinned"));
	put_settings(r, conv);
	return true;
}
