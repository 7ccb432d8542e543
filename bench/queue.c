/*
 * queue.c - how fast base/queue moves records of 64 bytes from thread to thread, against ck_ring with slots of 64
 * bytes.
 *
 * Both carry the same record: type, id and 48 bytes of text, copied in from a buffer by the writer and out to one by
 * the reader, which also checks the order. Both rings have the same size, both threads are pinned alike, and who finds
 * the ring full or empty spins and then yields. Every pair measures both, each first in turn, and the ratio of each
 * pair counts, so a machine that is slower for a while is slower for both.
 */
#include "base/queue.h"

#ifdef HAVE_CK
#include <ck_ring.h>
#endif
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum {
	RING_BYTES = 256 * 1024,
	SLOT = 64,
	TEXT = SLOT - sizeof(struct queue_record),
	RECORDS = 1000000,
	PAIRS = 11,
	SPINS = 1000, /* before a side that finds nothing gives way */
	BATCH = 16,   /* records in one publication, where they need not go out one by one */
};

struct slot {
	uint16_t type, reserved;
	uint32_t size;
	uint64_t id;
	unsigned char text[TEXT];
};

/* One way to move RECORDS records. */
struct mover {
	void *(*make)(void);
	void (*unmake)(void *ring);
	void (*write)(void *ring, const unsigned char *text);
	uint64_t (*read)(void *ring, unsigned char *text); /* how many came out of order */
};

struct side {
	const struct mover *mover;
	void *ring;
	uint64_t wrong;
};

static void
give_way(unsigned *spins)
{
	if (++*spins % SPINS == 0)
		sched_yield();
}

static void *
queue_make(void)
{
	return queue_new(RING_BYTES, NULL, NULL, NULL);
}

static void
queue_unmake(void *ring)
{
	queue_free(ring);
}

static void
write_in_batches(struct queue *q, const unsigned char *text, unsigned batch)
{
	unsigned spins = 0, pushed = 0;

	for (uint64_t i = 0; i < RECORDS; i++) {
		struct queue_record *r;

		while (!(r = queue_reserve(q, 1, i, TEXT))) {
			queue_publish(q);
			give_way(&spins);
		}
		memcpy(r->data, text, TEXT);
		queue_push(q);
		if (++pushed % batch == 0)
			queue_publish(q);
	}
	queue_publish(q);
}

static void
queue_write(void *ring, const unsigned char *text)
{
	write_in_batches(ring, text, 1);
}

static void
queue_write_batches(void *ring, const unsigned char *text)
{
	write_in_batches(ring, text, BATCH);
}

static uint64_t
queue_read(void *ring, unsigned char *text)
{
	unsigned spins = 0;
	uint64_t wrong = 0;

	for (uint64_t i = 0; i < RECORDS; i++) {
		const struct queue_record *r;

		while (!(r = queue_peek(ring)))
			give_way(&spins);
		memcpy(text, r->data, TEXT);
		wrong += r->type != 1 || r->size != TEXT || r->id != i;
		queue_consume(ring);
	}
	queue_release(ring);
	return wrong;
}

static const struct mover one_by_one = {queue_make, queue_unmake, queue_write, queue_read};
static const struct mover in_batches = {queue_make, queue_unmake, queue_write_batches, queue_read};

#ifdef HAVE_CK
struct slots {
	ck_ring_t ring;
	_Alignas(SLOT) struct slot slots[RING_BYTES / SLOT];
};

CK_RING_PROTOTYPE(slot, slot)

static void *
slots_make(void)
{
	struct slots *s = aligned_alloc(SLOT, sizeof(*s));

	if (!s)
		abort();
	memset(s, 0, sizeof(*s));
	ck_ring_init(&s->ring, RING_BYTES / SLOT);
	return s;
}

