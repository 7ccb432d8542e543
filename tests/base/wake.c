/*
 * wake.c - an eventfd, and the pipe that stands in for it where there is none, keep the same promises.
 */
#include "base/wake.h"

#include <errno.h>
#include <poll.h>

#include "base/compiler.h"
#include "tests/base/tests.h"

enum {
	MORE_THAN_A_PIPE_HOLDS = 20000,
};

static bool
is_readable(const struct wake *w)
{
	struct pollfd fd = {.fd = w->read_fd, .events = POLLIN};

	return poll(&fd, 1, 0) == 1;
}

static void
rings_until_it_is_cleared(struct wake *w)
{
	CU_ASSERT_FALSE(is_readable(w));
	wake_ring(w);
	CU_ASSERT(is_readable(w));
	CU_ASSERT(is_readable(w));
	wake_clear(w);
	CU_ASSERT_FALSE(is_readable(w));
	wake_ring(w);
	CU_ASSERT(is_readable(w));
	wake_clear(w);
}

static void
clears_many_rings_at_once(struct wake *w)
{
	for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++)
		wake_ring(w);
	CU_ASSERT(is_readable(w));
	wake_clear(w);
	CU_ASSERT_FALSE(is_readable(w));
}

static void
clears_what_never_rang(struct wake *w)
{
	wake_clear(w);
	CU_ASSERT_FALSE(is_readable(w));
}

/* Signal handlers ring, too. */
static void
keeps_errno(struct wake *w)
{
	struct wake closed = {-1, -1};

	errno = ENOENT;
	wake_ring(w);
	wake_ring(&closed);
	CU_ASSERT(errno == ENOENT);
	wake_clear(w);
}

static void
keep_promises(bool (*init)(struct wake *, struct err *))
{
	struct wake w;
	struct err err;

	CU_ASSERT_FATAL(init(&w, &err));
	rings_until_it_is_cleared(&w);
	clears_many_rings_at_once(&w);
	clears_what_never_rang(&w);
	keeps_errno(&w);
	wake_release(&w);
}

static void
best_there_is(void)
{
	keep_promises(wake_init);
}

static void
pipe_instead(void)
{
	keep_promises(wake_init_pipe);
}

CU_TestInfo wake_tests[] = {
        {"the best there is keeps its promises", best_there_is},
        {"a pipe keeps the same", pipe_instead},
        CU_TEST_INFO_NULL,
};
