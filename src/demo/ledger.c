/*
 * ledger.c - one lock over a few words; each function takes it and lets it go.
 */
#include "demo/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

void
ledger_init(struct ledger *l)
{
	pthread_condattr_t attr;

	*l = (struct ledger){0};
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&l->changed, &attr);
	pthread_condattr_destroy(&attr);
}

void
ledger_release(struct ledger *l)
{
	for (size_t i = 0; i < l->n_requests; i++)
		buf_release(&l->requests[i]);
	free(l->requests);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->changed);
}

/* ---- what happens ---- */

void
ledger_count(struct ledger *l, enum standin_event event)
{
	pthread_mutex_lock(&l->lock);
	l->counts[event]++;
	pthread_cond_broadcast(&l->changed);
	pthread_mutex_unlock(&l->lock);
}

size_t
ledger_count_of(struct ledger *l, enum standin_event event)
{
	size_t n;

	pthread_mutex_lock(&l->lock);
	n = l->counts[event];
	pthread_mutex_unlock(&l->lock);
	return n;
}

static struct timespec
time_in(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += ms % 1000 * 1000000L;
	t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

bool
ledger_wait(struct ledger *l, enum standin_event event, size_t n, int ms)
{
	struct timespec until = time_in(ms);
	bool reached;

	pthread_mutex_lock(&l->lock);
	while (l->counts[event] < n && pthread_cond_timedwait(&l->changed, &l->lock, &until) != ETIMEDOUT)
		;
	reached = l->counts[event] >= n;
	pthread_mutex_unlock(&l->lock);
	return reached;
}

void
ledger_record(struct ledger *l, const char *request, size_t n)
{
	struct buf copy = {0};

	buf_put(&copy, request, n);
	pthread_mutex_lock(&l->lock);
	l->requests = mem_realloc(l->requests, (l->n_requests + 1) * sizeof(*l->requests));
	l->requests[l->n_requests++] = copy;
	pthread_mutex_unlock(&l->lock);
	ledger_count(l, STANDIN_REQUEST);
}

char *
ledger_request(struct ledger *l, size_t index, size_t *len)
{
	char *request = NULL;

	pthread_mutex_lock(&l->lock);
	if (index < l->n_requests) {
		struct buf copy = {0};

		if (len)
			*len = l->requests[index].len;
		buf_put(&copy, l->requests[index].data, l->requests[index].len);
		request = buf_take(&copy);
	}
	pthread_mutex_unlock(&l->lock);
	return request;
}

/* ---- what is wanted ---- */

void
ledger_let_go(struct ledger *l)
{
	pthread_mutex_lock(&l->lock);
	l->go++;
	pthread_mutex_unlock(&l->lock);
}

bool
ledger_may_go(struct ledger *l)
{
	bool may;

	pthread_mutex_lock(&l->lock);
	may = l->go > 0;
	if (may)
		l->go--;
	pthread_mutex_unlock(&l->lock);
	return may;
}

void
ledger_stop(struct ledger *l)
{
	pthread_mutex_lock(&l->lock);
	l->stop = true;
	pthread_mutex_unlock(&l->lock);
}

bool
ledger_is_stopped(struct ledger *l)
{
	bool stop;

	pthread_mutex_lock(&l->lock);
	stop = l->stop;
	pthread_mutex_unlock(&l->lock);
	return stop;
}

void
ledger_want_listening(struct ledger *l, bool on)
{
	pthread_mutex_lock(&l->lock);
	l->wants_listening = on;
	pthread_mutex_unlock(&l->lock);
}

bool
ledger_listening(struct ledger *l, bool *wanted)
{
	bool listens;

	pthread_mutex_lock(&l->lock);
	listens = l->listens;
	*wanted = l->wants_listening;
	pthread_mutex_unlock(&l->lock);
	return listens;
}

void
ledger_set_listening(struct ledger *l, bool on)
{
	pthread_mutex_lock(&l->lock);
	l->listens = l->wants_listening = on;
	pthread_cond_broadcast(&l->changed);
	pthread_mutex_unlock(&l->lock);
}

void
ledger_wait_listening(struct ledger *l, bool on)
{
	pthread_mutex_lock(&l->lock);
	while (l->listens != on)
		pthread_cond_wait(&l->changed, &l->lock);
	pthread_mutex_unlock(&l->lock);
}
