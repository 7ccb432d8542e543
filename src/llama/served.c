/*
 * served.c - lists, events and props of models into one struct. A list replaces what was known; an event changes one model.
 */
#include "llama/served.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/request.h"
#include "llama/secret.h"
#include "llama/server.h"
#include "llama/server_error.h"

const char *
model_state_word(enum model_state state)
{
	static const char *const words[] = {
#define X(state, word) [MODEL_##state] = word,
	        MODEL_STATES(X)
#undef X
	};

	return words[state];
}

bool
model_state_is_on_its_way(enum model_state state)
{
	return state == MODEL_LOADING || state == MODEL_DOWNLOADING;
}

static void
forget_models(struct served *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->models[i].name);
		free(s->models[i].aliases);
	}
	free(s->models);
	s->models = NULL;
	s->n = 0;
	s->router = false;
}

void
served_release(struct served *s)
{
	forget_models(s);
	*s = (struct served){0};
}

bool
served_has_several(const struct served *s)
{
	return s->router || s->n > 1;
}

static bool
has_alias(const struct served_model *model, const char *name)
{
	size_t n = strlen(name), len;

	for (const char *line = model->aliases; line && *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (len == n && memcmp(line, name, n) == 0)
			return true;
	}
	return false;
}

bool
served_is_called(const struct served_model *model, const char *name)
{
	return strcmp(model->name, name) == 0 || has_alias(model, name);
}

static struct served_model *
find_model(const struct served *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->models[i].name, name) == 0)
			return &s->models[i];
	for (size_t i = 0; i < s->n; i++)
		if (has_alias(&s->models[i], name))
			return &s->models[i];
	return NULL;
}

const struct served_model *
served_find(const struct served *s, const char *name)
{
	return find_model(s, name);
}

void
served_put_why(const struct served_model *model, char why[static SERVED_WHY_MAX])
{
	why[0] = '\0';
	if (model->state == MODEL_FAILED && model->exit_code != 0)
		snprintf(why, SERVED_WHY_MAX, "exit code %d", model->exit_code);
}

/* ---- questions ---- */

void
served_models_request(const struct model_client *client, struct http_request *request)
{
	server_models_request(client, request);
}

void
served_events_request(const struct model_client *client, struct http_request *request)
{
	request_init(request, client, "/models/sse", "text/event-stream");
	client_authorise(client, request);
}

static bool
order_request(const struct model_client *client, const char *path, const char *name, struct http_request *out,
        struct err *err)
{
	cJSON *root = cJSON_CreateObject();
	char *body = cJSON_AddStringToObject(root, "model", name) ? cJSON_PrintUnformatted(root) : NULL;

	cJSON_Delete(root);
	if (!body)
		return err_set(err, ERR_SYSTEM, "no memory for the request");
	request_init(out, client, path, "application/json");
	out->body = body;
	out->body_len = strlen(body);
	client_authorise(client, out);
	return true;
}

bool
served_load_request(const struct model_client *client, const char *name, struct http_request *out, struct err *err)
{
	return order_request(client, "/models/load", name, out, err);
}

bool
served_unload_request(const struct model_client *client, const char *name, struct http_request *out, struct err *err)
{
	return order_request(client, "/models/unload", name, out, err);
}

/* ---- the parts of a model ---- */

/* The words of llama-server's `status.value`. */
static enum model_state
read_state(const char *value)
{
	static const enum model_state told[] = {
	        MODEL_LOADED, MODEL_LOADING, MODEL_DOWNLOADING, MODEL_SLEEPING, MODEL_UNLOADED};

	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		if (strcmp(value, model_state_word(told[i])) == 0)
			return told[i];
	return MODEL_UNKNOWN;
}

static size_t
stage_index(const cJSON *stages, const char *current)
{
	size_t i = 0;

	for (const cJSON *stage = stages ? stages->child : NULL; stage; stage = stage->next, i++)
		if (cJSON_IsString(stage) && strcmp(stage->valuestring, current) == 0)
			return i;
	return 0;
}

