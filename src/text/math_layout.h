/*
 * math_layout.h - for math.c: TeX's mathematics, without the signs around it, laid out as a box.
 */
#ifndef FLYNN_TEXT_MATH_LAYOUT_H
#define FLYNN_TEXT_MATH_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "text/math_box.h"

enum math_shape {
	MATH_ONE_ROW,
	MATH_LINES, /* a row for each equation */
	MATH_HIGH,  /* and fractions, limits and matrices take several */
};

/* False, and `out` is only to be released: something in it has no other form than its source. */
bool math_layout(const char *text, size_t n, enum math_shape, struct math_box *out);

#endif
