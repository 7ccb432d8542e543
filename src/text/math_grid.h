/*
 * math_grid.h - for math_layout.c: environments whose content is rows of cells: matrices, cases, aligned equations.
 */
#ifndef FLYNN_TEXT_MATH_GRID_H
#define FLYNN_TEXT_MATH_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "text/math_box.h"

enum {
	MATH_GRID_ROWS = 64,
	MATH_GRID_COLS = 24,
};

struct math_environment {
	const char *name, *open, *close;
	const char *columns; /* the letters of their alignment, l, c and r, over and over; "": an argument has them */
	bool equations; /* a row is an equation, cut where columns begin; else its cells are apart from each other */
	bool counts;    /* an argument says how many columns there are */
};

/* NULL: unknown. */
const struct math_environment *math_find_environment(const char *name, size_t n);

/* Cells in the order in which they are read. */
struct math_grid {
	const struct math_environment *environment;
	const char *columns;
	struct math_box *cells;
	int starts[MATH_GRID_ROWS + 1]; /* the number of each row's first cell, and of the one after the last row's */
	bool rules[MATH_GRID_ROWS + 1]; /* a line stands above the row, or below the last one */
	int n_cells, n_rows;
};

void math_grid_init(struct math_grid *, const struct math_environment *);
void math_grid_release(struct math_grid *);
struct math_box *math_grid_add(struct math_grid *); /* a cell at the end of the last row; NULL: there are too many */
bool math_grid_end_row(struct math_grid *);         /* false: there are too many */

/* Puts rows above each other; a row for each equation; or one row. */
void math_grid_stack(const struct math_grid *, struct math_box *out);
void math_grid_lines(const struct math_grid *, struct math_box *out);
void math_grid_line(const struct math_grid *, struct math_box *out);

#endif
