/*
 * token_count.h - POST /v1/chat/completions/input_tokens: how many tokens a chat is, before it is sent (llama-server's README).
 * The number is the prompt_tokens of the reply to the same chat; it is told above the context's size too.
 */
#ifndef FLYNN_LLAMA_TOKEN_COUNT_H
#define FLYNN_LLAMA_TOKEN_COUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/chat.h"
#include "llama/http.h"
#include "llama/model_client.h"

enum token_count_answer {
	TOKEN_COUNT_TOLD,
	TOKEN_COUNT_REFUSED, /* not of this chat, or not now */
	TOKEN_COUNT_UNKNOWN, /* this server cannot count: it is an older one, or none of llama.cpp */
};

/* The paths that a chat is sent to. The second one asks a router not to load the model for it: it refuses then. */
#define TOKEN_COUNT_PATH "/v1/chat/completions/input_tokens"
#define TOKEN_COUNT_PATH_ROUTER TOKEN_COUNT_PATH "?autoload=false"

enum token_count_answer token_count_read(int status, const char *body, size_t n, int64_t *tokens);

#endif
