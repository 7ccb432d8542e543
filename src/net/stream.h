/*
 * stream.h - one chat request on the net thread: its transfer, its reply, and what waits for room in the queue.
 * Known to worker.c only.
 */
#ifndef FLYNN_NET_STREAM_H
#define FLYNN_NET_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/queue.h"
#include "llama/model_client.h"
#include "net/events.h"
#include "net/transport.h"

struct stream {
	struct stream *next;
	const struct model_client *client;
	struct transfer *transfer; /* NULL once it was closed */
	struct reply *reply;
	struct event_writer events;
	struct buf rest; /* bytes of the body that came while the queue was full */
	int64_t started_ms;
	bool heard;  /* something was received; worker.c takes note and clears it */
	bool whole;  /* not streaming: its time-out is for all of it */
	bool paused; /* the transfer waits until nothing is held */
	bool over;   /* nothing more is taken from the transfer; `end` says why */
	bool ended;  /* the transfer has reported its end */
	bool broke;  /* … and `broken` says how */
	struct err broken, end;
	bool end_written; /* NET_END is in the queue, or held */
};

/* Takes the request. A request that cannot be started ends at once, with an error. */
struct stream *stream_new(struct transport *, struct queue *, uint64_t id, const struct model_client *,
        struct http_request *takes, bool streaming);
void stream_free(struct stream *);

/* It is of no interest any more: closes its connection. */
void stream_cancel(struct stream *);

/* Ends it when it was silent for too long. Its deadline in clock_ms(), or INT64_MAX. */
void stream_check_time(struct stream *, int64_t now_ms);
int64_t stream_deadline_ms(const struct stream *);

/* Moves on what was held, and closes what is over. True when its NET_END is in the queue: stream_free it. */
bool stream_turn(struct stream *);

/* Something waits for room in the queue. */
bool stream_is_held(const struct stream *);

#endif
