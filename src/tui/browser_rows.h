/*
 * browser_rows.h - what browser.c, which keeps the rows, and browser_draw.c, which draws them, have in common. For these
 * two alone.
 */
#ifndef FLYNN_TUI_BROWSER_ROWS_H
#define FLYNN_TUI_BROWSER_ROWS_H

#include <stdint.h>

#include "tui/grid.h"
#include "tui/marks.h"

struct browser;

enum {
	BROWSER_RULE_FROM_ROWS = 8,
	BROWSER_BESIDE_FROM_COLS = 90,
	BROWSER_BELOW_FROM_ROWS = 18,
	BROWSER_TWO_LINES_FROM_ROWS = 4,
};

/* Cleaned texts. */
struct browser_row {
	int64_t id, message;
	char *title, *notes, *tags, *when, *count;
	struct marked line;
};

/* Parts of a screen of this size. Between list and preview is a line: a column, or the row above the preview. */
struct browser_places {
	int rule;                  /* rows of it */
	struct rect list, preview; /* preview: no rows where there is none */
};

struct browser_places browser_places(int rows, int cols);
int browser_row_lines(const struct browser *, int list_rows); /* that each row of the list takes */

#endif