/* {"stages":["text_model","mmproj"],"current":"mmproj","value":0.5}: of all stages together. -1: it is not told. */
static int
read_percent(const cJSON *progress)
{
	const cJSON *stages = json_get(progress, "stages");
	double value = json_number(progress, "value", -1);
	int n = cJSON_IsArray(stages) ? cJSON_GetArraySize(stages) : 0;

	if (!(value >= 0 && value <= 1))
		return -1;
	if (n > 1)
		value = ((double)stage_index(stages, json_string(progress, "current", "")) + value) / n;
	return (int)(value * 100);
}

static void
set_positive(int64_t *to, int64_t n)
{
	if (n > 0)
		*to = n;
}

/* What a list and an event tell alike. `meta` is there once it is loaded. */
static void
read_details(struct served_model *model, const cJSON *object)
{
	const cJSON *meta = json_get(object, "meta");
	unsigned inputs = model_input_listed(json_get(object, "architecture"));

	set_positive(&model->n_ctx, json_int(object, "context_length", 0));
	set_positive(&model->n_ctx, json_int(object, "max_model_len", 0)); /* vLLM, SGLang */
	set_positive(&model->n_ctx, json_int(meta, "n_ctx", 0));
	set_positive(&model->size, json_int(meta, "size", 0));
	if (inputs)
		model->inputs = inputs;
}

static int
read_exit_code(const cJSON *status)
{
	int64_t code = json_int(status, "exit_code", 0);

	return code >= INT_MIN && code <= INT_MAX ? (int)code : 0;
}

/* One that failed is called unloaded besides. */
static void
set_state(struct served_model *model, enum model_state state, const cJSON *status)
{
	model->exit_code = state == MODEL_UNLOADED ? read_exit_code(status) : 0;
	model->percent = model_state_is_on_its_way(state) ? read_percent(json_get(status, "progress")) : -1;
	model->state = state;
	if (cJSON_IsTrue(json_get(status, "failed")) || model->exit_code != 0)
		model->state = MODEL_FAILED;
}

/* ---- the list ---- */

static void
read_status(struct served *s, struct served_model *model, const cJSON *status)
{
	enum model_state state = read_state(json_string(status, "value", ""));

	model->percent = -1;
	model->state = MODEL_LOADED;
	if (!status)
		return;
	s->router = true;
	set_state(model, state == MODEL_UNKNOWN ? MODEL_LOADED : state, status);
}

static char *
read_aliases(const cJSON *object)
{
	const cJSON *list = json_get(object, "aliases");
	struct buf lines = {0};

	for (const cJSON *item = cJSON_IsArray(list) ? list->child : NULL; item; item = item->next)
		if (cJSON_IsString(item) && strlen(item->valuestring) <= SERVER_MODEL_MAX &&
		        !strchr(item->valuestring, '\n'))
			buf_printf(&lines, "%s%s", lines.len > 0 ? "\n" : "", item->valuestring);
	return lines.len > 0 ? buf_take(&lines) : NULL;
}

static void
add_model(struct served *s, const cJSON *object, const struct model_client *client)
{
	const char *name = json_string(object, "id", "");
	struct served_model *model;
	struct buf shown = {0};

	if (!*name || strlen(name) > SERVER_MODEL_MAX)
		return;
	secret_append_name(&shown, name, strlen(name), client_secret(client));
	s->models = mem_realloc(s->models, (s->n + 1) * sizeof(*s->models));
	model = &s->models[s->n++];
	*model = (struct served_model){.name = buf_take(&shown), .aliases = read_aliases(object)};
	read_status(s, model, model_is_llama_server(client) ? json_get(object, "status") : NULL);
	read_details(model, object);
}

/* A list without progress does not take back what events have told. */
static void
keep_progress(struct served *s, const struct served *before)
{
	for (size_t i = 0; i < s->n; i++) {
		struct served_model *model = &s->models[i];
		const struct served_model *old = served_find(before, model->name);

		if (old && model_state_is_on_its_way(model->state) && model->percent < 0)
			model->percent = old->percent;
	}
}

