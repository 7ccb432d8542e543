/*
 * resume.h - replies that llama-server keeps for a client that loses its connection (README-dev, "Resumable streaming"): GET and
 * DELETE /v1/stream, POST /v1/streams/lookup.
 *
 * A chat request with the header X-Conversation-Id goes on when its connection is closed. Its body is kept, 4 MiB of it at the
 * most, until five minutes after its end; offsets are bytes of the body, comments included.
 */
#ifndef FLYNN_LLAMA_RESUME_H
#define FLYNN_LLAMA_RESUME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "llama/http.h"
#include "llama/model_client.h"

/* As in struct model_resume. The id is one of our own: letters, digits and hyphens. */
void resume_rest(const struct model_client *, const char *stream_id, uint64_t from, struct http_request *);
void resume_stop(const struct model_client *, const char *stream_id, struct http_request *);
void resume_find(const struct model_client *, const char *stream_id, struct http_request *);

/* What the head of an answer to resume_rest says. */
enum resume_answer {
	RESUME_REST,  /* the body is the rest of the reply's */
	RESUME_LATER, /* somebody on the way could not reach the server */
	RESUME_PAST,  /* the server has dropped what comes next, and goes on with it for nobody */
	RESUME_GONE,  /* the server does not have it, or keeps none */
};

enum resume_answer resume_judge(const struct http_head *);

/* What the answer to resume_find says. */
bool resume_found(int status, const char *body, size_t n, const char *stream_id);

#endif
