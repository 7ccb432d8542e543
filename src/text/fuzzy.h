/*
 * fuzzy.h - does a text hold the letters of what was typed, in their order, and how well? "nwc" finds "new-conversation".
 *
 * Each word of the pattern is looked for by itself, and all must be there. Of all ways to find its letters the best one
 * counts: letters at the beginning of words, letters side by side, and capitals as they were typed, gaps as short as can
 * be. Capitals make no other difference.
 */
#ifndef FLYNN_TEXT_FUZZY_H
#define FLYNN_TEXT_FUZZY_H

#include <stdbool.h>
#include <stddef.h>

enum {
	FUZZY_TEXT_MAX = 256,  /* characters of a text; what stands after them is not looked at */
	FUZZY_WORD_MAX = 32,   /* characters of a word of the pattern; a longer one is nowhere */
	FUZZY_MARKS_MAX = 128, /* more are not told */
};

/* Bytes of the text, `end` not included. */
struct fuzzy_mark {
	size_t start, end;
};

struct fuzzy {
	int score; /* only to be compared with that of the same pattern in another text */
	struct fuzzy_mark marks[FUZZY_MARKS_MAX]; /* what was found: ascending, not touching */
	size_t n;
};

/* An empty pattern is in every text, with score 0. */
bool fuzzy_match(const char *text, size_t n, const char *pattern, struct fuzzy *);

#endif
