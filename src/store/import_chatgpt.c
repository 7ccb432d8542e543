/*
 * import_chatgpt.c - `mapping` is the tree: nodes by their ids, each with a message or none. Much of it is never shown:
 * empty system messages, calls of tools and what came of them, thoughts.
 */
#include "store/import_chatgpt.h"

#include <string.h>

#include "llama/json.h"
#include "store/import_marks.h"

bool
import_chatgpt_is(const cJSON *c)
{
	return cJSON_IsObject(json_get(c, "mapping"));
}

const char *
import_chatgpt_id(const cJSON *c)
{
	return json_string(c, "conversation_id", json_string(c, "id", NULL));
}

/* ---- a message ---- */

/* One node while it is read. */
struct part {
	struct import_reading *r;
	const cJSON *node, *message, *content, *metadata;
	const char *role, *type, *recipient;
	struct message *to;
};

static struct message *
add(struct part *p, enum chat_role role)
{
	p->to = import_add(
	        p->r, role, p->node->string, json_string(p->node, "parent", NULL), json_get(p->node, "children"));
	p->to->created_ms = import_time(json_get(p->message, "create_time"));
	return p->to;
}

static void
add_structure(const struct part *p)
{
	import_tree_add(&p->r->tree, p->node->string, json_string(p->node, "parent", NULL),
	        json_get(p->node, "children"), NULL);
}

static bool
is_type(const struct part *p, const char *type)
{
	return strcmp(p->type, type) == 0;
}

static bool
is_hidden(const struct part *p)
{
	return cJSON_IsTrue(json_get(p->metadata, "is_visually_hidden_from_conversation"));
}

/* Whether it says anything that can be read. */
static bool
has_text(const struct part *p)
{
	const cJSON *part;

	if (json_string(p->content, "text", "")[0])
		return true;
	cJSON_ArrayForEach(part, json_get(p->content, "parts"))
	{
		if (cJSON_IsString(part) ? part->valuestring[0] != '\0' : !cJSON_IsNull(part))
			return true;
	}
	return false;
}

/* ---- parts ---- */

static const cJSON *
find_attachment(const struct part *p, const char *pointer)
{
	const cJSON *file;

	cJSON_ArrayForEach(file, json_get(p->metadata, "attachments"))
	{
		const char *id = json_string(file, "id", "");

		if (*id && strstr(pointer, id))
			return file;
	}
	return NULL;
}

static void
put_picture(struct part *p, const cJSON *part)
{
	const char *pointer = json_string(part, "asset_pointer", "");

	import_note(p->r, p->to, IMPORT_LOST_PICTURE, "picture not in the export",
	        json_string(find_attachment(p, pointer), "name", pointer));
}

static void
put_part(struct part *p, const cJSON *part)
{
	const char *type = json_string(part, "content_type", "");

	if (cJSON_IsString(part))
		import_marks_put(p->r, p->to, part->valuestring, json_get(p->metadata, "content_references"));
	else if (strcmp(type, "image_asset_pointer") == 0)
		put_picture(p, part);
	else if (strcmp(type, "audio_transcription") == 0)
		import_put(p->r, p->to, json_string(part, "text", ""));
	else if (strstr(type, "audio") || strstr(type, "video"))
		import_note(p->r, p->to, IMPORT_LOST_FILE, "recording not in the export", NULL);
	else if (!cJSON_IsNull(part))
		import_note(p->r, p->to, IMPORT_LOST_PART, "part not known to flynn", type);
}

static bool
is_pointed_at(const struct part *p, const char *id)
{
	const cJSON *part;

	cJSON_ArrayForEach(part, json_get(p->content, "parts"))
	{
		if (*id && strstr(json_string(part, "asset_pointer", ""), id))
			return true;
	}
	return false;
}

static void
put_attachments(struct part *p)
{
	const cJSON *file;

	cJSON_ArrayForEach(file, json_get(p->metadata, "attachments"))
	{
		if (!is_pointed_at(p, json_string(file, "id", "")))
			import_note(
			        p->r, p->to, IMPORT_LOST_FILE, "file not in the export", json_string(file, "name", ""));
	}
}

