/*
 * word_diff.h - what differs between two texts, word by word: the shortest way from one to the other by Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), in its linear-space form. Where two parts have little in common that way would cost too
 * much, and a somewhat longer one is taken.
 *
 * A word is a run of letters and digits; of Chinese, Japanese and Korean text each character. All else (a sign, a line feed, a
 * run of blanks) stands by itself. Blanks alone between two changes belong to these.
 */
#ifndef FLYNN_TEXT_WORD_DIFF_H
#define FLYNN_TEXT_WORD_DIFF_H

#include <stddef.h>

enum word_diff_type {
	WORD_DIFF_SAME,
	WORD_DIFF_REMOVED,
	WORD_DIFF_ADDED,
};

/* Bytes of the first text; of what was added, of the second one. */
struct word_diff_part {
	enum word_diff_type type;
	size_t at, len;
};

/* Parts in the order of both texts, what was removed before what was added in its place. Zeroed to begin with. */
struct word_diff {
	struct word_diff_part *parts;
	size_t n, space;
	size_t same, removed, added; /* words, signs and blanks not counted */
};

void word_diff_make(struct word_diff *, const char *a, size_t a_len, const char *b, size_t b_len);
void word_diff_release(struct word_diff *);

#endif
