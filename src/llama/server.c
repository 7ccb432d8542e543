/*
 * server.c - the questions about a server, and how their answers are judged.
 */
#include "llama/server.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/request.h"
#include "llama/secret.h"
#include "llama/server_error.h"

const char *
server_state_word(enum server_state state)
{
	static const char *const words[] = {
#define X(state, word) [SERVER_##state] = word,
	        SERVER_STATES(X)
#undef X
	};

	return words[state];
}

bool
server_state_is_up(enum server_state state)
{
	return state == SERVER_READY || state == SERVER_SLEEPING;
}

void
server_models_request(const struct model_client *client, struct http_request *request)
{
	request_init(request, client, REQUEST_MODELS_PATH, "application/json");
	client_authorise(client, request);
}

void
server_health_request(const struct model_client *client, struct http_request *request)
{
	if (model_is_llama_server(client))
		request_init(request, client, "/health", "application/json");
	else
		server_models_request(client, request);
}

void
server_props_request(const struct model_client *client, struct http_request *request)
{
	request_init(request, client, "/props", "application/json");
	client_authorise(client, request);
}

/* As a value in the query of a URL. */
static void
put_query_value(struct buf *out, const char *value)
{
	for (; *value; value++) {
		unsigned char c = (unsigned char)*value;

		if ((c < 0x80 && isalnum(c)) || strchr("-._~", c))
			buf_putc(out, *value);
		else
			buf_printf(out, "%%%02X", c);
	}
}

void
server_model_props_request(const struct model_client *client, struct http_request *request)
{
	struct buf path = {0};

	buf_puts(&path, "/props?model=");
	put_query_value(&path, client->model);
	buf_puts(&path, "&autoload=false");
	request_init(request, client, buf_text(&path), "application/json");
	client_authorise(client, request);
	buf_release(&path);
}

static int64_t
not_negative(int64_t n)
{
	return n > 0 ? n : 0;
}

static void
set_state(struct server_info *info, enum server_state state)
{
	info->state = state;
	if (server_state_is_up(state))
		info->error = (struct err){0};
}

static enum server_state
state_of_error(enum err_code code)
{
	switch (code) {
	case ERR_LOADING:
		return SERVER_LOADING;
	case ERR_UNAUTHORISED:
		return SERVER_UNAUTHORISED;
	case ERR_UNREACHABLE:
		return SERVER_NOT_RUNNING;
	case ERR_TIMEOUT:
		return SERVER_TIMED_OUT;
	default:
		return SERVER_FAILING;
	}
}

/* {"status":"ok"}; and while loading, {"status":"loading model"} from servers before 2025. */
static const char *
status_of(const cJSON *body)
{
	return json_string(body, "status", "");
}

static void
refuse_health(struct server_info *info, const struct model_client *client, const struct http_head *head,
        const cJSON *json, const char *body, size_t len)
{
	const char *secret = client_secret(client);

	if (head->status == 503 && strcmp(status_of(json), "loading model") == 0)
		err_set(&info->error, ERR_LOADING, "Loading model");
	else if (head->status >= 300 && head->status < 400)
		server_error_redirect(head, secret, &info->error);
	else if (head->status >= 400)
		server_error_from_body(head, body, len, false, secret, &info->error);
	else
		err_set(&info->error, ERR_SERVER, "what answers is no %s: is the endpoint right?",
		        model_is_llama_server(client) ? "llama-server" : "server of OpenAI's API");
	set_state(info, state_of_error(info->error.code));
}

static void
copy_name(char *to, size_t size, const char *from, const char *secret)
{
	struct buf name = {0};
	size_t n;

	secret_append_name(&name, from, strlen(from), secret);
	n = utf8_floor(buf_text(&name), strnlen(buf_text(&name), size - 1));
	memcpy(to, buf_text(&name), n);
	to[n] = '\0';
	buf_release(&name);
}

/* The model that the client asks for, as vLLM and SGLang tell of it. */
static void
read_listed_model(struct server_info *info, const struct model_client *client, const cJSON *list)
{
	info->listed = false;
	copy_name(info->model, sizeof(info->model), client->model, client_secret(client));
	for (const cJSON *model = list->child; model; model = model->next)
		if (strcmp(json_string(model, "id", ""), client->model) == 0) {
			info->listed = true;
			info->n_ctx = not_negative(json_int(model, "max_model_len", 0));
			info->inputs = model_input_listed(json_get(model, "architecture"));
		}
}

/* A list may be longer than what is read of it. */
static void
judge_list(struct server_info *info, const struct model_client *client, const struct http_head *head, const char *body,
        size_t len)
{
	cJSON *json = json_parse_beginning(body, len);
	const cJSON *list = json_get(json, "data");

	if (head->status == 200 && cJSON_IsArray(list)) {
		set_state(info, SERVER_READY);
		read_listed_model(info, client, list);
	} else {
		refuse_health(info, client, head, json, body, len);
	}
	cJSON_Delete(json);
}

