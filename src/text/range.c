/*
 * range.c - bsearch(3) over ranges.
 */
#include "text/range.h"

#include <stdlib.h>

static int
compare(const void *character, const void *row)
{
	const uint32_t *c = character;
	const struct range *r = row;

	return *c < r->first ? -1 : *c > r->last;
}

bool
range_holds(const struct range *ranges, size_t n, uint32_t character)
{
	return bsearch(&character, ranges, n, sizeof(*ranges), compare) != NULL;
}
