/*
 * frame_run.h - a frame that differs from the one before it by letters in a few places, as the frames of most tokens do.
 */
#ifndef FLYNN_TUI_FRAME_RUN_H
#define FLYNN_TUI_FRAME_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/grid.h"

enum {
	FRAME_RUN_MAX = 32, /* columns; in a longer one there may be much that did not change */
	FRAME_RUNS_MAX = 4,
};

/* ASCII of one style, in place of cells of one column each, and short of the last column. */
struct frame_run {
	int row, col, n;
	enum style style;
};

struct frame_runs {
	struct frame_run list[FRAME_RUNS_MAX]; /* each in a row of its own */
	int n;
};

/* Are these all cells that changed? Both grids have the same size. `versions` are those that the rows of `now` had at the time of
 * `before` (grid_version); 0: it is not known what the terminal shows there. */
bool frame_find_runs(const struct grid *now, const struct grid *before, const uint64_t *versions, struct frame_runs *);

#endif
