/*
 * palette.h - everything that can be done where the keyboard is, found by a few of its letters: the actions that have a
 * place there, every /command, and the other open conversations.
 *
 * An action runs where the palette was opened, as its key would have done.
 */
#ifndef FLYNN_APP_PALETTE_H
#define FLYNN_APP_PALETTE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/grid.h"
#include "tui/keymap.h"
#include "tui/palette.h"

struct app;
struct palette_item;

enum {
	PALETTE_RECENT_MAX = 8,
};

/* Zeroed, but for `view`, while it was never open. */
struct palette {
	struct palette_view view;
	struct palette_item *items; /* one for each row of the view */
	size_t n_items, space;
	char *asked;                      /* what the rows were made for */
	char *recent[PALETTE_RECENT_MAX]; /* names of what was run, the last one first; NULL: no more */
};

void palette_init(struct app *);
void palette_release(struct app *);

/* ---- what keys do ---- */

void palette_open(struct app *);
void palette_close(struct app *);
void palette_up(struct app *);
void palette_down(struct app *);
void palette_page_up(struct app *);
void palette_page_down(struct app *);
void palette_run(struct app *);  /* the chosen row */
void palette_fill(struct app *); /* a command: into the input, for what is to stand behind it */

#endif
