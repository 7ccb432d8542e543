/*
 * watch.h - watches one server: when to ask for its health, and the state that follows from its answers. Known to worker_thread.c
 * only.
 */
#ifndef FLYNN_NET_WATCH_H
#define FLYNN_NET_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/queue.h"
#include "llama/model_client.h"
#include "net/events.h"
#include "net/transport.h"

enum {
	WATCH_CLIENTS_MAX = 8,
};

struct watch;

struct watch *watch_new(
        struct transport *, struct queue *, uint64_t id, const struct model_client *const *clients, size_t n);
void watch_free(struct watch *);
uint64_t watch_id(const struct watch *);

/* Asks at once, unless it is asking already, and tells the state even if it is still the same. */
void watch_probe(struct watch *);

/* A stream of this client has just received bytes, which is as good as a probe. */
void watch_heard(struct watch *, const struct model_client *);
/* A stream of this client has failed: look at once. */
void watch_doubt(struct watch *, const struct model_client *);

/* Readable once the server's process has ended: watch_gone then. -1: that cannot be known. */
int watch_fd(const struct watch *);
void watch_gone(struct watch *);

/* Starts, ends and times out probes as `now_ms` demands, and writes what has changed. False: the queue is full, call
 * again when there is room. */
bool watch_turn(struct watch *, int64_t now_ms);
int64_t watch_deadline_ms(const struct watch *); /* when to call watch_turn next, in clock_ms() */

#endif
