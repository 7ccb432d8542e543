/*
 * wrap.h - cleaned text laid out in lines of a width: greedy, by words, never inside a grapheme cluster. The spaces at
 * a break are swallowed, a word longer than a line is broken, and a line may end at a wide character.
 *
 * Text that only grew at its end is wrapped again from its last line on, so that a token costs the same in the first
 * and the thousandth paragraph.
 */
#ifndef FLYNN_TEXT_WRAP_H
#define FLYNN_TEXT_WRAP_H

#include <stddef.h>

/* One line of them: at text[start..n), start being where a line begins. Returns where the next begins; n + 1: this is the
 * last. */
size_t wrap_next(const char *text, size_t n, size_t start, int width, size_t *len);
/* The same for code, which breaks wherever the line is full, and swallows nothing. */
size_t wrap_next_hard(const char *text, size_t n, size_t start, int width, size_t *len);

/* Bytes of the text, without the line feed or the spaces that end it. The next line's start is after those. */
struct wrap_line {
	size_t start, len;
};

struct wrap {
	int width; /* cells; 1 at the least */
	struct wrap_line *lines;
	size_t n, space;
};

void wrap_init(struct wrap *, int width);
void wrap_release(struct wrap *);

/* Lays out text[0..n), which begins with what it was at the last call. There is a line after a final line feed, and
 * one for no text at all. */
void wrap_text(struct wrap *, const char *text, size_t n);

/* The line that the byte at `at` (0 to n) stands on. */
size_t wrap_line_of(const struct wrap *, size_t at);

#endif
