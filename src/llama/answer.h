/*
 * answer.h - what the head of an answer says about its body.
 */
#ifndef FLYNN_LLAMA_ANSWER_H
#define FLYNN_LLAMA_ANSWER_H

#include <stdbool.h>

#include "base/err.h"
#include "llama/http.h"
#include "llama/model_client.h"

enum answer {
	ANSWER_STREAM,  /* events */
	ANSWER_WHOLE,   /* one JSON object */
	ANSWER_REFUSAL, /* 4xx or 5xx: the body says why */
	ANSWER_NONE,    /* no reply: err says why */
};

/* `stream`: what was asked for decides where there is no content type. A server or a proxy may answer a request for a
 * stream as a whole, or the other way round: nothing is lost by it. The client is the one that asked: its
 * token is hidden as in server_error.h. */
enum answer answer_judge(const struct http_head *, bool stream, const struct model_client *, struct err *);

#endif
