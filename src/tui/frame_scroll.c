/*
 * frame_scroll.c - for each distance, the longest block of rows that went by it. Rows beside the block are moved along where more of
 * them is right afterwards than was before: a word that went to the next row has left its row changed.
 */
#include "tui/frame_scroll.h"

#include <stdlib.h>
#include <string.h>

enum {
	GAIN_LEAST = 2, /* rows that need not be sent: moving them takes some 20 bytes */
};

static const struct cell blank = {.text = " ", .width = 1, .style = STYLE_TEXT};

static bool
is_same(const struct grid *now, int row, const struct grid *before, int other)
{
	return memcmp(grid_cell(now, row, 0), grid_cell(before, other, 0), (size_t)now->cols * sizeof(struct cell)) ==
	       0;
}

/* Cells that look the same in both. */
static int
count_same(const struct grid *now, int row, const struct grid *before, int other)
{
	const struct cell *a = grid_cell(now, row, 0), *b = grid_cell(before, other, 0);
	int n = 0;

	for (int col = 0; col < now->cols; col++)
		n += grid_cells_match(&a[col], &b[col]);
	return n;
}

static int
count_blank(const struct grid *now, int row)
{
	const struct cell *a = grid_cell(now, row, 0);
	int n = 0;

	for (int col = 0; col < now->cols; col++)
		n += grid_cells_match(&a[col], &blank);
	return n;
}

/* Rows from..end of `now` that stand `by` rows lower before. */
struct block {
	int from, end, gain;
};

/* What it saves: rows that are not where they were, less those that were right and are overwritten. */
static int
gain_of(const struct grid *now, const struct grid *before, struct block b, int by)
{
	int gain = 0, first = by > 0 ? b.end : b.from + by, end = by > 0 ? b.end + by : b.from;

	for (int row = b.from; row < b.end; row++)
		gain += !is_same(now, row, before, row);
	for (int row = first; row < end; row++)
		gain -= is_same(now, row, before, row);
	return gain;
}

/* Among the rows first..end, which those around them are no part of. */
static struct block
best_block(const struct grid *now, const struct grid *before, int first, int end, int by)
{
	struct block best = {0};

	if (by > 0)
		end -= by;
	else
		first -= by;
	for (int row = first; row < end; row++) {
		struct block b = {.from = row};

		while (row < end && is_same(now, row, before, row + by))
			row++;
		b.end = row;
		b.gain = b.end - b.from >= GAIN_LEAST ? gain_of(now, before, b, by) : 0;
		if (b.gain > best.gain)
			best = b;
	}
	return best;
}

/* Is more of the row right once the one that is `by` below is moved there, than if that row or a blank one is there? */
static bool
should_go_along(const struct grid *now, const struct grid *before, int row, int by)
{
	int moved;

	if (row < 0 || row >= now->rows || row + by < 0 || row + by >= now->rows)
		return false;
	moved = count_same(now, row, before, row + by);
	return moved > count_same(now, row, before, row) && moved > count_blank(now, row);
}

/* Of the distances, the short ones first: what moves most of what changed is not looked for any further. */
static struct block
find_block(const struct grid *now, const struct grid *before, int *by)
{
	int first = 0, end = now->rows;
	struct block best = {0};

	while (first < end && is_same(now, first, before, first))
		first++;
	while (end > first && is_same(now, end - 1, before, end - 1))
		end--;
	for (int n = 2; n / 2 + GAIN_LEAST <= end - first && best.gain * 2 < end - first; n++) {
		int distance = n % 2 == 0 ? n / 2 : -(n / 2);
		struct block b = best_block(now, before, first, end, distance);

		if (b.gain > best.gain) {
			best = b;
			*by = distance;
		}
	}
	return best;
}

bool
frame_find_scroll(const struct grid *now, const struct grid *before, struct frame_scroll *s)
{
	struct block best = find_block(now, before, &s->by);

	if (best.gain < GAIN_LEAST)
		return false;
	while (should_go_along(now, before, best.end, s->by))
		best.end++;
	while (should_go_along(now, before, best.from - 1, s->by))
		best.from--;
	s->top = s->by > 0 ? best.from : best.from + s->by;
	s->end = s->by > 0 ? best.end + s->by : best.end;
	return true;
}

void
frame_scroll(struct grid *g, struct frame_scroll s)
{
	int by = abs(s.by), kept = s.end - s.top - by;
	struct cell *top = g->cells + (size_t)s.top * (size_t)g->cols;
	size_t left = (size_t)by * (size_t)g->cols, n = (size_t)kept * (size_t)g->cols;
	struct cell *new = s.by > 0 ? top + n : top;

	memmove(s.by > 0 ? top : top + left, s.by > 0 ? top + left : top, n * sizeof(*top));
	for (size_t i = 0; i < left; i++)
		new[i] = blank;
}
