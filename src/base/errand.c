/*
 * errand.c - of the thread's end and of being left, whichever comes second frees everything.
 */
#include "base/errand.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/thread.h"
#include "base/wake.h"

enum state {
	RUNS,
	ENDED,
	LEFT,
};

struct errand {
	const struct errand_kind *kind;
	void *work;
	pthread_t thread;
	struct wake wake;
	atomic_int state;
};

static void
release(struct errand *e)
{
	if (e->work)
		e->kind->release(e->work);
	wake_release(&e->wake);
	free(e);
}

static void *
run(void *arg)
{
	struct errand *e = arg;

	e->kind->run(e->work);
	if (atomic_exchange(&e->state, ENDED) == LEFT)
		release(e);
	else
		wake_ring(&e->wake); /* whoever takes the work joins first */
	return NULL;
}

struct errand *
errand_start(const struct errand_kind *kind, void *work, struct err *err)
{
	struct errand *e = mem_alloc(sizeof(*e));

	*e = (struct errand){.kind = kind, .work = work, .state = RUNS};
	if (!wake_init(&e->wake, err)) {
		free(e);
		return NULL;
	}
	if (thread_start(&e->thread, run, e, err))
		return e;
	e->work = NULL;
	release(e);
	return NULL;
}

int
errand_fd(const struct errand *e)
{
	return e->wake.read_fd;
}

bool
errand_has_ended(const struct errand *e)
{
	return atomic_load(&e->state) == ENDED;
}

void *
errand_finish(struct errand *e)
{
	void *work = e->work;

	pthread_join(e->thread, NULL);
	e->work = NULL;
	release(e);
	return work;
}

void
errand_leave(struct errand *e)
{
	pthread_t thread;

	if (!e)
		return;
	thread = e->thread; /* after the exchange `e` may be gone */
	if (atomic_exchange(&e->state, LEFT) == RUNS) {
		thread_leave(thread);
		return;
	}
	pthread_join(thread, NULL);
	release(e);
}
