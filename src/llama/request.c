/*
 * request.c - the fields that llama-server is sent, and no other.
 */
#include "llama/request.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/mem.h"

static bool
add_message(cJSON *messages, const struct chat_message *m)
{
	cJSON *object = cJSON_CreateObject();

	if (!cJSON_AddItemToArray(messages, object)) {
		cJSON_Delete(object);
		return false;
	}
	return cJSON_AddStringToObject(object, "role", chat_role_name(m->role)) &&
	       cJSON_AddStringToObject(object, "content", m->content) &&
	       (!m->reasoning || cJSON_AddStringToObject(object, "reasoning_content", m->reasoning));
}

static bool
add_messages(cJSON *root, const struct chat_request *request)
{
	cJSON *messages = cJSON_AddArrayToObject(root, "messages");

	for (size_t i = 0; messages && i < request->n_messages; i++)
		if (!add_message(messages, &request->messages[i]))
			return false;
	return messages != NULL;
}

/* usage, and how far the prompt is read, come only when asked for. */
static bool
add_stream(cJSON *root)
{
	cJSON *options = cJSON_AddObjectToObject(root, "stream_options");

	return options && cJSON_AddTrueToObject(options, "include_usage") &&
	       cJSON_AddTrueToObject(root, "return_progress");
}

/* Templates know the one or the other, or neither. */
static bool
add_no_thinking(cJSON *root)
{
	cJSON *arguments = cJSON_AddObjectToObject(root, "chat_template_kwargs");

	return arguments && cJSON_AddFalseToObject(arguments, "enable_thinking") &&
	       cJSON_AddStringToObject(root, "reasoning_effort", "none");
}

/* NULL when there is no memory. */
static char *
encode_body(const struct chat_request *request, const char *model)
{
	cJSON *root = cJSON_CreateObject();
	char *text = NULL;

	if (add_messages(root, request) && (!model || cJSON_AddStringToObject(root, "model", model)) &&
	        cJSON_AddBoolToObject(root, "stream", request->stream) &&
	        (request->max_tokens == 0 ||
	                cJSON_AddNumberToObject(root, "max_tokens", (double)request->max_tokens)) &&
	        (!request->no_thinking || add_no_thinking(root)) && (!request->stream || add_stream(root)))
		text = cJSON_PrintUnformatted(root);
	cJSON_Delete(root);
	return text;
}

void
request_init(struct http_request *out, const struct model_client *client, const char *path, const char *accept)
{
	*out = (struct http_request){
	        .url = endpoint_url(&client->endpoint, path),
	        .accept = mem_strdup(accept),
	        .ca_file = mem_strdup(client->ca_file),
	        .insecure = client->insecure,
	};
	endpoint_copy(&out->endpoint, &client->endpoint);
}

bool
request_encode(const struct model_client *client, const struct chat_request *request, struct http_request *out,
        struct err *err)
{
	char *body = encode_body(request, client->model);

	if (!body)
		return err_set(err, ERR_SYSTEM, "no memory for the request");
	request_init(out, client, "/v1/chat/completions", request->stream ? "text/event-stream" : "application/json");
	out->body = body;
	out->body_len = strlen(body);
	out->auth_token = mem_strdup(client->auth_token);
	return true;
}
