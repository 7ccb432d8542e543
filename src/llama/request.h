/*
 * request.h - what a server is sent: the frame of every request, and the body of POST /v1/chat/completions in a provider's dialect.
 */
#ifndef FLYNN_LLAMA_REQUEST_H
#define FLYNN_LLAMA_REQUEST_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/err.h"
#include "llama/chat.h"
#include "llama/http.h"
#include "llama/model_client.h"
#include "llama/parameter.h"

#define REQUEST_CHAT_PATH   "/v1/chat/completions"
#define REQUEST_MODELS_PATH "/v1/models"

enum {
	REQUEST_BODY_MAX = 100 << 20, /* bytes, of cpp-httplib's CPPHTTPLIB_PAYLOAD_MAX_LENGTH in llama-server */
};

/* A GET of {root}{path}, without the auth token; released by the caller. A server that is no llama-server may be asked for the two
 * paths above only. */
void request_init(struct http_request *, const struct model_client *, const char *path, const char *accept);

/* What one provider sends otherwise than another. */
struct request_dialect {
	/* Takes the value. False: there is no memory. */
	bool (*add_parameter)(cJSON *root, const struct parameter *, cJSON *value);
	/* What flynn itself asks for, unless `extra` says otherwise. */
	bool (*add_own)(cJSON *own, const struct chat_request *);
	bool sends_reasoning; /* messages have their reasoning_content */
};

/* The forms that every OpenAI-compatible server takes. Both take the value. False: there is no memory. */
bool request_add_parameter(cJSON *root, const struct parameter *, cJSON *value) MUST_USE;
bool request_add_value(cJSON *root, const char *name, cJSON *value) MUST_USE;

/* The chat as a POST, in steps: see model_client.h. What is not asked for is left out of it, so that the server's defaults hold. The
 * path may be another one, for what llama-server tells of a chat without answering it; NULL: that of chats. */
struct model_encoder *request_encoder_new(
        const struct model_client *, const struct chat_request *, const char *path, const struct request_dialect *);
void request_encoder_free(struct model_encoder *);
enum model_encoded request_encoder_step(struct model_encoder *, size_t most, struct http_request *, struct err *);

#endif
