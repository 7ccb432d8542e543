/*
 * owner.c - a connection that a thread uses which has not opened it ends the program, before SQLite is called.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "store/database.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

#ifndef NDEBUG

struct owner {
	struct database db;
	int opened[2], done[2]; /* pipes */
};

static void
send_byte(const int *pipe)
{
	if (write(pipe[1], "", 1) != 1)
		abort();
}

static void
wait_for_byte(const int *pipe)
{
	char byte;

	if (read(pipe[0], &byte, 1) != 1)
		abort();
}

/* Opens it, and closes it when the test has done with it. */
static void *
own(void *arg)
{
	struct owner *o = arg;
	char *path = place_path("history.db");
	struct err err;

	if (!database_open(&o->db, path, DATABASE_CREATE, &err))
		abort();
	send_byte(o->opened);
	wait_for_byte(o->done);
	database_close(&o->db);
	free(path);
	return NULL;
}

static void
call_prepare(struct database *db, struct err *err)
{
	(void)!database_prepare(db, "SELECT 1", err);
}

static void
call_script(struct database *db, struct err *err)
{
	(void)!database_script(db, "SELECT 1", err);
}

static void
call_number(struct database *db, struct err *err)
{
	int64_t n;

	(void)!database_number(db, "SELECT 1", &n, err);
}

static void
call_begin(struct database *db, struct err *err)
{
	(void)!database_begin(db, err);
}

static void
call_close(struct database *db, UNUSED struct err *err)
{
	database_close(db);
}

/* Makes the call in a child, whose one thread is this one. Returns the signal that ended it. */
static int
signal_of(void (*call)(struct database *, struct err *), struct database *db)
{
	struct err err;
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		signal(SIGABRT, SIG_DFL);
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		call(db, &err);
		_exit(0);
	}
	CU_ASSERT(child > 0 && waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
another_thread_is_refused(void)
{
	static void (*const calls[])(struct database *, struct err *) = {
	        call_prepare, call_script, call_number, call_begin, call_close};
	struct owner o = {.db = {0}};
	pthread_t thread;

	place_make();
	CU_ASSERT_FATAL(pipe(o.opened) == 0 && pipe(o.done) == 0);
	CU_ASSERT_FATAL(pthread_create(&thread, NULL, own, &o) == 0);
	wait_for_byte(o.opened);
	for (size_t i = 0; i < ARRAY_LEN(calls); i++)
		HARNESS_CHECK(signal_of(calls[i], &o.db) == SIGABRT, "call %zu", i);
	send_byte(o.done);
	pthread_join(thread, NULL);
	for (int i = 0; i < 2; i++) {
		close(o.opened[i]);
		close(o.done[i]);
	}
	place_remove();
}

#endif

CU_TestInfo owner_tests[] = {
#ifndef NDEBUG
        {"another thread is refused", another_thread_is_refused},
#endif
        CU_TEST_INFO_NULL,
};