static bool
read_models(struct served *s, const struct model_client *client, const char *body, size_t n)
{
	struct err ignored;
	cJSON *json = json_parse(body, n, &ignored);
	const cJSON *list = json_get(json, "data");
	struct served before = *s;
	bool is_list = cJSON_IsArray(list);

	if (is_list) {
		*s = (struct served){.state = MODEL_LOADED};
		for (const cJSON *object = list->child; object; object = object->next)
			add_model(s, object, client);
		keep_progress(s, &before);
		forget_models(&before);
	}
	cJSON_Delete(json);
	return is_list;
}

static void
set_unreachable(struct served *s, enum model_state state)
{
	forget_models(s);
	s->state = state;
}

void
served_take_models(struct served *s, const struct model_client *client, int status, const char *body, size_t n,
        const struct err *broken)
{
	const struct http_head head = {
	        .status = status, .reason = "", .content_type = "", .location = "", .server = ""};

	if (broken && broken->code != ERR_NONE) {
		s->error = *broken;
		set_unreachable(s, MODEL_UNREACHABLE);
	} else if (status == 200 && read_models(s, client, body, n)) {
		s->error = (struct err){0};
	} else if (status >= 400) {
		server_error_from_body(&head, body, n, false, client_secret(client), &s->error);
		set_unreachable(s, s->error.code == ERR_LOADING ? MODEL_LOADING : MODEL_UNREACHABLE);
	} else {
		err_set(&s->error, ERR_SERVER, "what answers is no %s: is the endpoint right?",
		        model_is_llama_server(client) ? "llama-server" : "server of OpenAI's API");
		set_unreachable(s, MODEL_UNREACHABLE);
	}
}

void
served_take_props(struct served *s, const struct model_client *client, int status, const char *body, size_t n)
{
	const struct http_head head = {
	        .status = status, .reason = "", .content_type = "", .location = "", .server = ""};
	struct server_info info = {.state = SERVER_READY};

	if (served_has_several(s) || s->n == 0 || status != 200)
		return;
	server_props(&info, client, &head, body, n);
	s->models[0].state = info.state == SERVER_SLEEPING ? MODEL_SLEEPING : MODEL_LOADED;
	set_positive(&s->models[0].n_ctx, info.n_ctx);
	if (info.inputs)
		s->models[0].inputs = info.inputs;
}

/* ---- events ---- */

static bool
is_of_state(const char *event)
{
	return strcmp(event, "status_change") == 0 || strcmp(event, "model_status") == 0;
}

bool
served_take_event(struct served *s, const char *text, size_t n)
{
	struct err ignored;
	cJSON *json = json_parse(text, n, &ignored);
	const cJSON *data = json_get(json, "data");
	struct served_model *model = find_model(s, json_string(json, "model", ""));
	enum model_state state = read_state(json_string(data, "status", ""));
	bool known = model && state != MODEL_UNKNOWN && is_of_state(json_string(json, "event", ""));

	if (known) {
		int percent = model->percent;

		set_state(model, state, data);
		if (model_state_is_on_its_way(state) && model->percent < 0)
			model->percent = percent;
		read_details(model, json_get(data, "info"));
	}
	cJSON_Delete(json);
	return known;
}

/* ---- orders ---- */

void
served_expect_loading(struct served *s, const char *name)
{
	struct served_model *model = find_model(s, name);

	if (!model || (model->state != MODEL_UNLOADED && model->state != MODEL_FAILED))
		return;
	model->state = MODEL_LOADING;
	model->percent = -1;
	model->exit_code = 0;
}

static bool
is_so_already(const char *words)
{
	return strcmp(words, "model is already running") == 0 || strcmp(words, "model is already loaded") == 0 ||
	       strcmp(words, "model is not running") == 0;
}

bool
served_take_order(const struct model_client *client, int status, const char *body, size_t n, struct err *err)
{
	const struct http_head head = {
	        .status = status, .reason = "", .content_type = "", .location = "", .server = ""};

	if (status >= 200 && status < 300)
		return true;
	(void)server_error_from_body(&head, body, n, false, client_secret(client), err);
	if (status == 400 && is_so_already(err->text))
		*err = (struct err){0};
	return false;
}
