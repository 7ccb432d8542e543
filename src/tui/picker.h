/*
 * picker.h - the view of a list to choose from by typing: a line, and below it rows of a name, what it does, and its key.
 * In a box over what stands on the screen; where there is no room for one, instead of it.
 *
 * What stands in it is the caller's, already chosen and in order; here texts are cleaned.
 */
#ifndef FLYNN_TUI_PICKER_H
#define FLYNN_TUI_PICKER_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/marks.h"

struct palette_row;

/* Zeroed to begin with, but for the first two. */
struct picker {
	struct composer input;
	const char *label; /* on the upper edge of the box; borrowed */
	struct palette_row *rows;
	size_t n, space;
	size_t chosen, top; /* rows; top: the first one shown, as of the last picker_layout */
	size_t page;        /* rows in view, as of then */
};

void picker_init(struct picker *, const char *label);
void picker_release(struct picker *);

/* Another list: nothing is in it, and the first row that will be is the chosen one. */
void picker_clear(struct picker *);

/* A row at the end. The marks are bytes of `name`, a space and `words`. */
void picker_add(struct picker *, const char *name, const char *words, const char *key, const struct mark *marks,
        size_t n_marks);

void picker_move(struct picker *, long rows); /* as far as there are any */

/* Whether a screen of this size shows a box, and how wide the words on its lower edge may be. */
bool picker_is_box(int rows, int cols);
int picker_hint_cols(int rows, int cols);

/* Brings the chosen row into view. Before picker_draw, for the same part of a screen. */
void picker_layout(struct picker *, int rows, int cols);

/* `words` stand in place of rows where there are none; `hint` on the lower edge of the box. */
void picker_draw(const struct picker *, struct grid *, struct rect, const char *words, const char *hint);

#endif
