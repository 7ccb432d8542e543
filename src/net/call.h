/*
 * call.h - one small request beside the chat streams, such as the end of a reply's thinking: its transfer, and its whole
 * answer on the way to the queue. A call that follows passes on the events of its answer as they come. Known to worker_thread.c
 * only.
 */
#ifndef FLYNN_NET_CALL_H
#define FLYNN_NET_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/queue.h"
#include "net/transport.h"

struct call;

enum {
	CALL_FOLLOWS = 0, /* for a limit: until its answer ends, or call_cancel */
};

/* Takes the request. One that cannot be started ends at once. `limit_ms`: for all of it. */
struct call *call_new(struct transport *, struct queue *, uint64_t id, struct http_request *takes, int64_t limit_ms);
/* One that could not be encoded: it ends at once, with this error. */
struct call *call_refuse(struct queue *, uint64_t id, const struct err *);
void call_free(struct call *);

uint64_t call_id(const struct call *);
void call_cancel(struct call *); /* closes its connection; it has no answer */

int64_t call_deadline_ms(const struct call *); /* clock_ms() */
bool call_is_held(const struct call *);        /* something waits for room in the queue */

/* True when its NET_ANSWER is in the queue: call_free it. */
bool call_turn(struct call *, int64_t now_ms);

#endif
