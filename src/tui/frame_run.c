/*
 * frame_run.c - most rows have the version that they had before, and need no look.
 */
#include "tui/frame_run.h"

#include <string.h>

/* From the first to the last cell that differs. False: none does. */
static bool
find_difference(const struct cell *now, const struct cell *before, int first, int end, struct frame_run *run)
{
	int last = end - 1;

	while (first < end && grid_cells_match(&now[first], &before[first]))
		first++;
	if (first == end)
		return false;
	while (grid_cells_match(&now[last], &before[last]))
		last--;
	run->col = first;
	run->n = last - first + 1;
	run->style = now[first].style;
	return true;
}

static bool
is_plain(const struct cell *now, const struct cell *before, enum style style)
{
	return grid_is_ascii(now) && now->style == style && style != STYLE_PICTURE && before->width == 1;
}

/* Writing the last column may make a terminal scroll. */
static bool
is_run(const struct cell *now, const struct cell *before, int cols, const struct frame_run *run)
{
	if (run->n > FRAME_RUN_MAX || run->col + run->n == cols)
		return false;
	for (int col = run->col; col < run->col + run->n; col++)
		if (!is_plain(&now[col], &before[col], run->style))
			return false;
	return true;
}

/* Of a row that was touched. False: it differs in another way. */
static bool
add_run(const struct grid *now, const struct grid *before, int row, uint64_t version, struct frame_runs *runs)
{
	const struct cell *new = grid_cell(now, row, 0), *old = grid_cell(before, row, 0);
	struct frame_run run = {.row = row};
	int from, end;

	grid_changed(now, row, version, &from, &end);
	if (memcmp(new + from, old + from, (size_t)(end - from) * sizeof(*new)) == 0 ||
	        !find_difference(new, old, from, end, &run))
		return true;
	if (runs->n == FRAME_RUNS_MAX || !is_run(new, old, now->cols, &run))
		return false;
	runs->list[runs->n++] = run;
	return true;
}

bool
frame_find_runs(const struct grid *now, const struct grid *before, const uint64_t *versions, struct frame_runs *runs)
{
	runs->n = 0;
	for (int row = 0; row < now->rows; row++)
		if (versions[row] == 0 ||
		        (versions[row] != grid_version(now, row) && !add_run(now, before, row, versions[row], runs)))
			return false;
	return true;
}
