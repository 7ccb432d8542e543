/*
 * errand.c - work on a thread of its own that is finished, and left.
 */
#include "config.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/errand.h"
#include "base/mem.h"
#include "tests/base/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

/* It waits for a byte, as for a disk, and its end is told by another. */
struct work {
	int go, gone;
	char read;
};

struct ends {
	int go[2], gone[2]; /* pipes */
};

static void
run(void *arg)
{
	struct work *w = arg;

	if (read(w->go, &w->read, 1) != 1)
		w->read = '\0';
}

static void
release(void *arg)
{
	struct work *w = arg;

	CU_ASSERT_EQUAL(write(w->gone, &w->read, 1), 1);
	free(w);
}

static struct errand *
start(struct ends *ends)
{
	static const struct errand_kind kind = {run, release};
	struct work *w = mem_alloc(sizeof(*w));
	struct errand *e;
	struct err err;

	child_pipe(ends->go);
	child_pipe(ends->gone);
	*w = (struct work){ends->go[0], ends->gone[1], '\0'};
	e = errand_start(&kind, w, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	return e;
}

static void
let_go(const struct ends *ends)
{
	CU_ASSERT_EQUAL(write(ends->go[1], "x", 1), 1);
}

static void
wait_for_end(const struct errand *e)
{
	struct pollfd fd = {errand_fd(e), POLLIN, 0};

	CU_ASSERT_EQUAL(poll(&fd, 1, -1), 1);
	CU_ASSERT(errand_has_ended(e));
}

/* Waits until the work is released. */
static void
expect_gone(const struct ends *ends)
{
	char byte = '\0';

	CU_ASSERT_EQUAL(read(ends->gone[0], &byte, 1), 1);
	CU_ASSERT_EQUAL(byte, 'x');
}

static bool
is_gone(const struct ends *ends)
{
	struct pollfd fd = {ends->gone[0], POLLIN, 0};

	return poll(&fd, 1, 0) == 1;
}

static void
close_all(const struct ends *ends)
{
	for (int i = 0; i < 2; i++) {
		close(ends->go[i]);
		close(ends->gone[i]);
	}
}

static void
gives_its_work_back(void)
{
	struct ends ends;
	struct errand *e = start(&ends);
	struct work *w;

	CU_ASSERT(!errand_has_ended(e));
	let_go(&ends);
	wait_for_end(e);
	w = errand_finish(e);
	CU_ASSERT_EQUAL(w->read, 'x');
	CU_ASSERT(!is_gone(&ends));
	free(w);
	close_all(&ends);
}

/* Nobody waits for it: it ends only when it is let go, after it was left. */
static void
is_left_while_it_runs(void)
{
	struct ends ends;

	errand_leave(start(&ends));
	CU_ASSERT(!is_gone(&ends));
	let_go(&ends);
	expect_gone(&ends);
	close_all(&ends);
}

static void
is_left_at_its_end(void)
{
	struct ends ends;
	struct errand *e = start(&ends);

	let_go(&ends);
	wait_for_end(e);
	errand_leave(e);
	CU_ASSERT(is_gone(&ends));
	errand_leave(NULL);
	close_all(&ends);
}

CU_TestInfo errand_tests[] = {
        {"gives its work back", gives_its_work_back},
        {"is left while it runs", is_left_while_it_runs},
        {"is left at its end", is_left_at_its_end},
        CU_TEST_INFO_NULL,
};
