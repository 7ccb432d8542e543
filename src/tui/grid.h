/*
 * grid.h - the screen as cells in memory. Views draw on it; tui/term shows it; the tests read it.
 *
 * Only cleaned text (text/clean.h) goes in. What does not fit is clipped, a wide character is never split.
 */
#ifndef FLYNN_TUI_GRID_H
#define FLYNN_TUI_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/cluster.h"
#include "tui/theme.h"

struct cell {
	char text[CLUSTER_DRAWN_MAX + 1]; /* a cluster as it is drawn */
	uint8_t width;                    /* 1, 2, or 0: the right half of the one before */
	uint8_t style;                    /* enum style */
};

struct grid {
	int rows, cols;
	struct cell *cells;         /* row by row */
	int cursor_row, cursor_col; /* -1: hidden */
};

/* A part of the grid. */
struct rect {
	int row, col, rows, cols;
};

void grid_init(struct grid *, int rows, int cols);
void grid_release(struct grid *);
void grid_resize(struct grid *, int rows, int cols); /* all blank afterwards */
void grid_clear(struct grid *);                      /* all blank, no cursor */

struct cell *grid_cell(const struct grid *, int row, int col);

/* Puts text[0..n) at row and col, up to but not on column `end`. Returns the column behind it. */
int grid_put(struct grid *, int row, int col, int end, enum style, const char *text, size_t n);
int grid_puts(struct grid *, int row, int col, int end, enum style, const char *text);

/* Gives the cells of a row from col up to `end` a style, blank where nothing was put. */
void grid_paint(struct grid *, int row, int col, int end, enum style);

/* The rows as lines of text, without the blanks at their ends; the caller's to free. */
char *grid_text(const struct grid *);

#endif
