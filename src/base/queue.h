/*
 * queue.h - a lock-free ring of variable-size records for one writer thread and one reader thread.
 *
 * A record is a type, an id and up to QUEUE_RECORD_MAX bytes, in line; larger things travel as owned pointers.
 * Nothing is allocated after queue_new. The two indices stand on cache lines of their own, and each side keeps a
 * copy of the other's, so that it reads the shared line only when the copy says full or empty.
 *
 * A side that waits says so first, then looks again:
 *
 *	reader: queue_sleep() says "I sleep" and is true if the queue is still empty; poll; queue_wake_up().
 *	writer: queue_wait_room() says "I wait" and is true if the room is still missing.
 *
 * The other side stores its index, then reads that flag. Both stores and both loads are sequentially consistent:
 * with release and acquire alone each side can miss the other's store in its store buffer, and the wake-up is lost
 * (tests/spin/queue.pml shows it). Wake-ups are plain callbacks, called from the side that moved its index, and may
 * do nothing but unblock.
 */
#ifndef FLYNN_BASE_QUEUE_H
#define FLYNN_BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

enum {
	QUEUE_RECORD_MAX = 4096, /* bytes of a record's data */
};

struct queue;

/* One record as the reader sees it; in the ring, borrowed until queue_consume. data is aligned to 8 bytes. */
struct queue_record {
	uint16_t type;
	uint16_t reserved;
	uint32_t size; /* bytes of data */
	uint64_t id;
	_Alignas(8) unsigned char data[];
};

/* capacity: bytes, rounded up to a power of two, at least 16 KiB. A callback may be NULL; `arg` goes to both. */
struct queue *queue_new(size_t capacity, void (*wake_reader)(void *), void (*wake_writer)(void *), void *arg);
void queue_free(struct queue *);

/* Writer. queue_reserve gives room for `size` bytes of data (at most QUEUE_RECORD_MAX), or NULL when there is none;
 * the caller fills data[] and calls queue_push; a reservation not pushed is forgotten with the next. Records pushed
 * become visible with queue_publish, which wakes a sleeping reader; one publish may stand for many pushes. */
struct queue_record *queue_reserve(struct queue *, uint16_t type, uint64_t id, size_t size);
void queue_push(struct queue *);
void queue_publish(struct queue *);
bool queue_wait_room(struct queue *, size_t size); /* publishes; true: wait for wake_writer. False: try again */
/* Nothing is written for a while: if all was read, and as much as the ring holds was written since the last time, its memory goes
 * back to the system, and this is true. */
bool queue_rest(struct queue *);

/* Reader. queue_peek gives the oldest record, or NULL; queue_consume ends its loan. Room goes back to the writer with
 * queue_release, which wakes a waiting writer; one release may stand for many consumed. It happens by itself when a
 * quarter of the ring was consumed since the last, and when queue_peek finds nothing. */
const struct queue_record *queue_peek(struct queue *);
void queue_consume(struct queue *);
void queue_release(struct queue *);
bool queue_sleep(struct queue *);   /* releases; true: nothing there, wake_reader will come. False: do not sleep */
void queue_wake_up(struct queue *); /* after sleeping */

#endif
