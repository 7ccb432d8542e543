/*
 * snippet.h - the part of a text that shows best why it was found: around the hits that stand together in the greatest
 * variety, on one line.
 */
#ifndef FLYNN_TEXT_SNIPPET_H
#define FLYNN_TEXT_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/find.h"

enum {
	SNIPPET_HITS_MAX = 16, /* marked in one */
};

struct snippet {
	struct buf text; /* bytes of the original; each control character is a space */
	size_t at;       /* where in the original it begins */
	bool more_before, more_after;
	struct find_range hits[SNIPPET_HITS_MAX]; /* within it, one after the other; cut off at its end */
	size_t n_hits;
};

/* Of about `width` bytes, between words where there are any near. Without a hit it is the text's beginning; false then. */
bool snippet_make(struct snippet *, const struct find *, const char *text, size_t n, size_t width);
void snippet_release(struct snippet *);

#endif
