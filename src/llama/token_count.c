/*
 * token_count.c - the body of a chat there, one number back.
 */
#include "llama/token_count.h"

#include "llama/json.h"
#include "llama/request.h"

bool
token_count_request(const struct model_client *client, const struct chat_request *chat, bool router,
        struct http_request *out, struct err *err)
{
	return request_encode_to(client, chat,
	        router ? "/v1/chat/completions/input_tokens?autoload=false" : "/v1/chat/completions/input_tokens", out,
	        err);
}

/* What servers say to a path that they do not have. */
static bool
is_no_such_path(int status)
{
	return status == 404 || status == 405 || status == 501;
}

enum token_count_answer
token_count_read(int status, const char *body, size_t n, int64_t *tokens)
{
	struct err ignored;
	cJSON *root;

	if (status != 200)
		return is_no_such_path(status) ? TOKEN_COUNT_UNKNOWN : TOKEN_COUNT_REFUSED;
	root = json_parse(body, n, &ignored);
	*tokens = json_int(root, "input_tokens", -1);
	cJSON_Delete(root);
	return *tokens >= 0 ? TOKEN_COUNT_TOLD : TOKEN_COUNT_UNKNOWN;
}
