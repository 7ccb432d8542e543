/*
 * math_box.h - for math_layout.c: rectangles of text, joined beside and above each other.
 */
#ifndef FLYNN_TEXT_MATH_BOX_H
#define FLYNN_TEXT_MATH_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Zeroed it has no rows, and is the empty box of one row for all that reads it. */
struct math_box {
	struct buf text; /* the rows, all padded to `cols`, with a line feed between them */
	int rows;        /* 0: nothing was put in it yet */
	int base;        /* the row on which its neighbours go on */
	int cols;        /* cells */
};

enum math_align {
	MATH_ALIGN_LEFT,
	MATH_ALIGN_CENTRE,
	MATH_ALIGN_RIGHT,
};

void math_box_release(struct math_box *); /* zeroed again */
void math_box_puts(struct math_box *, const char *text);
/* Puts one row at the right of the base row. */
void math_box_put(struct math_box *, const char *text, size_t n);
/* Puts `right` beside it, its base on that row. */
void math_box_join(struct math_box *, const struct math_box *right, int row);
/* Puts `lower` under it; the base stays. */
void math_box_stack(struct math_box *, const struct math_box *lower, enum math_align);
void math_box_pad(struct math_box *, int cols, enum math_align); /* to so many at the least */

/* Puts delimiters around it, as high as it is. "" is none. */
void math_box_fence(struct math_box *, const char *open, const char *close);

int math_box_rows(const struct math_box *); /* 1 at the least */

#endif
