/*
 * control.c - {"id", "action"} there, {"success"} back.
 */
#include "llama/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/request.h"
#include "llama/server_error.h"

bool
control_end_thinking(const struct model_client *client, const char *id, struct http_request *out, struct err *err)
{
	cJSON *root = cJSON_CreateObject();
	char *body = cJSON_AddStringToObject(root, "id", id) && cJSON_AddStringToObject(root, "action", "reasoning_end")
	                     ? cJSON_PrintUnformatted(root)
	                     : NULL;

	cJSON_Delete(root);
	if (!body)
		return err_set(err, ERR_SYSTEM, "no memory for the request");
	request_init(out, client, "/v1/chat/completions/control", "application/json");
	out->body = body;
	out->body_len = strlen(body);
	client_authorise(client, out);
	return true;
}

/* 404 and 501 are older servers, and those that are no llama-server. */
static bool
refused(const struct model_client *client, int status, const char *body, size_t n, struct err *err)
{
	const struct http_head head = {
	        .status = status, .reason = "", .content_type = "", .location = "", .server = ""};

	if (status == 404 || status == 501)
		return err_set(err, ERR_SERVER, "this server cannot end a thought");
	return server_error_from_body(&head, body, n, false, client_secret(client), err);
}

static void
set_why(struct err *err, const char *message, const char *secret)
{
	char *words = server_error_words(message, strlen(message), secret);

	err_set(err, ERR_SERVER, "%s", *words ? words : "the server did not say whether it ends the thought");
	free(words);
}

bool
control_answer(const struct model_client *client, int status, const char *body, size_t n, struct err *err)
{
	struct err ignored;
	cJSON *root;
	bool done;

	if (status != 200)
		return refused(client, status, body, n, err);
	root = json_parse(body, n, &ignored);
	done = cJSON_IsTrue(json_get(root, "success"));
	if (!done)
		set_why(err, json_string(root, "message", ""), client_secret(client));
	cJSON_Delete(root);
	return done;
}