static void
put_content(struct part *p)
{
	const cJSON *part;

	if (is_type(p, "text") || is_type(p, "multimodal_text")) {
		cJSON_ArrayForEach(part, json_get(p->content, "parts")) put_part(p, part);
	} else if (is_type(p, "code")) {
		import_put_code(
		        p->r, p->to, json_string(p->content, "language", ""), json_string(p->content, "text", ""));
	} else {
		import_note(p->r, p->to, IMPORT_LOST_PART, "part not known to flynn", p->type);
	}
	put_attachments(p);
}

/* ---- replies ---- */

static void
put_thoughts(struct part *p)
{
	const cJSON *thought;

	cJSON_ArrayForEach(thought, json_get(p->content, "thoughts"))
	{
		import_put_reasoning(p->r, p->to, json_string(thought, "summary", ""));
		import_put_reasoning(p->r, p->to, json_string(thought, "content", ""));
	}
}

/* The text of a call is in one of these, as one piece. */
static void
put_call(struct part *p)
{
	const cJSON *part = cJSON_GetArrayItem(json_get(p->content, "parts"), 0);
	const char *text = json_string(p->content, "text", cJSON_IsString(part) ? part->valuestring : "");

	import_note_call(p->r, p->to, p->recipient, text);
}

static void
put_pictures(struct part *p)
{
	const cJSON *part;

	cJSON_ArrayForEach(part, json_get(p->content, "parts"))
	{
		if (strcmp(json_string(part, "content_type", ""), "image_asset_pointer") == 0)
			put_picture(p, part);
	}
}

/* Plots of the code interpreter. */
static void
put_plots(struct part *p)
{
	const cJSON *shown;

	cJSON_ArrayForEach(shown, json_get(json_get(p->metadata, "aggregate_result"), "messages"))
	{
		if (strcmp(json_string(shown, "message_type", ""), "image") == 0)
			import_note(p->r, p->to, IMPORT_LOST_PICTURE, "picture not in the export",
			        json_string(shown, "image_url", ""));
	}
}

static void
put_result(struct part *p)
{
	import_note(p->r, p->to, IMPORT_LOST_TOOL_RESULT, "result of a tool",
	        json_string(json_get(p->message, "author"), "name", ""));
	put_pictures(p);
	put_plots(p);
}

/* What ended it. */
static void
put_end(struct part *p)
{
	const char *status = json_string(p->message, "status", "");
	const char *end = json_string(json_get(p->metadata, "finish_details"), "type", "");

	if (strcmp(end, "max_tokens") == 0)
		buf_puts(&p->to->finish_reason, "length");
	else if (strcmp(end, "stop") == 0)
		buf_puts(&p->to->finish_reason, "stop");
	if (strcmp(end, "interrupted") == 0 || strcmp(status, "finished_partial_completion") == 0)
		p->to->state = MESSAGE_STOPPED;
	else if (strcmp(status, "in_progress") == 0)
		p->to->state = MESSAGE_INTERRUPTED;
}

static void
count_sources(struct part *p)
{
	if (cJSON_GetArraySize(json_get(p->metadata, "search_result_groups")) > 0)
		p->r->lost.n[IMPORT_LOST_SOURCE]++;
}

static void
put_reply(struct part *p)
{
	add(p, CHAT_ASSISTANT);
	import_put_name(&p->to->model, json_string(p->metadata, "model_slug", ""));
	if (is_type(p, "thoughts"))
		put_thoughts(p);
	else if (is_type(p, "reasoning_recap"))
		p->to->thought_ms = import_duration(json_number(p->metadata, "finished_duration_sec", 0), 1000);
	else if (strcmp(p->recipient, "all") != 0)
		put_call(p);
	else
		put_content(p);
	put_end(p);
	count_sources(p);
}

/* ---- what is not said by the two ---- */

static void
put_context(struct part *p, const char *one, const char *two)
{
	if (!*one && !*two) {
		add_structure(p);
		return;
	}
	add(p, CHAT_SYSTEM);
	import_put(p->r, p->to, one);
	import_put(p->r, p->to, two);
}

