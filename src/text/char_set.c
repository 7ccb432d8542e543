/*
 * char_set.c - bsearch(3) over ranges.
 */
#include "text/char_set.h"

#include <stdlib.h>

static int
compare(const void *character, const void *row)
{
	const uint32_t *c = character;
	const struct char_range *r = row;

	return *c < r->first ? -1 : *c > r->last;
}

bool
char_set_holds(const struct char_range *ranges, size_t n, uint32_t character)
{
	return bsearch(&character, ranges, n, sizeof(*ranges), compare) != NULL;
}
