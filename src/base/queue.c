/*
 * queue.c - the ring: positions that only grow, records in one piece, and two flags that say which side waits.
 *
 * The writer's and the reader's position count bytes since the beginning; the ring's size is a power of two, so a
 * position's low bits are its place. A record that would run over the end goes to the beginning instead, and a pad
 * record fills the rest. Records take multiples of 16 bytes, so the rest always has room for the pad's header. A pad is
 * pushed together with the record after it: the reader never finds one alone.
 */
#include "base/queue.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	LINE = 128, /* two cache lines: the processor fetches them in pairs */
	UNIT = 16,
	CAPACITY_MIN = 16384,
	IS_PAD = 1, /* in `reserved` */
};

_Static_assert(sizeof(struct queue_record) == UNIT, "a pad's header fits wherever a record ends");
_Static_assert(
        CAPACITY_MIN >= 2 * (UNIT + QUEUE_RECORD_MAX), "an empty ring has room for the longest record and its pad");

/* What one side shows the other, and the flag that the other sets there when it waits for it to move. */
struct shown {
	_Alignas(LINE) atomic_size_t position;
	atomic_bool awaited;
};

struct queue {
	void *allocated;
	size_t size;
	void (*wake_reader)(void *), (*wake_writer)(void *);
	void *arg;

	struct {
		_Alignas(LINE) size_t position, published;
		size_t rested; /* the position at the last queue_rest that gave memory back */
		size_t next;   /* position once the reserved record is pushed */
		size_t limit;  /* a position is free below it: the reader's position as last seen, and the size */
	} writer;
	struct shown written;

	struct {
		_Alignas(LINE) size_t position, released;
		size_t limit; /* a position holds records below it: the writer's as last seen */
	} reader;
	struct shown read;

	_Alignas(LINE) unsigned char ring[];
};

static size_t
ring_size(size_t capacity)
{
	size_t size = CAPACITY_MIN;

	while (size < capacity)
		size *= 2;
	return size;
}

struct queue *
queue_new(size_t capacity, void (*wake_reader)(void *), void (*wake_writer)(void *), void *arg)
{
	size_t size = ring_size(capacity);
	char *allocated = mem_realloc(NULL, sizeof(struct queue) + size + LINE);
	struct queue *q = (void *)(allocated + (LINE - (uintptr_t)allocated % LINE));

	/* Not the ring: zeroing would touch each of its pages before the first frame. */
	memset(q, 0, sizeof(*q));
	q->allocated = allocated;
	q->size = size;
	q->wake_reader = wake_reader;
	q->wake_writer = wake_writer;
	q->arg = arg;
	q->writer.limit = size;
	atomic_init(&q->written.position, 0);
	atomic_init(&q->written.awaited, false);
	atomic_init(&q->read.position, 0);
	atomic_init(&q->read.awaited, false);
	return q;
}

void
queue_free(struct queue *q)
{
	if (q)
		free(q->allocated);
}

static struct queue_record *
record_at(struct queue *q, size_t position)
{
	return (void *)(q->ring + (position & (q->size - 1)));
}

static size_t
space_of(size_t size)
{
	return (UNIT + size + UNIT - 1) & ~(size_t)(UNIT - 1);
}

/* Moves what this side shows, and wakes the other if it waits. Both must be sequentially consistent: see queue.h. */
static void
show(struct shown *shown, size_t position, void (*wake)(void *), void *arg)
{
	atomic_store_explicit(&shown->position, position, memory_order_seq_cst);
	if (atomic_load_explicit(&shown->awaited, memory_order_seq_cst) &&
	        atomic_exchange_explicit(&shown->awaited, false, memory_order_seq_cst) && wake)
		wake(arg);
}

/* Says that this side waits for the other to move, and returns the position of the other after that. */
static size_t
await(struct shown *shown)
{
	atomic_store_explicit(&shown->awaited, true, memory_order_seq_cst);
	return atomic_load_explicit(&shown->position, memory_order_seq_cst);
}

static void
stop_waiting(struct shown *shown)
{
	atomic_store_explicit(&shown->awaited, false, memory_order_relaxed);
}

/* ---- writer ---- */

/* The pad that a record of `space` bytes needs before it at the writer's position. */
static size_t
pad_before(const struct queue *q, size_t space)
{
	size_t rest = q->size - (q->writer.position & (q->size - 1));

	return space > rest ? rest : 0;
}

static bool
has_room(const struct queue *q, size_t space)
{
	return q->writer.limit - q->writer.position >= space;
}

struct queue_record *
queue_reserve(struct queue *q, uint16_t type, uint64_t id, size_t size)
{
	size_t space = space_of(size), pad = pad_before(q, space);
	struct queue_record *r = record_at(q, q->writer.position);

	assert(size <= QUEUE_RECORD_MAX);
	if (!has_room(q, pad + space)) {
		q->writer.limit = q->size + atomic_load_explicit(&q->read.position, memory_order_acquire);
		if (!has_room(q, pad + space))
			return NULL;
	}
	if (pad) {
		r->reserved = IS_PAD;
		r->size = (uint32_t)(pad - UNIT);
		r = record_at(q, 0);
	}
	r->type = type;
	r->reserved = 0;
	r->size = (uint32_t)size;
	r->id = id;
	q->writer.next = q->writer.position + pad + space;
	return r;
}

void
queue_push(struct queue *q)
{
	q->writer.position = q->writer.next;
}

void
queue_publish(struct queue *q)
{
	if (q->writer.published == q->writer.position)
		return;
	q->writer.published = q->writer.position;
	show(&q->written, q->writer.position, q->wake_reader, q->arg);
}

bool
queue_wait_room(struct queue *q, size_t size)
{
	size_t space = space_of(size);

	assert(size <= QUEUE_RECORD_MAX);
	queue_publish(q);
	q->writer.limit = q->size + await(&q->read);
	if (!has_room(q, pad_before(q, space) + space))
		return true;
	stop_waiting(&q->read);
	return false;
}

/* The reader looks at nothing above its limit, which is the position that both have. */
bool
queue_rest(struct queue *q)
{
	size_t position = q->writer.position;

	if (position - q->writer.rested < q->size || q->writer.published != position ||
	        atomic_load_explicit(&q->read.position, memory_order_acquire) != position)
		return false;
	q->writer.rested = position;
	mem_forget(q->ring, q->size);
	return true;
}

/* ---- reader ---- */

const struct queue_record *
queue_peek(struct queue *q)
{
	const struct queue_record *r = record_at(q, q->reader.position);

	if (q->reader.position == q->reader.limit) {
		q->reader.limit = atomic_load_explicit(&q->written.position, memory_order_acquire);
		if (q->reader.position == q->reader.limit) {
			queue_release(q);
			return NULL;
		}
	}
	if (r->reserved == IS_PAD) {
		q->reader.position += space_of(r->size);
		r = record_at(q, 0);
	}
	return r;
}

void
queue_consume(struct queue *q)
{
	q->reader.position += space_of(record_at(q, q->reader.position)->size);
	if (q->reader.position - q->reader.released >= q->size / 4)
		queue_release(q);
}

void
queue_release(struct queue *q)
{
	if (q->reader.released == q->reader.position)
		return;
	q->reader.released = q->reader.position;
	show(&q->read, q->reader.position, q->wake_writer, q->arg);
}

bool
queue_sleep(struct queue *q)
{
	queue_release(q);
	q->reader.limit = await(&q->written);
	if (q->reader.position == q->reader.limit)
		return true;
	stop_waiting(&q->written);
	return false;
}

void
queue_wake_up(struct queue *q)
{
	stop_waiting(&q->written);
}
