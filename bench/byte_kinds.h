/*
 * byte_kinds.h - what the bytes are for that a program sends to a terminal: text, and the kinds of escape sequences.
 */
#ifndef FLYNN_BENCH_BYTE_KINDS_H
#define FLYNN_BENCH_BYTE_KINDS_H

#include <stddef.h>

enum byte_kind {
	BYTES_TEXT,
	BYTES_MOVES, /* of the cursor */
	BYTES_LOOKS, /* attributes, colours, character sets */
	BYTES_MARKS, /* of synchronized output */
	BYTES_SHOWN, /* the cursor shown and hidden */
	BYTES_ERASE,
	BYTES_SCROLL, /* regions, and lines inserted and deleted */
	BYTES_OTHER,
	BYTES_KINDS,
};

/* Zeroed to begin with. */
struct byte_kinds {
	size_t counts[BYTES_KINDS];
	char sequence[32]; /* so far */
	size_t len;        /* of it; 0: text */
};

void byte_kinds_add(struct byte_kinds *, const char *bytes, size_t n);
const char *byte_kinds_name(enum byte_kind);

#endif
