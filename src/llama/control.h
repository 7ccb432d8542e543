/*
 * control.h - POST /v1/chat/completions/control: what can be asked of a reply that is on its way (llama-server's README,
 * "reasoning_control").
 */
#ifndef FLYNN_LLAMA_CONTROL_H
#define FLYNN_LLAMA_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "llama/http.h"
#include "llama/model_client.h"

/* Asks that the reply of this id (CHAT_EVENT_ID) ends its thinking and answers. False: there is no memory. */
bool control_end_thinking(const struct model_client *, const char *id, struct http_request *, struct err *) MUST_USE;

/* What the server says to it. False: it does not, and err has its words. */
bool control_answer(const struct model_client *, int status, const char *body, size_t n, struct err *) MUST_USE;

#endif
