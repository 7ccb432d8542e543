/*
 * thread.c - a thread inherits the mask of the one that starts it.
 */
#include "config.h"

#include "base/thread.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

int
thread_number(void)
{
#ifdef HAVE_GETTID
	return (int)gettid();
#else
	return 0;
#endif
}

/* "NUMBER (NAME) STATE …", where a name may hold anything; R: running, or ready to. */
bool
thread_wants_processor(int number)
{
	char path[64], line[256] = "";
	const char *name_end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", number);
	file = number > 0 ? fopen(path, "re") : NULL;
	if (file) {
		(void)!fgets(line, sizeof(line), file);
		fclose(file);
	}
	name_end = strrchr(line, ')');
	return name_end && strncmp(name_end, ") R", 3) == 0;
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
