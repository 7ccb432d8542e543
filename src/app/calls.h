/*
 * calls.h - small requests beside the replies, such as the end of a thought: each is answered by a function of its own.
 */
#ifndef FLYNN_APP_CALLS_H
#define FLYNN_APP_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/queue.h"
#include "llama/http.h"

struct app;

/* Whole, or broken: then there is no status. */
struct call_answer {
	int status;
	const char *body; /* followed by a NUL */
	size_t n;
	struct err broken; /* ERR_NONE: it is not */
};

/* On the UI thread. `about` is the caller's: what was asked about may be gone by now. */
typedef void calls_answered(struct app *, uint64_t about, const struct call_answer *);

void calls_init(struct app *);
void calls_release(struct app *);

/* Takes the request, which may last for so long. Where it cannot be sent it is answered at once, as broken. */
void calls_send(struct app *, struct http_request *takes, int64_t limit_ms, calls_answered *, uint64_t about);

/* A record of an answer, NET_ANSWER_BODY or NET_ANSWER. */
void calls_take(struct app *, const struct queue_record *);

#endif
