/*
 * token_count.c - the body of a chat there, one number back.
 */
#include "llama/token_count.h"

#include "llama/json.h"
#include "llama/request.h"
#include "llama/server_error.h"

enum token_count_answer
token_count_read(int status, const char *body, size_t n, int64_t *tokens)
{
	struct err ignored;
	cJSON *root;

	if (status != 200)
		return server_error_is_no_path(status) ? TOKEN_COUNT_UNKNOWN : TOKEN_COUNT_REFUSED;
	root = json_parse(body, n, &ignored);
	*tokens = json_int(root, "input_tokens", -1);
	cJSON_Delete(root);
	return *tokens >= 0 ? TOKEN_COUNT_TOLD : TOKEN_COUNT_UNKNOWN;
}
