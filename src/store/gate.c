/*
 * gate.c - flags; a thread that sets one wakes the other.
 */
#include "store/gate.h"

#include <poll.h>

void
gate_init(struct gate *g, struct wake *for_writer, struct wake *for_reader)
{
	atomic_init(&g->shut, true);
	atomic_init(&g->inside, false);
	atomic_init(&g->damaged, false);
	g->for_writer = for_writer;
	g->for_reader = for_reader;
}

void
gate_shut(struct gate *g)
{
	struct pollfd fd = {g->for_writer->read_fd, POLLIN, 0};

	atomic_store(&g->shut, true);
	wake_ring(g->for_reader);
	while (atomic_load(&g->inside)) {
		poll(&fd, 1, -1);
		wake_clear(g->for_writer);
	}
}

void
gate_open(struct gate *g)
{
	atomic_store(&g->damaged, false);
	atomic_store(&g->shut, false);
	wake_ring(g->for_reader);
}

bool
gate_has_damage(struct gate *g)
{
	return atomic_load(&g->damaged);
}

bool
gate_enter(struct gate *g)
{
	atomic_store(&g->inside, true);
	if (!gate_is_shut(g))
		return true;
	gate_leave(g);
	return false;
}

void
gate_leave(struct gate *g)
{
	if (atomic_exchange(&g->inside, false))
		wake_ring(g->for_writer);
}

bool
gate_is_shut(const struct gate *g)
{
	return atomic_load(&g->shut) || atomic_load(&g->damaged);
}

void
gate_tell_damage(struct gate *g)
{
	atomic_store(&g->damaged, true);
	wake_ring(g->for_writer);
}
