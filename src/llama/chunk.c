/*
 * chunk.c - one walk through the object. Text goes first and an `error` last, so that what came with it is kept; within
 * a choice its text goes before its finish_reason, whatever their order in the JSON.
 */
#include "llama/chunk.h"

#include <string.h>

#include "base/utf8.h"
#include "llama/json.h"
#include "llama/logprobs.h"
#include "llama/server_error.h"

enum {
	PIECE = 1 << 16, /* bytes */
};

struct walk {
	const struct chunk_sink *sink;
	struct err *err;
	bool only_text;
};

static void
tell(const struct walk *w, const struct chat_event *event)
{
	if (!w->only_text || event->type == CHAT_EVENT_REASONING || event->type == CHAT_EVENT_CONTENT ||
	        event->type == CHAT_EVENT_TOOL_CALL)
		w->sink->event(w->sink->arg, event);
}

static void
tell_bytes(const struct walk *w, enum chat_event_type type, const char *text, size_t len)
{
	if (len > 0)
		tell(w, &(struct chat_event){.type = type, .text = text, .len = len});
}

static void
tell_text(const struct walk *w, enum chat_event_type type, const char *text)
{
	tell_bytes(w, type, text, strlen(text));
}

/* A long text is told in pieces, so that nobody who filters it needs a copy of all of it. */
static void
tell_pieces(const struct walk *w, enum chat_event_type type, const char *text, size_t left)
{
	size_t n;

	for (; left > 0; text += n, left -= n) {
		n = left > PIECE ? utf8_floor(text, PIECE) : left;
		tell_bytes(w, type, text, n);
	}
}

static bool
is_absent(const cJSON *value)
{
	return !value || cJSON_IsNull(value);
}

static const char *
type_name(const cJSON *value)
{
	if (cJSON_IsNumber(value))
		return "a number";
	if (cJSON_IsArray(value))
		return "an array";
	if (cJSON_IsObject(value))
		return "an object";
	if (cJSON_IsString(value))
		return "a text";
	return cJSON_IsNull(value) ? "null" : "true or false";
}

/* Skipping it would lose text of the reply. */
static bool
refuse(const struct walk *w, const char *name, const cJSON *value, const char *wanted)
{
	return err_set(w->err, ERR_INCOMPLETE, "the server sent %s as \"%s\", where %s should be", type_name(value),
	        name, wanted);
}

/* "" where it is absent; NULL where it is no text. */
static const char *
member_text(const struct walk *w, const cJSON *object, const char *name)
{
	const cJSON *value = json_get(object, name);

	if (is_absent(value))
		return "";
	if (!cJSON_IsString(value)) {
		refuse(w, name, value, "a text");
		return NULL;
	}
	return value->valuestring;
}

static bool
walk_text(const struct walk *w, const cJSON *message, const char *name, enum chat_event_type type)
{
	const char *text = member_text(w, message, name);

	if (text)
		tell_pieces(w, type, text, strlen(text));
	return text != NULL;
}

/* `position`: its index where it names none, as in a whole reply. */
static bool
walk_tool_call(const struct walk *w, const cJSON *call, int position)
{
	const cJSON *function = json_get(call, "function");
	struct chat_event event = {.type = CHAT_EVENT_TOOL_CALL};
	int64_t index = json_int(call, "index", position);

	if (!cJSON_IsObject(call))
		return refuse(w, "tool_calls[]", call, "an object");
	if (!is_absent(function) && !cJSON_IsObject(function))
		return refuse(w, "function", function, "an object");
	event.tool_call.index = index >= 0 && index < 1 << 20 ? (int)index : position;
	event.tool_call.id = json_string(call, "id", NULL);
	event.tool_call.name = json_string(function, "name", NULL);
	event.text = member_text(w, function, "arguments");
	if (!event.text)
		return false;
	event.len = strlen(event.text);
	tell(w, &event);
	return true;
}

static bool
walk_tool_calls(const struct walk *w, const cJSON *message)
{
	const cJSON *calls = json_get(message, "tool_calls"), *call;
	int position = 0;

	if (is_absent(calls))
		return true;
	if (!cJSON_IsArray(calls))
		return refuse(w, "tool_calls", calls, "an array");
	cJSON_ArrayForEach(call, calls) if (!walk_tool_call(w, call, position++)) return false;
	return true;
}

/* vLLM and Ollama say "reasoning"; some servers say both, with the same text. What else goes by that name is no text of the reply. */
static const char *
reasoning_member(const cJSON *message)
{
	static const char usual[] = "reasoning_content", other[] = "reasoning";

	return is_absent(json_get(message, usual)) && cJSON_IsString(json_get(message, other)) ? other : usual;
}

/* The words of a model that declines, which some servers have in a member of their own. */
static bool
walk_refusal(const struct walk *w, const cJSON *message)
{
	return !cJSON_IsString(json_get(message, "refusal")) || walk_text(w, message, "refusal", CHAT_EVENT_CONTENT);
}

static bool
walk_message(const struct walk *w, const cJSON *choice)
{
	const cJSON *message = json_get(choice, "delta");
	const char *name = "delta";

	if (is_absent(message))
		message = json_get(choice, name = "message");
	if (is_absent(message))
		return true;
	if (!cJSON_IsObject(message))
		return refuse(w, name, message, "an object");
	return walk_text(w, message, reasoning_member(message), CHAT_EVENT_REASONING) &&
	       walk_text(w, message, "content", CHAT_EVENT_CONTENT) && walk_refusal(w, message) &&
	       walk_tool_calls(w, message);
}

