/*
 * queue_threads.c - the queue between two threads, each asleep in a real poll whenever it has nothing to do.
 *
 * A wake-up is lost only when one side moves in the same nanoseconds as the other goes to sleep, and then a later move
 * hides it. So the two tests of lost wake-ups let nothing move until the sleeper has answered, and make the two meet
 * by waiting a random moment on both sides.
 */
#include "base/queue.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/compiler.h"
#include "base/wake.h"
#include "tests/base/numbered.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

enum {
	RING = 16384,
	RECORDS = 2000000,
	MEETINGS = 20000,
	HUNG_MS = 10000, /* nobody sleeps so long unless the wake-up was lost */
	SPINS_MAX = 256,
};

struct pair {
	struct queue *queue;
	struct wake reader, writer;
	atomic_bool failed;
	atomic_uint answered; /* how many moves the sleeper has seen */
	unsigned long sleeps, waits;
};

static void
wake_reader(void *pair)
{
	wake_ring(&((struct pair *)pair)->reader);
}

static void
wake_writer(void *pair)
{
	wake_ring(&((struct pair *)pair)->writer);
}

static void
pair_init(struct pair *p, bool (*init)(struct wake *, struct err *))
{
	struct err err;

	*p = (struct pair){0};
	CU_ASSERT_FATAL(init(&p->reader, &err));
	CU_ASSERT_FATAL(init(&p->writer, &err));
	p->queue = queue_new(RING, wake_reader, wake_writer, p);
}

static void
pair_release(struct pair *p)
{
	queue_free(p->queue);
	wake_release(&p->reader);
	wake_release(&p->writer);
}

static void
poll_for(struct pair *p, struct wake *w)
{
	struct pollfd fd = {.fd = w->read_fd, .events = POLLIN};

	if (poll(&fd, 1, HUNG_MS) == 1)
		wake_clear(w);
	else
		atomic_store(&p->failed, true);
}

/* The next record, slept for; NULL when none comes. */
static const struct queue_record *
next(struct pair *p)
{
	const struct queue_record *r;

	while (!(r = queue_peek(p->queue)) && !atomic_load(&p->failed))
		if (queue_sleep(p->queue)) {
			p->sleeps++;
			poll_for(p, &p->reader);
			queue_wake_up(p->queue);
		}
	return r;
}

static bool
push_or_wait(struct pair *p, uint64_t number, size_t size)
{
	while (!numbered_push(p->queue, number, size) && !atomic_load(&p->failed))
		if (queue_wait_room(p->queue, size)) {
			p->waits++;
			poll_for(p, &p->writer);
		}
	return !atomic_load(&p->failed);
}

static uint32_t
random_of(uint64_t number)
{
	number = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
	number = (number ^ (number >> 31)) * UINT64_C(0xbf58476d1ce4e5b9);
	return (uint32_t)(number >> 32);
}

/* Mostly the size of a token, at times up to the largest. */
static size_t
size_of(uint64_t number)
{
	uint32_t random = random_of(number);

	return random % 64 == 0 ? (random >> 8) % (QUEUE_RECORD_MAX + 1) : (random >> 8) % 64;
}

static void *
read_all(void *pair)
{
	struct pair *p = pair;

	for (uint64_t i = 0; i < RECORDS; i++) {
		if (!numbered_is(next(p), i, size_of(i))) {
			atomic_store(&p->failed, true);
			break;
		}
		queue_consume(p->queue);
	}
	return NULL;
}

static void
moves_millions_of_records(void)
{
	struct pair p;
	pthread_t reader;

	pair_init(&p, wake_init);
	CU_ASSERT_FATAL(pthread_create(&reader, NULL, read_all, &p) == 0);
	for (uint64_t i = 0; i < RECORDS && push_or_wait(&p, i, size_of(i)); i++)
		if (random_of(~i) % 4 == 0)
			queue_publish(p.queue);
	queue_publish(p.queue);
	pthread_join(reader, NULL);
	CU_ASSERT_FALSE(p.failed);
	HARNESS_CHECK(p.sleeps > 0 && p.waits > 0, "slept %lu times, waited %lu times", p.sleeps, p.waits);
	CU_ASSERT_PTR_NULL(queue_peek(p.queue));
	pair_release(&p);
}

