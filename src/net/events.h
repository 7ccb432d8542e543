/*
 * events.h - chat events as records of the queue, both ways: the net thread writes them, the UI thread reads them.
 */
#ifndef FLYNN_NET_EVENTS_H
#define FLYNN_NET_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/queue.h"
#include "llama/chat.h"

/*
 * Records on their way into a queue that may be full: what did not fit waits in `held`, in order, at most the events of
 * one SSE item long.
 */
struct event_writer {
	struct queue *queue;
	uint64_t id;
	struct buf held;
};

/* False when something is held. */
bool event_write(struct event_writer *, const struct chat_event *);
bool event_write_record(struct event_writer *, uint16_t type, const void *data, size_t size);

/* Moves what is held into the queue. True: nothing is held any more. */
bool event_write_held(struct event_writer *);

/* Not of a stream: ids of the two may be the same. */
bool event_is_of_watch(const struct queue_record *);

/* A record of a stream as the chat event that it carries; false for NET_END. The event's text points
 * into the record. */
bool event_read(const struct queue_record *, struct chat_event *);

#endif
