/*
 * find_gap.h - the signs that stand before, between and after the words of a phrase: "C++", "->", "🚀". Signs are matched
 * as they are typed. A space among them stands for any signs and spaces; so do the phrase's two ends.
 */
#ifndef FLYNN_TEXT_FIND_GAP_H
#define FLYNN_TEXT_FIND_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct find_gap {
	struct buf pattern; /* runs of signs with one space between them; a space at an end: it may stand apart there */
	bool has_signs;     /* else anything may stand there */
};

/* Of a text without words. */
void find_gap_init(struct find_gap *, const char *text, size_t n, bool first, bool last);
void find_gap_release(struct find_gap *);

/* Whether the signs are in the bytes from `*from` to `*to`, before any letter; then these are where the first run of them
 * begins and the last one ends. What it costs grows with that. */
bool find_gap_match(const struct find_gap *, const char *text, size_t *from, size_t *to);

/* False: they are nowhere in a text, for sure. */
bool find_gap_may_be_in(const struct find_gap *, const char *text, size_t n);

#endif
