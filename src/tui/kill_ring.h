/*
 * kill_ring.h - the last texts that were killed, to be put back: readline's.
 */
#ifndef FLYNN_TUI_KILL_RING_H
#define FLYNN_TUI_KILL_RING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	KILL_RING_MAX = 10,
};

enum kill {
	KILL_NEW,
	KILL_BEHIND, /* joins the last one: at its end, */
	KILL_BEFORE, /* at its start */
};

/* Zeroed to begin with. */
struct kill_ring {
	struct buf kills[KILL_RING_MAX]; /* the newest first */
	bool pasted[KILL_RING_MAX];
	size_t n, at; /* at: the one to put back */
};

void kill_ring_release(struct kill_ring *);
/* `pasted`: not all of it was typed. */
void kill_ring_add(struct kill_ring *, enum kill, const char *, size_t n, bool pasted);

/* What to put back, NULL when nothing was ever killed; and the one before it from now on, the newest after the oldest. */
const struct buf *kill_ring_get(const struct kill_ring *);
bool kill_ring_is_pasted(const struct kill_ring *);
void kill_ring_turn(struct kill_ring *);

#endif
