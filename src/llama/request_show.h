/*
 * request_show.h - a request for people to read: its JSON indented, with what is in data: URLs left out; and what a server makes of
 * it, which is the prompt as its template has it (POST /apply-template) and how many tokens that has (POST
 * /v1/chat/completions/input_tokens; older servers: POST /tokenize of that prompt). Still older ones have neither.
 */
#ifndef FLYNN_LLAMA_REQUEST_SHOW_H
#define FLYNN_LLAMA_REQUEST_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/http.h"
#include "llama/model_client.h"

/* Appends the body, two blanks for each level. Before its message number `at` (from 0) stands that `left_out` others are not
 * there; 0: all are. False: it is no JSON. */
bool request_show_json(const char *body, size_t n, size_t at, size_t left_out, struct buf *out, struct err *) MUST_USE;

/* The path that the chat itself is sent to. A router is asked not to load its model for it, and refuses then; other servers do not
 * mind that. */
#define REQUEST_SHOW_PROMPT_PATH "/apply-template?autoload=false"

/* Its tokens, for a server that has no token_count.h. */
bool request_show_ask_tokenize(
        const struct model_client *, const char *prompt, struct http_request *, struct err *) MUST_USE;

/* The answers. False: there is none, and err has the server's words, or that it cannot say. The prompt is the caller's to free. */
bool request_show_prompt(
        const struct model_client *, int status, const char *body, size_t n, char **prompt, struct err *) MUST_USE;
bool request_show_tokens(
        const struct model_client *, int status, const char *body, size_t n, int64_t *tokens, struct err *) MUST_USE;

#endif
