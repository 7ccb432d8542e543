/*
 * request.h - what a llama-server is sent: the frame of every request, and the body of POST /v1/chat/completions.
 */
#ifndef FLYNN_LLAMA_REQUEST_H
#define FLYNN_LLAMA_REQUEST_H

#include <stdbool.h>

#include "base/err.h"
#include "llama/chat.h"
#include "llama/http.h"
#include "llama/model_client.h"

enum {
	REQUEST_BODY_MAX = 100 << 20, /* bytes, of cpp-httplib's CPPHTTPLIB_PAYLOAD_MAX_LENGTH in llama-server */
};

/* A GET of {root}{path}, without the auth token; released by the caller. */
void request_init(struct http_request *, const struct model_client *, const char *path, const char *accept);

/* The chat as a POST, in steps: see model_client.h. What is not asked for is left out of it, so that the server's defaults hold. The
 * path may be another one, for what llama-server tells of a chat without answering it; NULL: that of chats. */
struct model_encoder *request_encoder_new(const struct model_client *, const struct chat_request *, const char *path);
void request_encoder_free(struct model_encoder *);
enum model_encoded request_encoder_step(struct model_encoder *, size_t most, struct http_request *, struct err *);

#endif
