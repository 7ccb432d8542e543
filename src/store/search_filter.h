/*
 * search_filter.h - the messages that may pass a query's filters, as a set of their rows, read from indexes alone:
 * for a search in which nearly nothing passes, and which would read one message after another.
 */
#ifndef FLYNN_STORE_SEARCH_FILTER_H
#define FLYNN_STORE_SEARCH_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/query.h"
#include "store/tagged.h"

/* Held by value; a zeroed one is not known yet. */
struct search_filter {
	uint8_t *bits;        /* by row; NULL: not known */
	int64_t rows;         /* that there are */
	int64_t first, after; /* none is in it before the one, or from the other on; both the same: it is empty */
	size_t n, limit;      /* rows in it, and when to give up */
};

/* Every message that passes is in it, and some may be that do not: where tags are asked for (whose conversations are these) nothing
 * else counts, and marks of the conversation count only where role, model and time are not asked for either. Takes some tenths of a microsecond for each message in it; where there are more
 * than `limit` it stays unknown. */
bool search_filter_find(struct search_filter *, struct database *, const struct query *, const struct tagged *,
        size_t limit, struct err *) MUST_USE;
bool search_filter_has(const struct search_filter *, int64_t row);
void search_filter_release(struct search_filter *);

#endif
