/*
 * answer.c - statuses and content types.
 */
#include "llama/answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "llama/client_secret.h"
#include "llama/server_error.h"

static bool
is_type(const char *content_type, const char *want)
{
	size_t n = strcspn(content_type, "; \t");

	return n == strlen(want) && strncasecmp(content_type, want, n) == 0;
}

static enum answer
refuse_status(const struct http_head *head, const char *secret, struct err *err)
{
	char *reason = server_error_words(head->reason, strlen(head->reason), secret);

	err_set(err, ERR_SERVER, "the server answered HTTP %d%s%s, which is no reply: is the endpoint right?",
	        head->status, *reason ? " " : "", reason);
	free(reason);
	return ANSWER_NONE;
}

static enum answer
refuse_type(const struct http_head *head, const struct model_client *client, struct err *err)
{
	char *type = server_error_words(head->content_type, strcspn(head->content_type, ";"), client_secret(client));

	err_set(err, ERR_SERVER, "the server answered with %s, which is no reply of %s: is the endpoint right?",
	        *type ? type : "an unnamed type", client->server_name);
	free(type);
	return ANSWER_NONE;
}

enum answer
answer_judge(const struct http_head *head, bool stream, const struct model_client *client, struct err *err)
{
	const char *type = head->content_type, *secret = client_secret(client);

	if (head->status >= 400 && head->status < 600)
		return ANSWER_REFUSAL;
	if (head->status >= 300 && head->status < 400) {
		server_error_redirect(head, secret, err);
		return ANSWER_NONE;
	}
	if (head->status < 200 || head->status >= 600 || head->status == 204 || head->status == 205)
		return refuse_status(head, secret, err);
	if (is_type(type, "text/event-stream") || (!*type && stream))
		return ANSWER_STREAM;
	if (is_type(type, "application/json") || !*type)
		return ANSWER_WHOLE;
	return refuse_type(head, client, err);
}
