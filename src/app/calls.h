/*
 * calls.h - small requests beside the replies, such as the end of a thought: each is answered by a function of its own.
 */
#ifndef FLYNN_APP_CALLS_H
#define FLYNN_APP_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/queue.h"
#include "llama/chat_order.h"
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

/* The same for a request about a chat, which the net thread encodes. */
void calls_send_about(struct app *, const struct model_client *, struct chat_order *takes, int64_t limit_ms,
        calls_answered *, uint64_t about);

/* The same for an answer of events, without a limit: see net_follow. Returns its id, 0 where it cannot be sent; calls_cancel
 * ends it, and then nothing is told. */
typedef void calls_event(struct app *, uint64_t about, const char *text, size_t n);
uint64_t calls_follow(struct app *, struct http_request *takes, calls_event *, calls_answered *ended, uint64_t about);
void calls_cancel(struct app *, uint64_t id); /* an id that is gone is fine */

/* A record of an answer: NET_ANSWER_BODY, NET_EVENT or NET_ANSWER. */
void calls_take(struct app *, const struct queue_record *);

#endif