static void
judge_health(struct server_info *info, const struct model_client *client, const struct http_head *head,
        const char *body, size_t len)
{
	struct err unused;
	cJSON *json = json_parse(body, len, &unused);

	info->is_llama_server = strcmp(head->server, "llama.cpp") == 0;
	if (head->status == 200 && (info->is_llama_server || strcmp(status_of(json), "ok") == 0))
		set_state(info, SERVER_READY);
	else
		refuse_health(info, client, head, json, body, len);
	cJSON_Delete(json);
}

void
server_health(struct server_info *info, const struct model_client *client, const struct http_head *head,
        const char *body, size_t len)
{
	if (model_is_llama_server(client))
		judge_health(info, client, head, body, len);
	else
		judge_list(info, client, head, body, len);
}

/* A server without an alias says its model's path twice; a person knows it by its last part. */
static void
set_model(struct server_info *info, const cJSON *props, const char *secret)
{
	const char *path = json_string(props, "model_path", ""), *name = json_string(props, "model_alias", "");

	if (!*name || strcmp(name, path) == 0) {
		name = path;
		for (const char *c = path; *c; c++)
			if ((*c == '/' || *c == '\\') && c[1])
				name = c + 1;
	}
	copy_name(info->model, sizeof(info->model), name, secret);
}

/* Whether it sleeps, where it says so. */
static void
read_sleep(struct server_info *info, const cJSON *props)
{
	const cJSON *sleeps = json_get(props, "is_sleeping");

	info->tells_sleep = cJSON_IsBool(sleeps);
	if (cJSON_IsTrue(sleeps))
		set_state(info, SERVER_SLEEPING);
	else if (info->state == SERVER_SLEEPING)
		set_state(info, SERVER_READY);
}

static void
read_props(struct server_info *info, const cJSON *props, const char *secret)
{
	int64_t slots = not_negative(json_int(props, "total_slots", 0));

	info->router = strcmp(json_string(props, "role", ""), "router") == 0;
	info->n_ctx = not_negative(json_int(json_get(props, "default_generation_settings"), "n_ctx", 0));
	info->slots = slots < 1 << 20 ? (int)slots : 0;
	copy_name(info->build, sizeof(info->build), json_string(props, "build_info", ""), secret);
	read_sleep(info, props);
	info->model[0] = '\0';
	info->inputs = info->router ? 0 : model_input_of_props(json_get(props, "modalities"));
	if (!info->router)
		set_model(info, props, secret);
}

void
server_props(struct server_info *info, const struct model_client *client, const struct http_head *head,
        const char *body, size_t len)
{
	struct err err;

	if (head->status == 200) {
		cJSON *props = json_parse(body, len, &err);

		if (cJSON_IsObject(props))
			read_props(info, props, client_secret(client));
		cJSON_Delete(props);
	} else if (head->status >= 400) {
		server_error_from_body(head, body, len, false, client_secret(client), &err);
		if (err.code != ERR_UNAUTHORISED && err.code != ERR_LOADING)
			return;
		info->error = err;
		set_state(info, state_of_error(err.code));
	}
}

bool
server_model_props(struct server_info *info, const struct http_head *head, const char *body, size_t len)
{
	struct err unused;
	cJSON *props = head->status == 200 ? json_parse(body, len, &unused) : NULL;
	const cJSON *settings = json_get(props, "default_generation_settings");
	int64_t n_ctx = not_negative(json_int(settings, "n_ctx", 0));

	if (n_ctx > 0) {
		info->n_ctx = n_ctx;
		info->inputs = model_input_of_props(json_get(props, "modalities"));
	}
	read_sleep(info, props);
	cJSON_Delete(props);
	return n_ctx > 0;
}

/* One that failed to load is called unloaded besides. */
static const char *
model_state(const cJSON *model)
{
	static const char *const words[] = {"loaded", "loading", "unloaded", "sleeping", "downloading"};
	const cJSON *status = json_get(model, "status");
	const char *value = json_string(status, "value", "");

	if (cJSON_IsTrue(json_get(status, "failed")))
		return "failed";
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(value, words[i]) == 0)
			return words[i];
	return "";
}

static void
tell_model(const cJSON *model, const char *secret, server_tell_model *tell, void *arg)
{
	const char *name = json_string(model, "id", "");
	struct buf shown = {0};

	secret_append_name(&shown, name, strlen(name), secret);
	tell(arg, buf_text(&shown), model_state(model), model_input_listed(json_get(model, "architecture")));
	buf_release(&shown);
}

void
server_models(const struct model_client *client, const struct http_head *head, const char *body, size_t len,
        server_tell_model *tell, void *arg)
{
	struct err unused;
	cJSON *json = head->status == 200 ? json_parse(body, len, &unused) : NULL;
	const cJSON *list = json_get(json, "data"), *model;

	for (model = cJSON_IsArray(list) ? list->child : NULL; model; model = model->next) {
		const char *name = json_string(model, "id", "");

		if (*name && strlen(name) <= SERVER_MODEL_MAX)
			tell_model(model, client_secret(client), tell, arg);
	}
	cJSON_Delete(json);
}

void
server_broken(struct server_info *info, const struct err *broken)
{
	info->error = *broken;
	set_state(info, state_of_error(broken->code));
}