static void
tell_token(void *arg, const char *packed, size_t n)
{
	tell_bytes(arg, CHAT_EVENT_TOKEN, packed, n);
}

static bool
walk_choices(const struct walk *w, const cJSON *root)
{
	const cJSON *choices = json_get(root, "choices"), *choice;
	struct walk told = *w;

	if (is_absent(choices))
		return true;
	if (!cJSON_IsArray(choices))
		return refuse(w, "choices", choices, "an array");
	cJSON_ArrayForEach(choice, choices)
	{
		if (!cJSON_IsObject(choice))
			return refuse(w, "choices[]", choice, "an object");
		if (json_number(choice, "index", 0) != 0)
			continue;
		logprobs_tell(choice, tell_token, &told);
		if (!walk_message(w, choice))
			return false;
		tell_text(w, CHAT_EVENT_FINISH, json_string(choice, "finish_reason", ""));
	}
	return true;
}

static void
tell_progress(const struct walk *w, const cJSON *p)
{
	struct chat_event event = {
	        .type = CHAT_EVENT_PROGRESS,
	        .progress =
	                {
	                        .total = json_int(p, "total", 0),
	                        .cached = json_int(p, "cache", 0),
	                        .processed = json_int(p, "processed", 0),
	                        .ms = json_int(p, "time_ms", 0),
	                },
	};

	if (cJSON_IsObject(p))
		tell(w, &event);
}

static void
tell_usage(const struct walk *w, const cJSON *u)
{
	struct chat_event event = {
	        .type = CHAT_EVENT_USAGE,
	        .usage =
	                {
	                        .prompt_tokens = json_int(u, "prompt_tokens", -1),
	                        .completion_tokens = json_int(u, "completion_tokens", -1),
	                        .cached_tokens = json_int(json_get(u, "prompt_tokens_details"), "cached_tokens", -1),
	                },
	};

	if (cJSON_IsObject(u))
		tell(w, &event);
}

static void
tell_timings(const struct walk *w, const cJSON *t)
{
	struct chat_event event = {
	        .type = CHAT_EVENT_TIMINGS,
	        .timings =
	                {
	                        .cache_n = json_int(t, "cache_n", 0),
	                        .prompt_n = json_int(t, "prompt_n", 0),
	                        .predicted_n = json_int(t, "predicted_n", 0),
	                        .prompt_ms = json_number(t, "prompt_ms", 0),
	                        .predicted_ms = json_number(t, "predicted_ms", 0),
	                        .prompt_per_second = json_number(t, "prompt_per_second", 0),
	                        .predicted_per_second = json_number(t, "predicted_per_second", 0),
	                        .draft_n = json_int(t, "draft_n", 0),
	                        .draft_n_accepted = json_int(t, "draft_n_accepted", 0),
	                },
	};

	if (cJSON_IsObject(t))
		tell(w, &event);
}

static bool
walk_root(const struct walk *w, const cJSON *root, const char *secret)
{
	if (!cJSON_IsObject(root))
		return refuse(w, "data", root, "an object");
	tell_text(w, CHAT_EVENT_ID, json_string(root, "id", ""));
	tell_text(w, CHAT_EVENT_MODEL, json_string(root, "model", ""));
	tell_progress(w, json_get(root, "prompt_progress"));
	if (!walk_choices(w, root))
		return false;
	tell_usage(w, json_get(root, "usage"));
	tell_timings(w, json_get(root, "timings"));
	return server_error_from_object(root, secret, w->err);
}

/* In the order of walk_root. */
static void
tell_said(const struct walk *w, const struct chunk_said *said)
{
	tell_bytes(w, CHAT_EVENT_ID, said->id.s, said->id.n);
	tell_bytes(w, CHAT_EVENT_MODEL, said->model.s, said->model.n);
	tell_pieces(w, CHAT_EVENT_REASONING, said->reasoning.s, said->reasoning.n);
	tell_pieces(w, CHAT_EVENT_CONTENT, said->content.s, said->content.n);
}

/* Frees the root; NULL: the err says what is wrong. */
static bool
decode_root(cJSON *root, const struct chunk_sink *sink, struct err *err)
{
	struct walk w = {sink, err, false};
	bool decoded = root && walk_root(&w, root, sink->secret);

	cJSON_Delete(root);
	return decoded;
}

bool
chunk_decode(struct chunk_scan *scan, const char *json, size_t len, const struct chunk_sink *sink, struct err *err)
{
	struct walk w = {sink, err, false};
	struct chunk_said said;

	if (scan && chunk_scan(scan, json, len, &said)) {
		tell_said(&w, &said);
		return true;
	}
	return decode_root(json_parse(json, len, err), sink, err);
}

bool
chunk_take(struct buf *json, const struct chunk_sink *sink, struct err *err)
{
	return decode_root(json_take(json, err), sink, err);
}

void
chunk_decode_beginning(const char *json, size_t len, const struct chunk_sink *sink)
{
	struct err unused;
	struct walk w = {sink, &unused, true};
	cJSON *root = json_parse_beginning(json, len);

	/* Why it stops does not matter: that it was cut off is known. */
	if (!walk_choices(&w, root))
		unused.code = ERR_NONE;
	cJSON_Delete(root);
}
