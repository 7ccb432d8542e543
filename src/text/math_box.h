/*
 * math_box.h - for math_layout.c: rectangles of text, joined beside and above each other.
 */
#ifndef FLYNN_TEXT_MATH_BOX_H
#define FLYNN_TEXT_MATH_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Blanks at its end are understood: `cols` may be fewer than the box has. */
struct math_line {
	struct buf text;
	int cols;
};

/* Zeroed it is empty: one row without text. */
struct math_box {
	struct math_line *lines;
	int n_lines, space; /* 0: nothing was put in it yet */
	int base;           /* the row on which its neighbours go on */
	int cols;           /* cells of the widest row */
};

enum math_align {
	MATH_ALIGN_LEFT,
	MATH_ALIGN_CENTRE,
	MATH_ALIGN_RIGHT,
};

void math_box_release(struct math_box *);   /* zeroed again */
int math_box_rows(const struct math_box *); /* 1 at the least */
bool math_box_is_empty(const struct math_box *);
/* The text of a row, without the blanks that pad it; borrowed until the box changes. */
const char *math_box_text(const struct math_box *, int row);
size_t math_box_length(const struct math_box *, int row); /* bytes of that text */

/* Puts text at the right of the base row. */
void math_box_put(struct math_box *, const char *text, size_t n);
void math_box_puts(struct math_box *, const char *text);
void math_box_fill(struct math_box *, const char *cluster, int times); /* clusters of one cell */
void math_box_cut(struct math_box *); /* the last character of its one row, of one byte and one cell */
/* Puts `right` beside it, with the base of that on this row. */
void math_box_join(struct math_box *, const struct math_box *right, int row);
/* Puts `lower` under it; the base stays. An empty box has a row of its own then. */
void math_box_stack(struct math_box *, const struct math_box *lower, enum math_align);
void math_box_pad(struct math_box *, int cols, enum math_align); /* to so many at the least */

#endif