static void
put_system(struct part *p)
{
	const cJSON *context = json_get(p->metadata, "user_context_message_data");

	if (cJSON_IsObject(context)) {
		put_context(p, json_string(context, "about_user_message", ""),
		        json_string(context, "about_model_message", ""));
	} else if (!has_text(p)) {
		add_structure(p);
	} else {
		add(p, CHAT_SYSTEM);
		put_content(p);
	}
}

static void
put_unknown(struct part *p)
{
	add(p, CHAT_ASSISTANT);
	import_note(p->r, p->to, IMPORT_LOST_ROLE, "of", p->role);
	put_content(p);
}

/* ChatGPT's notes on its user, which it shows nobody. */
static void
skip_memory(struct part *p)
{
	p->r->lost.n[IMPORT_LOST_HIDDEN] += *json_string(p->content, "model_set_context", "") != '\0';
	add_structure(p);
}

static void
put_message(struct part *p)
{
	if (is_type(p, "user_editable_context")) {
		put_context(p, json_string(p->content, "user_profile", ""),
		        json_string(p->content, "user_instructions", ""));
	} else if (is_type(p, "model_editable_context")) {
		skip_memory(p);
	} else if (strcmp(p->role, "tool") == 0) {
		add(p, CHAT_ASSISTANT);
		put_result(p);
	} else if (is_hidden(p) && !is_type(p, "thoughts") && !is_type(p, "reasoning_recap") &&
	           !cJSON_IsObject(json_get(p->metadata, "user_context_message_data"))) {
		p->r->lost.n[IMPORT_LOST_HIDDEN] += has_text(p);
		add_structure(p);
	} else if (strcmp(p->role, "system") == 0) {
		put_system(p);
	} else if (strcmp(p->role, "assistant") == 0) {
		put_reply(p);
	} else if (strcmp(p->role, "user") == 0) {
		add(p, CHAT_USER);
		put_content(p);
	} else {
		put_unknown(p);
	}
}

static bool
read_node(struct import_reading *r, const cJSON *node)
{
	struct part p = {.r = r, .node = node};

	if (!cJSON_IsObject(node))
		return import_wrong(r, "it must be an object");
	if (!import_is_text(r, node, "parent") || !import_is_list(r, node, "children"))
		return false;
	p.message = json_get(node, "message");
	p.content = json_get(p.message, "content");
	if (!p.message || cJSON_IsNull(p.message) || cJSON_IsNull(p.content)) {
		add_structure(&p);
		return true;
	}
	p.role = json_string(json_get(p.message, "author"), "role", NULL);
	p.metadata = json_get(p.message, "metadata");
	p.type = json_string(p.content, "content_type", "text");
	p.recipient = json_string(p.message, "recipient", "all");
	if (!p.role)
		return import_wrong(r, "its \"author\" has no \"role\"");
	if (!cJSON_IsObject(p.content))
		return import_wrong(r, "\"content\" must be an object");
	if (!import_is_list(r, p.content, "parts"))
		return false;
	put_message(&p);
	return true;
}

/* ---- the conversation ---- */

static bool
read_nodes(struct import_reading *r, const cJSON *mapping)
{
	const cJSON *node;

	cJSON_ArrayForEach(node, mapping)
	{
		r->message++;
		if (!read_node(r, node))
			return false;
	}
	r->message = 0;
	return true;
}

static bool
is_set(const cJSON *c, const char *name)
{
	const cJSON *value = json_get(c, name);

	return cJSON_IsTrue(value) || (cJSON_IsNumber(value) && value->valuedouble > 0);
}

bool
import_chatgpt_read(const cJSON *c, struct import_reading *r)
{
	struct conversation_info *info;

	if (!import_is_text(r, c, "title") || !import_is_text(r, c, "current_node") ||
	        !read_nodes(r, json_get(c, "mapping")) || !import_finish(r, json_string(c, "current_node", NULL)))
		return false;
	import_title(r, json_string(c, "title", ""));
	import_times(r, import_time(json_get(c, "create_time")), import_time(json_get(c, "update_time")));
	info = conversation_info(r->loaded.conversation);
	info->archived = is_set(c, "is_archived");
	info->pinned = is_set(c, "is_starred") || is_set(c, "pinned_time");
	return true;
}
