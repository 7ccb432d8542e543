/*
 * thread.c - whether a thread computes, or waits for something else than a processor.
 */
#include "base/thread.h"

#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/base/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

enum {
	LOOKS = 100,
	PATIENCE_MS = 10000,
};

struct worker {
	int go[2]; /* a pipe */
	atomic_int number;
	atomic_bool stop;
};

/* Waits for a byte, then computes until it is to stop. */
static void *
work(void *arg)
{
	struct worker *w = arg;
	char byte;

	atomic_store(&w->number, thread_number());
	if (read(w->go[0], &byte, 1) == 1)
		while (!atomic_load(&w->stop))
			;
	return NULL;
}

/* It comes to that, within a time that no machine needs. */
static bool
comes_to(int number, bool wants)
{
	int64_t end_ms = clock_ms() + PATIENCE_MS;

	while (thread_wants_processor(number) != wants && clock_ms() < end_ms)
		sched_yield();
	return thread_wants_processor(number) == wants;
}

static void
tells_what_a_thread_waits_for(void)
{
	struct worker w = {.number = -1};
	pthread_t thread;
	struct err err;
	int number, wants = 0;

	child_pipe(w.go);
	CU_ASSERT_FATAL(thread_start(&thread, work, &w, &err));
	while ((number = atomic_load(&w.number)) < 0)
		sched_yield();
	CU_ASSERT(comes_to(number, false)); /* it waits for the byte */
	CU_ASSERT(write(w.go[1], "", 1) == 1);
	CU_ASSERT(number == 0 || comes_to(number, true));
	for (int i = 0; i < LOOKS; i++)
		wants += thread_wants_processor(number);
	atomic_store(&w.stop, true);
	pthread_join(thread, NULL);
	if (number == 0)
		harness_skip("this system has no numbers of threads");
	else
		CU_ASSERT_EQUAL(wants, LOOKS);
	CU_ASSERT(comes_to(number, false)); /* it has ended */
	CU_ASSERT_FALSE(thread_wants_processor(0));
	close(w.go[0]);
	close(w.go[1]);
}

CU_TestInfo thread_tests[] = {
        {"tells what a thread waits for", tells_what_a_thread_waits_for},
        CU_TEST_INFO_NULL,
};
