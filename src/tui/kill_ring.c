/*
 * kill_ring.c - an array that is pushed along; it is short.
 */
#include "tui/kill_ring.h"

#include <string.h>

void
kill_ring_release(struct kill_ring *r)
{
	for (size_t i = 0; i < r->n; i++)
		buf_release(&r->kills[i]);
	*r = (struct kill_ring){.n = 0};
}

static void
push(struct kill_ring *r)
{
	if (r->n == KILL_RING_MAX)
		buf_release(&r->kills[--r->n]);
	memmove(r->kills + 1, r->kills, r->n * sizeof(r->kills[0]));
	memmove(r->pasted + 1, r->pasted, r->n * sizeof(r->pasted[0]));
	r->kills[0] = (struct buf){.len = 0};
	r->pasted[0] = false;
	r->n++;
}

void
kill_ring_add(struct kill_ring *r, enum kill kill, const char *s, size_t n, bool pasted)
{
	struct buf joined = {0};

	if (kill == KILL_NEW || r->n == 0)
		push(r);
	r->at = 0;
	r->pasted[0] = r->pasted[0] || pasted;
	if (kill != KILL_BEFORE) {
		buf_put(&r->kills[0], s, n);
		return;
	}
	buf_put(&joined, s, n);
	buf_put(&joined, buf_text(&r->kills[0]), r->kills[0].len);
	buf_release(&r->kills[0]);
	r->kills[0] = joined;
}

const struct buf *
kill_ring_get(const struct kill_ring *r)
{
	return r->n > 0 ? &r->kills[r->at] : NULL;
}

bool
kill_ring_is_pasted(const struct kill_ring *r)
{
	return r->n > 0 && r->pasted[r->at];
}

void
kill_ring_turn(struct kill_ring *r)
{
	if (r->n > 0)
		r->at = (r->at + 1) % r->n;
}
