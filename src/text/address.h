/*
 * address.h - the addresses in a text that can be opened: http, https and mailto, as they stand in Markdown or in plain
 * words. What would not be shown as it is (text/clean.h) is none.
 */
#ifndef FLYNN_TEXT_ADDRESS_H
#define FLYNN_TEXT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ADDRESS_MAX = 2048, /* bytes; a longer one is none */
	ADDRESSES_MAX = 99, /* that are looked at in a text */
};

/* How many there are, each once. The which-th (from 1) goes to `address`, to be freed; NULL where there is none, or it is
 * not asked for (which is 0). */
size_t address_find(const char *text, size_t n, size_t which, char **address);

/* Whether there is any in a text that may be growing. `*looked` (0 to begin with) is how far earlier calls have come: that
 * is not looked at again. */
bool address_is_any(const char *text, size_t n, size_t *looked);

#endif
