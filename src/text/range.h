/*
 * range.h - sets of characters as tables of ranges, in ascending order.
 */
#ifndef FLYNN_TEXT_RANGE_H
#define FLYNN_TEXT_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range {
	uint32_t first, last;
};

bool range_holds(const struct range *, size_t n, uint32_t character);

#endif
