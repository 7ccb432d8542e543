/*
 * token.c - whatever the fast reader of tokens takes, cJSON must take too, and find the same in it. The fast reader is
 * handed copies of the exact size, so that AddressSanitizer sees a read after them.
 */
#include "llama/token.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llama/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_equal(const struct token_text *have, const char *want)
{
	if (have->n != strlen(want) || (have->n > 0 && memcmp(have->s, want, have->n) != 0))
		abort();
}

static void
compare(const struct token *token, const char *json, size_t n)
{
	struct err err;
	cJSON *root = json_parse(json, n, &err);
	const cJSON *choices = json_get(root, "choices"), *choice = cJSON_GetArrayItem(choices, 0);
	const cJSON *delta = json_get(choice, "delta");

	if (!root || cJSON_GetArraySize(choices) != 1 || json_get(root, "error") || json_get(root, "usage"))
		abort();
	if (json_int(choice, "index", 0) != 0 || json_string(choice, "finish_reason", NULL))
		abort();
	must_equal(&token->model, json_string(root, "model", ""));
	must_equal(&token->content, json_string(delta, "content", ""));
	must_equal(&token->reasoning, json_string(delta, "reasoning_content", ""));
	cJSON_Delete(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct token token;
	char *json = mem_realloc(NULL, size);

	if (size > 0)
		memcpy(json, data, size);
	if (token_read(json, size, &token))
		compare(&token, json, size);
	free(json);
	return 0;
}
