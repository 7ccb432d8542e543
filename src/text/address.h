/*
 * address.h - the addresses in a text that can be opened: http, https and mailto, as they stand in Markdown or in plain
 * words. What would not be shown as it is (text/clean.h) is none.
 */
#ifndef FLYNN_TEXT_ADDRESS_H
#define FLYNN_TEXT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ADDRESS_MAX = 2048,                /* bytes; a longer one is none */
	ADDRESSES_MAX = 99,                /* that are looked at in a text */
	ADDRESS_SLICE = 512 * 1024,        /* bytes that one call of address_is_any looks at, */
	ADDRESSES_SPAN = 4 * ADDRESS_SLICE /* and one of address_find after the first address */
};

/* How many there are from `from` on, where none is before it, each once. The which-th (from 1) goes to `address`, to be freed; NULL where there is none, or it is
 * not asked for (which is 0). */
size_t address_find(const char *text, size_t n, size_t from, size_t which, char **address);

/* Whether there is any in a text that may be growing, as far as one slice goes: the next call looks at the next one.
 * `*looked` (0 to begin with) is how far earlier calls have come: that is not looked at again. */
bool address_is_any(const char *text, size_t n, size_t *looked);

#endif
