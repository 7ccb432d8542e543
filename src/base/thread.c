/*
 * thread.c - a thread inherits the mask of the one that starts it.
 */
#include "base/thread.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>

static atomic_bool any_left;

bool
thread_start(pthread_t *thread, void *(*run)(void *), void *arg, struct err *err)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(thread, NULL, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed ? err_set(err, ERR_SYSTEM, "cannot start a thread: %s", strerror(failed)) : true;
}

void
thread_leave(pthread_t thread)
{
	pthread_detach(thread);
	atomic_store(&any_left, true);
}

bool
thread_any_left(void)
{
	return atomic_load(&any_left);
}
