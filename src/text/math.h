/*
 * math.h - a TeX formula as text: one line of Unicode in the linear form of UnicodeMath (Unicode Technical Note 28), such as
 * x² + (a + b)/2 and x^(k + 1); or, where there is room, rows that stand above each other: fractions, limits, matrices.
 *
 * What TeX knows and this does not is never left out: such a formula has no other form than its source.
 */
#ifndef FLYNN_TEXT_MATH_H
#define FLYNN_TEXT_MATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	MATH_MAX = 4096, /* bytes of a formula */
};

/* Appends the formula text[0..n), which begins and ends with its signs: \(…\), \[…\], $…$ or $$…$$, or
 * is an environment of formula.h. A display formula may
 * have several rows, each after a line feed; they are at most `cols` wide where that can be, else lines that may be wrapped.
 * `cols` 0: there is one row. False, and nothing appended: it is shown as it is written. */
bool math_put(const char *text, size_t n, int cols, struct buf *out);

/* Is this a whole display formula? */
bool math_is_display(const char *text, size_t n);

#endif
