/*
 * request.c - the body of a chat, in the dialect of its provider. Small members are made into a tree first, the messages are not.
 */
#include "llama/request.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/size_words.h"
#include "llama/body_writer.h"
#include "llama/client_secret.h"
#include "llama/content.h"
#include "llama/http_body.h"
#include "llama/parameters.h"

/* ---- parameters ---- */

bool
request_add_value(cJSON *root, const char *name, cJSON *value)
{
	if (value && cJSON_AddItemToObject(root, name, value))
		return true;
	cJSON_Delete(value);
	return false;
}

static bool
add_logprobs(cJSON *root, cJSON *value)
{
	return cJSON_AddTrueToObject(root, "logprobs") && request_add_value(root, "top_logprobs", value);
}

/* The form that every OpenAI-compatible server takes. */
static bool
add_json_schema(cJSON *root, cJSON *value)
{
	cJSON *format = cJSON_AddObjectToObject(root, "response_format"), *schema = NULL;

	if (format && cJSON_AddStringToObject(format, "type", "json_schema"))
		schema = cJSON_AddObjectToObject(format, "json_schema");
	if (schema && cJSON_AddStringToObject(schema, "name", "reply"))
		return request_add_value(schema, "schema", value);
	cJSON_Delete(value);
	return false;
}

/* Each is a member of its own name, but for those that have a function. */
bool
request_add_parameter(cJSON *root, const struct parameter *p, cJSON *value)
{
	static const struct {
		const char *name;
		bool (*add)(cJSON *root, cJSON *value);
	} others[] = {{"logprobs", add_logprobs}, {"json_schema", add_json_schema}};

	for (size_t i = 0; value && i < ARRAY_LEN(others); i++)
		if (strcmp(p->name, others[i].name) == 0)
			return others[i].add(root, value);
	if (!cJSON_HasObjectItem(root, p->name))
		return request_add_value(root, p->name, value);
	cJSON_Delete(value);
	return true;
}

static bool
add_parameters(cJSON *root, const struct parameters *set, const struct request_dialect *dialect)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; set && i < n; i++) {
		const char *json = parameters_get(set, &table[i]);

		if (json && !dialect->add_parameter(root, &table[i], cJSON_Parse(json)))
			return false;
	}
	return true;
}

/* ---- what a model's configuration adds unchecked ---- */

static bool add_members(cJSON *to, const cJSON *from);

/* Both are objects: as chat_template_kwargs is, of which thinking is one member. */
static bool
add_member(cJSON *to, const cJSON *member)
{
	cJSON *there = cJSON_GetObjectItemCaseSensitive(to, member->string);

	if (cJSON_IsObject(there) && cJSON_IsObject(member))
		return add_members(there, member);
	return there || request_add_value(to, member->string, cJSON_Duplicate(member, true));
}

/* What is there already wins: it was set later. */
static bool
add_members(cJSON *to, const cJSON *from)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, from) if (!add_member(to, member)) return false;
	return true;
}

static bool
add_extra(cJSON *root, const char *extra)
{
	cJSON *object = extra ? cJSON_Parse(extra) : NULL;
	bool added = !extra || add_members(root, object);

	cJSON_Delete(object);
	return added;
}

/* ---- what flynn itself asks for ---- */

static bool
add_own(cJSON *root, const struct chat_request *request, const struct request_dialect *dialect)
{
	cJSON *own = cJSON_CreateObject();
	bool added = dialect->add_own(own, request) && add_members(root, own);

	cJSON_Delete(own);
	return added;
}

/* All but the messages, which are there for add_extra only: it may not add others. NULL when there is no memory. */
static char *
print_members(
        const struct model_client *client, const struct chat_request *request, const struct request_dialect *dialect)
{
	cJSON *root = cJSON_CreateObject();
	char *text = NULL;

	if (cJSON_AddNullToObject(root, "messages") &&
	        (!client->model || cJSON_AddStringToObject(root, "model", client->model)) &&
	        cJSON_AddBoolToObject(root, "stream", request->stream) &&
	        add_parameters(root, request->parameters, dialect) && add_extra(root, client->extra) &&
	        add_own(root, request, dialect)) {
		cJSON_DeleteItemFromObjectCaseSensitive(root, "messages");
		text = cJSON_PrintUnformatted(root);
	}
	cJSON_Delete(root);
	return text;
}

/* Others have no more than this of what flynn asks a llama-server for. */
static bool
is_of_every_server(const char *path)
{
	return strcmp(path, REQUEST_CHAT_PATH) == 0 || strcmp(path, REQUEST_MODELS_PATH) == 0;
}