static void
slots_write(void *ring, const unsigned char *text)
{
	struct slots *s = ring;
	unsigned spins = 0;

	for (uint64_t i = 0; i < RECORDS; i++) {
		struct slot slot = {.type = 1, .size = TEXT, .id = i};

		memcpy(slot.text, text, TEXT);
		while (!CK_RING_ENQUEUE_SPSC(slot, &s->ring, s->slots, &slot))
			give_way(&spins);
	}
}

static uint64_t
slots_read(void *ring, unsigned char *text)
{
	struct slots *s = ring;
	unsigned spins = 0;
	uint64_t wrong = 0;

	for (uint64_t i = 0; i < RECORDS; i++) {
		struct slot slot;

		while (!CK_RING_DEQUEUE_SPSC(slot, &s->ring, s->slots, &slot))
			give_way(&spins);
		memcpy(text, slot.text, TEXT);
		wrong += slot.type != 1 || slot.size != TEXT || slot.id != i;
	}
	return wrong;
}

static const struct mover ck_ring = {slots_make, free, slots_write, slots_read};
#endif

/* Where there are two processors, each thread gets its own, the same in every round. */
static void
pin(int which)
{
	cpu_set_t may, one;
	int seen = 0;

	CPU_ZERO(&may);
	CPU_ZERO(&one);
	if (sched_getaffinity(0, sizeof(may), &may) != 0 || CPU_COUNT(&may) < 2)
		return;
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &may) && seen++ == which)
			CPU_SET(cpu, &one);
	pthread_setaffinity_np(pthread_self(), sizeof(one), &one);
}

static void *
read_side(void *arg)
{
	struct side *side = arg;
	unsigned char text[TEXT];

	pin(1);
	side->wrong = side->mover->read(side->ring, text);
	return NULL;
}

static void *
write_side(void *arg)
{
	struct side *side = arg;
	unsigned char text[TEXT];

	pin(0);
	memset(text, 'a', sizeof(text));
	side->mover->write(side->ring, text);
	return NULL;
}

/* Nanoseconds a record. */
static double
measure(const struct mover *mover)
{
	struct side side = {mover, mover->make(), 0};
	pthread_t writer, reader;
	int64_t started = clock_ns();

	if (pthread_create(&reader, NULL, read_side, &side) != 0 ||
	        pthread_create(&writer, NULL, write_side, &side) != 0)
		abort();
	pthread_join(writer, NULL);
	pthread_join(reader, NULL);
	mover->unmake(side.ring);
	if (side.wrong) {
		printf("queue: %" PRIu64 " records came out of order\n", side.wrong);
		exit(1);
	}
	return (double)(clock_ns() - started) / RECORDS;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
print(const char *how, double *ours, double *ratios)
{
	qsort(ours, PAIRS, sizeof(*ours), compare);
	qsort(ratios, PAIRS, sizeof(*ratios), compare);
	if (ratios[0] > 0)
		printf("queue: %.2f times ck_ring of %d-byte slots (median of %d pairs, %.2f to %.2f), ",
		        ratios[PAIRS / 2], SLOT, PAIRS, ratios[0], ratios[PAIRS - 1]);
	else
		printf("queue: no ck_ring to compare with, ");
	printf("%.1f M records/s, %s\n", 1000 / ours[PAIRS / 2], how);
}

static void
run(const char *how, const struct mover *mover)
{
	double ours[PAIRS], ratios[PAIRS] = {0};

	for (int i = 0; i < PAIRS; i++) {
#ifdef HAVE_CK
		double theirs = i % 2 ? measure(&ck_ring) : 0;

		ours[i] = measure(mover);
		if (i % 2 == 0)
			theirs = measure(&ck_ring);
		ratios[i] = ours[i] / theirs;
#else
		ours[i] = measure(mover);
#endif
	}
	print(how, ours, ratios);
}

int
main(void)
{
	char batches[64];

	snprintf(batches, sizeof(batches), "published %d at a time", BATCH);
	run("each published by itself", &one_by_one);
	run(batches, &in_batches);
	return 0;
}
