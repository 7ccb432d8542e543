/*
 * passing.h - the messages that may pass a query's filters, as a set of their rows, read from indexes alone: for a search in
 * which nearly nothing passes, and which would look at one message after another.
 */
#ifndef FLYNN_STORE_PASSING_H
#define FLYNN_STORE_PASSING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/query.h"

/* Held by value; a zeroed one is not known yet. */
struct passing {
	uint8_t *bits;        /* by row; NULL: not known */
	int64_t rows;         /* that there are */
	int64_t first, after; /* none is in it before the one, or from the other on; both the same: it is empty */
	size_t n, limit;      /* rows in it, and when to give up */
};

/* Every message that passes is in it, and some may be that do not: marks of the conversation count only where role, model
 * and time are not asked for. Takes some tenths of a microsecond for each message in it; where there are more than `limit`
 * it stays unknown. */
bool passing_find(struct passing *, struct database *, const struct query *, size_t limit, struct err *) MUST_USE;
bool passing_has(const struct passing *, int64_t row);
void passing_release(struct passing *);

#endif
