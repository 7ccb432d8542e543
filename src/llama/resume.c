/*
 * resume.c - three requests, and what is read of their answers.
 */
#include "llama/resume.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/request.h"

static void
init_for(const struct model_client *client, char *takes_path, const char *accept, struct http_request *out)
{
	request_init(out, client, takes_path, accept);
	client_authorise(client, out);
	free(takes_path);
}

void
resume_rest(const struct model_client *client, const char *id, uint64_t from, struct http_request *out)
{
	char *path = mem_printf("/v1/stream?conv_id=%s&from=%llu", id, (unsigned long long)from);

	init_for(client, path, "text/event-stream", out);
}

void
resume_stop(const struct model_client *client, const char *id, struct http_request *out)
{
	init_for(client, mem_printf("/v1/stream?conv_id=%s", id), "application/json", out);
	out->method = "DELETE";
}

void
resume_find(const struct model_client *client, const char *id, struct http_request *out)
{
	init_for(client, mem_strdup("/v1/streams/lookup"), "application/json", out);
	out->body = mem_printf("{\"conversation_ids\":[\"%s\"]}", id);
	out->body_len = strlen(out->body);
}

enum resume_answer
resume_judge(const struct http_head *head)
{
	static const char type[] = "text/event-stream";

	if (head->status == 200 && strncasecmp(head->content_type, type, strlen(type)) == 0)
		return RESUME_REST;
	if (head->status == 400)
		return RESUME_PAST;
	return head->status >= 500 && head->status < 600 ? RESUME_LATER : RESUME_GONE;
}

bool
resume_found(int status, const char *body, size_t n, const char *id)
{
	struct err ignored;
	cJSON *root = status == 200 ? json_parse(body, n, &ignored) : NULL;
	const cJSON *item;
	bool found = false;

	cJSON_ArrayForEach(item, root) found |= strcmp(json_string(item, "conversation_id", ""), id) == 0;
	cJSON_Delete(root);
	return found;
}
