/*
 * pacing.c - the window grows while answers come as fast as the fastest did, as on a line that is long but wide, and shrinks when they
 * come later: then the bytes stood in a queue.
 */
#include "tui/pacing.h"

static void
be_patient(struct pacing *p, int64_t now_ms)
{
	p->patience_ms = now_ms + PACING_PATIENCE_MS;
}

/* No answer came in time. */
static void
lose_patience(struct pacing *p, int64_t now_ms)
{
	if (now_ms < p->patience_ms)
		return;
	be_patient(p, now_ms);
	if (++p->tries >= PACING_TRIES)
		p->answers = false;
}

bool
pacing_ask(struct pacing *p, int64_t now_ms)
{
	if (p->asked)
		return false;
	p->unasked = 0;
	p->asked = true;
	p->asked_ms = now_ms;
	p->tries = 0;
	be_patient(p, now_ms);
	return true;
}

bool
pacing_write(struct pacing *p, size_t n, int64_t now_ms)
{
	int64_t taken = (now_ms - p->counted_ms) * PACING_FREE;

	p->unasked = (p->unasked > taken ? p->unasked - taken : 0) + (int64_t)n;
	p->counted_ms = now_ms;
	if (p->asked)
		lose_patience(p, now_ms);
	return p->unasked >= p->window && pacing_ask(p, now_ms);
}

static int64_t
bounded(int64_t window)
{
	return window < PACING_LEAST ? PACING_LEAST : window > PACING_MOST ? PACING_MOST : window;
}

void
pacing_answered(struct pacing *p, int64_t now_ms)
{
	int64_t took_ms = now_ms - p->asked_ms;

	if (!p->asked)
		return;
	p->asked = false;
	if (p->window == 0 || took_ms < p->best_ms)
		p->best_ms = took_ms;
	p->answers = true;
	p->window = bounded(took_ms <= p->best_ms + PACING_QUEUE_MS ? 2 * p->window : p->window / 2);
	p->best_ms++; /* the way may become longer */
}

static int
left_ms(int64_t until_ms, int64_t now_ms)
{
	return until_ms > now_ms ? (int)(until_ms - now_ms) : 0;
}

int
pacing_hold_ms(const struct pacing *p, int64_t now_ms)
{
	return p->asked && p->answers ? left_ms(p->patience_ms, now_ms) : 0;
}

int
pacing_leave_ms(const struct pacing *p, int64_t now_ms)
{
	return p->asked ? left_ms(p->asked_ms + (p->answers ? PACING_LEAVING_MS : PACING_UNKNOWN_MS), now_ms) : 0;
}
