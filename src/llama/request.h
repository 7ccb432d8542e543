/*
 * request.h - the JSON body of POST /v1/chat/completions.
 */
#ifndef FLYNN_LLAMA_REQUEST_H
#define FLYNN_LLAMA_REQUEST_H

#include "llama/chat.h"

/* NUL-terminated, to be freed by the caller; NULL when there is no memory. `model` NULL: the server's own. What is not
 * asked for is left out, so that the server's defaults hold. */
char *request_encode(const struct chat_request *, const char *model);

#endif
