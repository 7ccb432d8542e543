/*
 * frame_run.h - a frame that differs from the one before it by letters in one place, as the frames of most tokens do.
 */
#ifndef FLYNN_TUI_FRAME_RUN_H
#define FLYNN_TUI_FRAME_RUN_H

#include <stdint.h>

#include "tui/grid.h"

enum {
	FRAME_RUN_MAX = 32, /* columns; in a longer one there may be much that did not change */
};

struct frame_run {
	int row, col, n;
	enum style style;
};

enum frame_change {
	FRAME_SAME,
	FRAME_RUN, /* ASCII of one style, in place of cells of one column each, and short of the last column */
	FRAME_OTHER,
};

/* What changed of the cells; both grids have the same size. `versions` are those that the rows of `now` had at the time of
 * `before` (grid_version); 0: it is not known what the terminal shows there. */
enum frame_change frame_compare(
        const struct grid *now, const struct grid *before, const uint64_t *versions, struct frame_run *);

#endif
