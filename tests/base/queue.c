/*
 * queue.c - the ring's boundaries, with one thread.
 */
#include "base/queue.h"

#include <inttypes.h>

#include "base/compiler.h"
#include "tests/base/numbered.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

enum {
	SMALL = 16384,
	HEADER = sizeof(struct queue_record),
};

static bool
take(struct queue *q, uint64_t number, size_t size)
{
	if (!numbered_is(queue_peek(q), number, size))
		return false;
	queue_consume(q);
	return true;
}

static void
count(void *calls)
{
	++*(int *)calls;
}

/* Leaves the queue empty, with its place `offset` bytes (a multiple of the header) into the ring. */
static struct queue *
queue_at(size_t offset)
{
	struct queue *q = queue_new(SMALL, NULL, NULL, NULL);

	for (; offset >= HEADER; offset -= HEADER) {
		CU_ASSERT_FATAL(numbered_push(q, 0, 0));
		queue_publish(q);
		CU_ASSERT_FATAL(take(q, 0, 0));
	}
	queue_release(q);
	return q;
}

static void
gives_nothing_before_it_is_published(void)
{
	struct queue *q = queue_new(0, NULL, NULL, NULL);

	CU_ASSERT_PTR_NULL(queue_peek(q));
	CU_ASSERT(numbered_push(q, 7, 5));
	CU_ASSERT_PTR_NULL(queue_peek(q));
	queue_publish(q);
	CU_ASSERT_PTR_EQUAL(queue_peek(q), queue_peek(q));
	CU_ASSERT(take(q, 7, 5));
	CU_ASSERT_PTR_NULL(queue_peek(q));
	queue_free(q);
	queue_free(NULL);
}

static void
forgets_a_reservation_not_pushed(void)
{
	struct queue *q = queue_new(SMALL, NULL, NULL, NULL);

	CU_ASSERT_PTR_NOT_NULL(queue_reserve(q, 1, 1, QUEUE_RECORD_MAX));
	CU_ASSERT(numbered_push(q, 2, 8));
	queue_publish(q);
	CU_ASSERT(take(q, 2, 8));
	CU_ASSERT_PTR_NULL(queue_peek(q));
	queue_free(q);
}

static void
publishes_many_at_once(void)
{
	struct queue *q = queue_new(SMALL, NULL, NULL, NULL);

	for (uint64_t i = 0; i < 100; i++)
		CU_ASSERT(numbered_push(q, i, i));
	CU_ASSERT_PTR_NULL(queue_peek(q));
	queue_publish(q);
	for (uint64_t i = 0; i < 100; i++)
		CU_ASSERT(take(q, i, i));
	CU_ASSERT_PTR_NULL(queue_peek(q));
	queue_free(q);
}

/* Fills the ring to the last byte and empties it; how many records that were. */
static size_t
fill_and_empty(struct queue *q, size_t size)
{
	size_t n = 0, taken = 0;

	while (numbered_push(q, n, size))
		n++;
	queue_publish(q);
	while (take(q, taken, size))
		taken++;
	CU_ASSERT_PTR_NULL(queue_peek(q));
	return taken == n ? n : 0;
}

static void
is_full_at_the_last_byte(void)
{
	static const size_t sizes[] = {0, 16, 48, 112, 240, 1008, 2032, 4080};

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct queue *q = queue_new(SMALL, NULL, NULL, NULL);

		for (int place = 0; place < 40; place++) {
			size_t n = fill_and_empty(q, sizes[i]);

			HARNESS_CHECK(n == SMALL / (HEADER + sizes[i]), "%zu of %zu, from %d", n, sizes[i], place);
			CU_ASSERT(numbered_push(q, 0, sizes[i]));
			queue_publish(q);
			CU_ASSERT(take(q, 0, sizes[i]));
			queue_release(q);
		}
		queue_free(q);
	}
}

static void
keeps_records_in_one_piece_at_the_end(void)
{
	static const size_t sizes[] = {0, 1, 15, 16, 17, 100, 4079, 4080, 4081, QUEUE_RECORD_MAX};

	for (size_t left = HEADER; left <= HEADER + QUEUE_RECORD_MAX + HEADER; left += HEADER)
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
			struct queue *q = queue_at(SMALL - left);

			HARNESS_CHECK(numbered_push(q, 1, sizes[i]) && numbered_push(q, 2, 3),
			        "no room for %zu, %zu left", sizes[i], left);
			queue_publish(q);
			HARNESS_CHECK(take(q, 1, sizes[i]) && take(q, 2, 3), "%zu, %zu left", sizes[i], left);
			CU_ASSERT_PTR_NULL(queue_peek(q));
			queue_free(q);
		}
}

static void
has_room_for_the_longest_whenever_empty(void)
{
	for (size_t offset = 0; offset <= SMALL; offset += HEADER) {
		struct queue *q = queue_at(offset);

		HARNESS_CHECK(!queue_wait_room(q, QUEUE_RECORD_MAX), "at %zu", offset);
		HARNESS_CHECK(numbered_push(q, 1, QUEUE_RECORD_MAX), "at %zu", offset);
		queue_publish(q);
		HARNESS_CHECK(take(q, 1, QUEUE_RECORD_MAX), "at %zu", offset);
		queue_free(q);
	}
}

