/*
 * frame_scroll.h - rows of a frame that stand elsewhere in the one before it: a terminal moves them by itself.
 */
#ifndef FLYNN_TUI_FRAME_SCROLL_H
#define FLYNN_TUI_FRAME_SCROLL_H

#include <stdbool.h>

#include "tui/grid.h"

/* The rows from `top` up to `end` go up by so many (negative: down); what comes in is blank. */
struct frame_scroll {
	int top, end, by;
};

/* What saves most rows; false: nothing that is worth it. Both grids have the same size. */
bool frame_find_scroll(const struct grid *now, const struct grid *before, struct frame_scroll *);
/* Does so with the cells of a grid, whose versions stay. */
void frame_scroll(struct grid *, struct frame_scroll);

#endif
