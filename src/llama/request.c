/*
 * request.c - the fields that llama-server is sent, and no other.
 */
#include "llama/request.h"

#include <cjson/cJSON.h>

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

char *
request_encode(const struct chat_request *request, const char *model)
{
	cJSON *root = cJSON_CreateObject();
	char *text = NULL;

	if (add_messages(root, request) && (!model || cJSON_AddStringToObject(root, "model", model)) &&
		cJSON_AddBoolToObject(root, "stream", request->stream) &&
		(request->max_tokens == 0 ||
			cJSON_AddNumberToObject(root, "max_tokens", (double)request->max_tokens)) &&
		(!request->stream || add_stream(root)))
		text = cJSON_PrintUnformatted(root);
	cJSON_Delete(root);
	return text;
}
