/*
 * char_set.h - sets of characters as tables of ranges, in ascending order.
 */
#ifndef FLYNN_TEXT_CHAR_SET_H
#define FLYNN_TEXT_CHAR_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct char_range {
	uint32_t first, last;
};

bool char_set_holds(const struct char_range *, size_t n, uint32_t character);

#endif