static void
rounds_its_capacity_up(void)
{
	static const struct {
		size_t capacity, want;
	} rows[] = {{0, SMALL}, {1, SMALL}, {SMALL, SMALL}, {SMALL + 1, 2 * SMALL}, {100000, 131072}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct queue *q = queue_new(rows[i].capacity, NULL, NULL, NULL);
		size_t n = 0;

		while (numbered_push(q, n, 1008))
			n++;
		HARNESS_CHECK(n * 1024 == rows[i].want, "%zu gave %zu", rows[i].capacity, n * 1024);
		queue_free(q);
	}
}

static void
wakes_a_reader_only_when_it_sleeps(void)
{
	int calls = 0;
	struct queue *q = queue_new(SMALL, count, NULL, &calls);

	CU_ASSERT(numbered_push(q, 1, 1));
	queue_publish(q);
	CU_ASSERT(calls == 0);
	CU_ASSERT_FALSE(queue_sleep(q));
	CU_ASSERT(take(q, 1, 1));
	CU_ASSERT(numbered_push(q, 2, 1));
	queue_publish(q);
	CU_ASSERT(calls == 0); /* a refused sleep leaves nothing behind */
	CU_ASSERT(take(q, 2, 1));
	CU_ASSERT_TRUE(queue_sleep(q));
	queue_publish(q);
	CU_ASSERT(calls == 0); /* nothing new */
	for (uint64_t i = 0; i < 3; i++) {
		CU_ASSERT(numbered_push(q, i, 1));
		queue_publish(q);
		CU_ASSERT(calls == 1); /* once is enough */
	}
	queue_wake_up(q);
	for (uint64_t i = 0; i < 3; i++)
		CU_ASSERT(take(q, i, 1));
	CU_ASSERT_TRUE(queue_sleep(q));
	queue_wake_up(q); /* something else woke it */
	CU_ASSERT(numbered_push(q, 4, 1));
	queue_publish(q);
	CU_ASSERT(calls == 1);
	queue_free(q);
}

static void
wakes_a_writer_only_when_it_waits(void)
{
	int calls = 0;
	struct queue *q = queue_new(SMALL, NULL, count, &calls);
	uint64_t n = 0, taken = 0;

	CU_ASSERT_FALSE(queue_wait_room(q, QUEUE_RECORD_MAX));
	while (numbered_push(q, n, 48))
		n++;
	CU_ASSERT(n == SMALL / 64);
	CU_ASSERT_TRUE(queue_wait_room(q, 48)); /* publishes */
	CU_ASSERT(take(q, taken++, 48));
	CU_ASSERT(calls == 0); /* not released yet */
	queue_release(q);
	CU_ASSERT(calls == 1);
	CU_ASSERT_FALSE(queue_wait_room(q, 48));
	CU_ASSERT_TRUE(queue_wait_room(q, 49));
	queue_release(q);
	CU_ASSERT(calls == 1); /* nothing new */
	while (calls == 1 && taken < n)
		CU_ASSERT(take(q, taken++, 48));
	CU_ASSERT(taken == 1 + SMALL / 4 / 64); /* a quarter goes back by itself */
	while (taken < n)
		CU_ASSERT(take(q, taken++, 48));
	CU_ASSERT_PTR_NULL(queue_peek(q));
	CU_ASSERT(calls == 2);
	CU_ASSERT_FALSE(queue_wait_room(q, QUEUE_RECORD_MAX));
	queue_free(q);
}

static void
gives_its_memory_back_when_all_was_read(void)
{
	struct queue *q = queue_new(SMALL, NULL, NULL, NULL);
	uint64_t n = 0, taken = 0;

	CU_ASSERT_FALSE(queue_rest(q)); /* hardly used */
	while (n < 3 * SMALL / 64) {
		while (numbered_push(q, n, 48))
			n++;
		CU_ASSERT_FALSE(queue_rest(q)); /* not published */
		queue_publish(q);
		while (taken + 1 < n)
			CU_ASSERT(take(q, taken++, 48));
		CU_ASSERT_FALSE(queue_rest(q)); /* one was not read */
		CU_ASSERT(take(q, taken++, 48));
		CU_ASSERT_PTR_NULL(queue_peek(q));
		CU_ASSERT(queue_rest(q) && !queue_rest(q));
		CU_ASSERT_PTR_NULL(queue_peek(q));
	}
	queue_free(q);
}

CU_TestInfo queue_tests[] = {
        {"gives nothing before it is published", gives_nothing_before_it_is_published},
        {"forgets a reservation not pushed", forgets_a_reservation_not_pushed},
        {"publishes many at once", publishes_many_at_once},
        {"is full at the last byte", is_full_at_the_last_byte},
        {"keeps records in one piece at the end", keeps_records_in_one_piece_at_the_end},
        {"has room for the longest whenever empty", has_room_for_the_longest_whenever_empty},
        {"rounds its capacity up", rounds_its_capacity_up},
        {"wakes a reader only when it sleeps", wakes_a_reader_only_when_it_sleeps},
        {"wakes a writer only when it waits", wakes_a_writer_only_when_it_waits},
        {"gives its memory back when all was read", gives_its_memory_back_when_all_was_read},
        CU_TEST_INFO_NULL,
};
