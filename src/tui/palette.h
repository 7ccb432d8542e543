/*
 * palette.h - the view of a list to choose from by typing: a line, and below it rows of a name, what it does, and its key.
 * In a box over what stands on the screen; where there is no room for one, instead of it.
 *
 * What stands in it is the caller's, already chosen and in order; here texts are cleaned.
 */
#ifndef FLYNN_TUI_PALETTE_H
#define FLYNN_TUI_PALETTE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/marks.h"

struct palette_row;

/* Zeroed to begin with, but for the first two. */
struct palette_view {
	struct composer input;
	const char *label; /* on the upper edge of the box; borrowed */
	struct palette_row *rows;
	size_t n, space;
	size_t chosen, top; /* rows; top: the first one shown, as of the last palette_view_layout */
	size_t page;        /* rows in view, as of then */
};

void palette_view_init(struct palette_view *, const char *label);
void palette_view_release(struct palette_view *);

/* Another list: nothing is in it, and the first row that will be is the chosen one. */
void palette_view_clear(struct palette_view *);

/* A row at the end. The marks are bytes of `name`, a blank and `words`. */
void palette_view_add(struct palette_view *, const char *name, const char *words, const char *key,
        const struct mark *marks, size_t n_marks);

void palette_view_move(struct palette_view *, long rows); /* as far as there are any */

/* Whether a screen of this size shows a box, and how wide the words on its lower edge may be. */
bool palette_view_is_box(int rows, int cols);
int palette_view_hint_cols(int rows, int cols);

/* Brings the chosen row into view. Before palette_view_draw, for the same part of a screen. */
void palette_view_layout(struct palette_view *, int rows, int cols);

/* `words` stand in place of rows where there are none; `hint` on the lower edge of the box. */
void palette_view_draw(const struct palette_view *, struct grid *, struct rect, const char *words, const char *hint);

#endif