void
request_init(struct http_request *out, const struct model_client *client, const char *path, const char *accept)
{
	assert(client->provider->is_llama_server || is_of_every_server(path));
	*out = (struct http_request){
	        .url = endpoint_url(&client->endpoint, path),
	        .accept = mem_strdup(accept),
	        .server_name = mem_strdup(client->server_name),
	        .ca_file = mem_strdup(client->ca_file),
	        .insecure = client->insecure,
	};
	endpoint_copy(&out->endpoint, &client->endpoint);
}

/* ---- the body, in steps ---- */

struct request_encoder {
	struct model_encoder encoder;
	const struct model_client *client;
	const struct request_dialect *dialect;
	struct chat_request request; /* its messages are borrowed */
	struct http_request http;
	char *members; /* the rest of the body after the messages; NULL: there was no memory */
	struct body_writer writer;
	size_t next; /* message to be put */
	bool all_put;
};

struct model_encoder *
request_encoder_new(const struct model_client *client, const struct chat_request *request, const char *path,
        const struct request_dialect *dialect)
{
	struct request_encoder *e = mem_alloc(sizeof(*e));

	e->client = client;
	e->dialect = dialect;
	e->request = *request;
	e->members = print_members(client, request, dialect);
	request_init(&e->http, client, path ? path : REQUEST_CHAT_PATH,
	        request->stream ? "text/event-stream" : "application/json");
	client_authorise(client, &e->http);
	e->http.stream_id = mem_strdup(request->stream_id);
	body_writer_plain(&e->writer, "{\"messages\":[");
	return &e->encoder;
}

void
request_encoder_free(struct model_encoder *encoder)
{
	struct request_encoder *e = (struct request_encoder *)encoder;

	cJSON_free(e->members);
	http_request_release(&e->http);
	body_writer_release(&e->writer);
	free(e);
}

static void
put_message(struct body_writer *w, const struct chat_message *m, const struct request_dialect *dialect)
{
	body_writer_plain(w, "{\"role\":\"");
	body_writer_plain(w, chat_role_name(m->role));
	body_writer_plain(w, "\",");
	content_put(m, w);
	if (m->reasoning && dialect->sends_reasoning) {
		body_writer_plain(w, ",\"reasoning_content\":\"");
		body_writer_text(w, m->reasoning, strlen(m->reasoning));
		body_writer_plain(w, "\"");
	}
	body_writer_plain(w, "}");
}

static void
put_next(struct request_encoder *e)
{
	if (e->next < e->request.n_messages) {
		if (e->next > 0)
			body_writer_plain(&e->writer, ",");
		put_message(&e->writer, &e->request.messages[e->next++], e->dialect);
		return;
	}
	body_writer_plain(&e->writer, "],");
	body_writer_plain(&e->writer, e->members + 1);
	e->all_put = true;
}

/* A server closes the connection while it is sent one that is larger, often without an answer. */
static bool
is_within_limit(const struct http_request *r, bool is_llama_server, struct err *err)
{
	size_t length = http_body_length(r);
	char words[SIZE_WORDS_MAX];

	if (length <= REQUEST_BODY_MAX)
		return true;
	size_words((int64_t)length, words);
	return err_set(err, ERR_LIMIT, "the request has %s, and %s %d MiB at most: %s", words,
	        is_llama_server ? "llama-server takes" : "flynn sends", REQUEST_BODY_MAX >> 20,
	        r->n_inserts > 0 ? "attach less; pictures and sounds of earlier prompts are sent again"
	                         : "the conversation is too long");
}

static enum model_encoded
finish(struct request_encoder *e, struct http_request *out, struct err *err)
{
	e->http.body_len = e->writer.body.len;
	e->http.body = buf_take(&e->writer.body);
	if (!is_within_limit(&e->http, e->client->provider->is_llama_server, err))
		return MODEL_NOT_ENCODED;
	*out = e->http;
	e->http = (struct http_request){0};
	return MODEL_ENCODED;
}

enum model_encoded
request_encoder_step(struct model_encoder *encoder, size_t most, struct http_request *out, struct err *err)
{
	struct request_encoder *e = (struct request_encoder *)encoder;
	size_t made = 0;

	if (!e->members) {
		err_set(err, ERR_SYSTEM, "no memory for the request");
		return MODEL_NOT_ENCODED;
	}
	for (;;) {
		made += body_writer_step(&e->writer, most - made, &e->http);
		if (made >= most)
			return MODEL_ENCODES;
		if (e->all_put)
			return finish(e, out, err);
		put_next(e);
	}
}
