/*
 * errand.h - work that waits for the disk, on a thread that nobody has to wait for.
 *
 * The work belongs to the thread until it has ended, and then to the caller again: starting and joining the thread are their
 * only synchronization. Whoever leaves an errand that still runs, because its disk does not answer, leaves it the work too.
 */
#ifndef FLYNN_BASE_ERRAND_H
#define FLYNN_BASE_ERRAND_H

#include <stdbool.h>

#include "base/err.h"

struct errand;

struct errand_kind {
	void (*run)(void *work);
	void (*release)(void *work);
};

/* The kind is borrowed. NULL, and why: no thread could be started, and the work is the caller's. */
struct errand *errand_start(const struct errand_kind *, void *work, struct err *) MUST_USE;

int errand_fd(const struct errand *); /* for poll(2), until it has ended */
bool errand_has_ended(const struct errand *);

/* Of one that has ended: the work, which is the caller's. Frees the errand. */
void *errand_finish(struct errand *);

/* Without waiting: the work is released, now or when it has ended. NULL is fine. */
void errand_leave(struct errand *);

#endif