static void
pause_a_moment(uint64_t number)
{
	for (atomic_uint spins = random_of(number) % SPINS_MAX; spins > 0;)
		atomic_fetch_sub_explicit(&spins, 1, memory_order_relaxed);
}

static bool
await_answer(struct pair *p, unsigned want)
{
	for (unsigned spins = 1; atomic_load(&p->answered) != want && !atomic_load(&p->failed); spins++)
		if (spins % 1024 == 0)
			sched_yield();
	return !atomic_load(&p->failed);
}

static void *
answer_records(void *pair)
{
	struct pair *p = pair;

	for (unsigned i = 0; i < MEETINGS; i++) {
		if (!numbered_is(next(p), i, 8)) {
			atomic_store(&p->failed, true);
			break;
		}
		queue_consume(p->queue);
		queue_release(p->queue);
		atomic_store(&p->answered, i + 1);
		pause_a_moment(i);
	}
	return NULL;
}

static void
meet_the_reader(bool (*init)(struct wake *, struct err *))
{
	struct pair p;
	pthread_t reader;
	unsigned i;

	pair_init(&p, init);
	CU_ASSERT_FATAL(pthread_create(&reader, NULL, answer_records, &p) == 0);
	for (i = 0; i < MEETINGS && numbered_push(p.queue, i, 8); i++) {
		queue_publish(p.queue);
		if (!await_answer(&p, i + 1))
			break;
		pause_a_moment(~(uint64_t)i);
	}
	pthread_join(reader, NULL);
	HARNESS_CHECK(i == MEETINGS, "lost at %u, after %lu sleeps", i, p.sleeps);
	CU_ASSERT(p.sleeps > 0);
	pair_release(&p);
}

static void
loses_no_wake_up_of_the_reader(void)
{
	meet_the_reader(wake_init);
	meet_the_reader(wake_init_pipe);
}

/* Makes room for one record at a time in a full ring. */
static void *
answer_room(void *pair)
{
	struct pair *p = pair;

	for (unsigned i = 0; i < MEETINGS && await_answer(p, i + 1); i++) {
		pause_a_moment(i);
		if (!numbered_is(queue_peek(p->queue), i, 0))
			atomic_store(&p->failed, true);
		queue_consume(p->queue);
		queue_release(p->queue);
	}
	return NULL;
}

static void
meet_the_writer(bool (*init)(struct wake *, struct err *))
{
	struct pair p;
	pthread_t reader;
	unsigned n = 0, i;

	pair_init(&p, init);
	while (numbered_push(p.queue, n, 0))
		n++;
	queue_publish(p.queue);
	CU_ASSERT_FATAL(pthread_create(&reader, NULL, answer_room, &p) == 0);
	for (i = 0; i < MEETINGS; i++) {
		atomic_store(&p.answered, i + 1);
		pause_a_moment(~(uint64_t)i);
		if (!push_or_wait(&p, n + i, 0))
			break;
		queue_publish(p.queue);
	}
	pthread_join(reader, NULL);
	HARNESS_CHECK(i == MEETINGS, "lost at %u, after %lu waits", i, p.waits);
	CU_ASSERT(p.waits > 0);
	pair_release(&p);
}

static void
loses_no_wake_up_of_the_writer(void)
{
	meet_the_writer(wake_init);
	meet_the_writer(wake_init_pipe);
}

CU_TestInfo queue_threads_tests[] = {
        {"moves millions of records", moves_millions_of_records},
        {"loses no wake-up of the reader", loses_no_wake_up_of_the_reader},
        {"loses no wake-up of the writer", loses_no_wake_up_of_the_writer},
        CU_TEST_INFO_NULL,
};
