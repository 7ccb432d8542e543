/*
 * slot_watch.h - asks a server for its slots, again and again, on behalf of one stream: while no byte of its answer has come,
 * whether it waits for a free slot; and after it was stopped, whether its slot is free. One request is in flight at the
 * most. Known to worker_thread.c only.
 */
#ifndef FLYNN_NET_SLOT_WATCH_H
#define FLYNN_NET_SLOT_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/queue.h"
#include "llama/model_client.h"
#include "llama/slot_trace.h"
#include "net/transport.h"

struct slot_watch;

/* Zeroed to begin with. */
struct slot_watches {
	struct transport *transport;
	struct queue *queue;
	struct slot_watch **items;
	size_t n;
};

void slot_watches_release(struct slot_watches *);

/* Of a stream that begins: writes a NET_SLOTS under its id whenever something else is known, until it is dropped. */
void slot_watches_wait(struct slot_watches *, uint64_t stream, const struct model_client *);
/* The time-out of a stream counts from here (clock_ms): until then all slots were seen to be busy. 0: they were not. */
int64_t slot_watches_patient_ms(const struct slot_watches *, uint64_t stream);

/* Of a stream that is being stopped: writes one NET_STOPPED under `id`, five seconds later at the most. */
void slot_watches_stop(struct slot_watches *, uint64_t id, const struct model_client *, const struct slot_trace *);

/* For tests: all waits are so many times shorter from now on. Before the net thread is started. */
void slot_watch_hasten(int times);

/* Unknown ids are fine. */
void slot_watches_drop(struct slot_watches *, uint64_t id);

/* True: something waits for room in the queue. */
bool slot_watches_turn(struct slot_watches *, int64_t now_ms);
int64_t slot_watches_deadline_ms(const struct slot_watches *); /* clock_ms(); INT64_MAX: never */

#endif
