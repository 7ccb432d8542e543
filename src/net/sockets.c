/*
 * sockets.c - one array for poll(2), kept from one wait to the next.
 */
#include "net/sockets.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

static struct pollfd *
make_room(struct sockets *s, size_t more)
{
	if (s->n + more > s->space) {
		s->space = 2 * (s->n + more);
		s->fds = mem_realloc(s->fds, s->space * sizeof(*s->fds));
	}
	return s->fds + s->n;
}

bool
sockets_init(struct sockets *s, struct err *err)
{
	*s = (struct sockets){.waits = 1, .due_ms = INT64_MAX};
	if (!wake_init(&s->wake, err))
		return false;
	sockets_set(s, s->wake.read_fd, POLLIN);
	return true;
}

void
sockets_release(struct sockets *s)
{
	wake_release(&s->wake);
	free(s->fds);
}

void
sockets_set(struct sockets *s, int fd, short events)
{
	size_t i = 0;

	while (i < s->n && s->fds[i].fd != fd)
		i++;
	if (i < s->n && events == 0)
		s->fds[i] = s->fds[--s->n];
	else if (i < s->n)
		s->fds[i].events = events;
	else if (events != 0) {
		*make_room(s, 1) = (struct pollfd){.fd = fd, .events = events};
		s->n++;
	}
}

void
sockets_set_due(struct sockets *s, long ms)
{
	s->due_ms = ms < 0 ? INT64_MAX : clock_ms() + ms;
}

static int
wait_ms(const struct sockets *s, int ms)
{
	int64_t left;

	if (s->due_ms == INT64_MAX)
		return ms;
	left = s->due_ms - clock_ms();
	return left <= 0 ? 0 : clock_sooner(ms, left < INT_MAX ? (int)left : INT_MAX);
}

static int
poll_noted(struct sockets *s, size_t n, int ms)
{
	uint64_t waits = atomic_load_explicit(&s->waits, memory_order_relaxed);
	int ready;

	atomic_store_explicit(&s->waits, waits + 1, memory_order_relaxed);
	ready = poll(s->fds, n, ms);
	atomic_store_explicit(&s->waits, waits + 2, memory_order_relaxed);
	return ready;
}

bool
sockets_wait(struct sockets *s, int ms, struct pollfd *others, size_t n)
{
	struct pollfd *those = make_room(s, n);
	bool socket_ready = false, other_ready = false;

	if (n > 0)
		memcpy(those, others, n * sizeof(*others));
	if (poll_noted(s, s->n + n, wait_ms(s, ms)) <= 0)
		for (size_t i = 0; i < s->n + n; i++)
			s->fds[i].revents = 0;
	for (size_t i = 1; i < s->n; i++)
		socket_ready |= s->fds[i].revents != 0;
	for (size_t i = 0; i < n; i++)
		other_ready |= those[i].revents != 0;
	if (n > 0)
		memcpy(others, those, n * sizeof(*others));
	if (s->fds[0].revents)
		wake_clear(&s->wake);
	return s->fds[0].revents || other_ready || !socket_ready;
}

bool
sockets_take_ready(struct sockets *s, struct pollfd *ready)
{
	for (size_t i = 1; i < s->n; i++)
		if (s->fds[i].revents) {
			*ready = s->fds[i];
			s->fds[i].revents = 0;
			return true;
		}
	return false;
}

bool
sockets_take_due(struct sockets *s)
{
	if (s->due_ms == INT64_MAX || clock_ms() < s->due_ms)
		return false;
	s->due_ms = INT64_MAX;
	return true;
}
