/*
 * sockets.c - what one wait tells: sockets that are ready, each once, the time that curl asked for, the wake-up, and others.
 */
#include "net/sockets.h"

#include <unistd.h>

#include "base/clock.h"
#include "tests/net/tests.h"

enum {
	PAIRS = 5,
	WRITTEN = 3, /* of them */
};

/* Pipes: the reading ends are waited for. */
struct case_of {
	struct sockets sockets;
	int pipes[PAIRS][2];
};

static void
begin(struct case_of *c)
{
	struct err err;

	CU_ASSERT_FATAL(sockets_init(&c->sockets, &err));
	for (int i = 0; i < PAIRS; i++) {
		CU_ASSERT_FATAL(pipe(c->pipes[i]) == 0);
		sockets_set(&c->sockets, c->pipes[i][0], POLLIN);
	}
}

static void
end(struct case_of *c)
{
	for (int i = 0; i < PAIRS; i++) {
		close(c->pipes[i][0]);
		close(c->pipes[i][1]);
	}
	sockets_release(&c->sockets);
}

static void
write_into(const struct case_of *c, int pipe)
{
	CU_ASSERT(write(c->pipes[pipe][1], "x", 1) == 1);
}

static int
count_ready(struct sockets *s)
{
	struct pollfd ready;
	int n = 0;

	while (sockets_take_ready(s, &ready)) {
		CU_ASSERT(ready.revents & (POLLIN | POLLHUP));
		n++;
	}
	return n;
}

static void
tells_each_ready_socket_once(void)
{
	struct case_of c;

	begin(&c);
	CU_ASSERT(sockets_wait(&c.sockets, 0, NULL, 0));
	CU_ASSERT(count_ready(&c.sockets) == 0);
	for (int i = 0; i < WRITTEN; i++)
		write_into(&c, i);
	CU_ASSERT_FALSE(sockets_wait(&c.sockets, -1, NULL, 0));
	CU_ASSERT(count_ready(&c.sockets) == WRITTEN);
	CU_ASSERT(count_ready(&c.sockets) == 0);
	end(&c);
}

/* curl closes one connection while it looks at another. */
static void
forgets_a_socket_between_two_ready_ones(void)
{
	struct pollfd ready;
	struct case_of c;

	begin(&c);
	write_into(&c, 0);
	write_into(&c, 1);
	sockets_wait(&c.sockets, -1, NULL, 0);
	CU_ASSERT(sockets_take_ready(&c.sockets, &ready));
	for (int i = 0; i < 2; i++)
		sockets_set(&c.sockets, c.pipes[i][0], 0);
	CU_ASSERT(count_ready(&c.sockets) == 0);
	sockets_wait(&c.sockets, 0, NULL, 0);
	CU_ASSERT(count_ready(&c.sockets) == 0);
	end(&c);
}

/* What is begun in the midst of it has not been waited for, though its file may have the number of one that was closed. */
static void
takes_no_new_socket_for_ready(void)
{
	struct pollfd ready;
	struct case_of c;

	begin(&c);
	write_into(&c, 0);
	sockets_wait(&c.sockets, -1, NULL, 0);
	sockets_set(&c.sockets, c.pipes[0][0], 0);
	sockets_set(&c.sockets, c.pipes[0][0], POLLIN);
	CU_ASSERT_FALSE(sockets_take_ready(&c.sockets, &ready));
	sockets_wait(&c.sockets, -1, NULL, 0);
	CU_ASSERT(sockets_take_ready(&c.sockets, &ready) && ready.fd == c.pipes[0][0]);
	end(&c);
}

static void
waits_for_the_events_that_were_set_last(void)
{
	struct pollfd ready;
	struct case_of c;

	begin(&c);
	sockets_set(&c.sockets, c.pipes[0][1], POLLIN);
	sockets_wait(&c.sockets, 0, NULL, 0);
	CU_ASSERT_FALSE(sockets_take_ready(&c.sockets, &ready));
	sockets_set(&c.sockets, c.pipes[0][1], POLLIN | POLLOUT);
	sockets_wait(&c.sockets, -1, NULL, 0);
	CU_ASSERT(sockets_take_ready(&c.sockets, &ready) && ready.revents == POLLOUT);
	end(&c);
}

static void
tells_that_curl_is_due_once(void)
{
	int64_t start_ms = clock_ms();
	struct case_of c;

	begin(&c);
	CU_ASSERT_FALSE(sockets_take_due(&c.sockets));
	sockets_set_due(&c.sockets, 20);
	CU_ASSERT_FALSE(sockets_take_due(&c.sockets));
	sockets_wait(&c.sockets, -1, NULL, 0);
	CU_ASSERT(clock_ms() >= start_ms + 20);
	CU_ASSERT(sockets_take_due(&c.sockets));
	CU_ASSERT_FALSE(sockets_take_due(&c.sockets));
	sockets_set_due(&c.sockets, 0);
	sockets_set_due(&c.sockets, -1);
	CU_ASSERT_FALSE(sockets_take_due(&c.sockets));
	end(&c);
}

static void
wakes_up_without_a_ready_socket(void)
{
	struct case_of c;

	begin(&c);
	wake_ring(&c.sockets.wake);
	sockets_set_due(&c.sockets, 60000);
	CU_ASSERT(sockets_wait(&c.sockets, -1, NULL, 0));
	CU_ASSERT(count_ready(&c.sockets) == 0);
	CU_ASSERT_FALSE(sockets_take_due(&c.sockets));
	write_into(&c, 0);
	wake_ring(&c.sockets.wake);
	CU_ASSERT(sockets_wait(&c.sockets, -1, NULL, 0));
	CU_ASSERT(count_ready(&c.sockets) == 1);
	end(&c);
}

/* Among them more than there were before. */
static void
tells_which_of_the_others_are_ready(void)
{
	struct pollfd others[PAIRS];
	struct case_of c;

	begin(&c);
	for (int i = 0; i < PAIRS; i++) {
		sockets_set(&c.sockets, c.pipes[i][0], 0);
		others[i] = (struct pollfd){.fd = c.pipes[i][0], .events = POLLIN, .revents = POLLIN};
	}
	write_into(&c, 1);
	CU_ASSERT(sockets_wait(&c.sockets, -1, others, PAIRS));
	for (int i = 0; i < PAIRS; i++)
		CU_ASSERT(others[i].revents == (i == 1 ? POLLIN : 0));
	CU_ASSERT(count_ready(&c.sockets) == 0);
	end(&c);
}

CU_TestInfo sockets_tests[] = {
        {"tells each ready socket once", tells_each_ready_socket_once},
        {"forgets a socket between two ready ones", forgets_a_socket_between_two_ready_ones},
        {"takes no new socket for ready", takes_no_new_socket_for_ready},
        {"waits for the events that were set last", waits_for_the_events_that_were_set_last},
        {"tells that curl is due once", tells_that_curl_is_due_once},
        {"wakes up without a ready socket", wakes_up_without_a_ready_socket},
        {"tells which of the others are ready", tells_which_of_the_others_are_ready},
        CU_TEST_INFO_NULL,
};
