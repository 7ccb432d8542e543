/*
 * play.h - a body played to a struct reply in pieces, and what came of it as one line of text:
 *
 *	model(m) content(Hi) finish(stop) usage(30,24,0) | complete
 *	content(Hi) | incomplete: the stream ended without a finish_reason; the reply is incomplete
 */
#ifndef FLYNN_TESTS_LLAMA_PLAY_H
#define FLYNN_TESTS_LLAMA_PLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct play {
	bool openai;              /* of that provider, else of llamacpp */
	bool whole;               /* asked without streaming */
	int status;               /* 0: 200 */
	const char *reason;       /* NULL: "" */
	const char *content_type; /* NULL: text/event-stream, or application/json for `whole` */
	const char *location;     /* NULL: "" */
	bool no_head;             /* broken before it */
	struct err broken;        /* code ERR_NONE: the body ended as it should */
	size_t first;             /* bytes of the first piece; 0: as the others */
	size_t every;             /* bytes of the others; 0: all the rest */
	bool hold;                /* the sink says false each time */
	const char *token;        /* the client's; NULL: PLAY_TOKEN */
};

#define PLAY_TOKEN "sk-secret" /* the client's auth token */

/* Appends to `out`. Ends the program when the reply breaks its contract. */
void play(const struct play *, const char *body, size_t len, struct buf *out);

#endif
