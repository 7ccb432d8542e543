/*
 * layout.h - which part of the screen each pane has: a tree of splits, side by side or one above the other. It knows panes
 * by their numbers only, and draws nothing.
 *
 * Panes side by side have a column between them. Those one above the other have nothing between: each begins with a row of
 * its own, its title, and that is the border to the pane above it.
 */
#ifndef FLYNN_TUI_LAYOUT_H
#define FLYNN_TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "tui/grid.h"

enum {
	LAYOUT_PANES_MAX = 64,
	LAYOUT_USABLE_ROWS = 3, /* of a pane: its title, and two of text */
	LAYOUT_USABLE_COLS = 12,
};

enum layout_way {
	LAYOUT_LEFT,
	LAYOUT_RIGHT,
	LAYOUT_UP,
	LAYOUT_DOWN,
};

struct layout_node;

struct layout {
	struct layout_node *root;
	size_t n;         /* panes */
	unsigned zoomed;  /* the pane that has all the room for now; 0: none */
	struct rect area; /* that all of them have, as of the last layout_place */
};

void layout_init(struct layout *, unsigned pane); /* numbers are not 0 */
void layout_release(struct layout *);

/* Gives each pane its part of the area: together they cover it, but for the columns between them. Where there is not a cell
 * for each, some have none. All functions below that speak of places mean these. */
void layout_place(struct layout *, struct rect area);

struct rect layout_rect(const struct layout *, unsigned pane); /* rows or cols are 0: it is not to be seen */
bool layout_is_usable(struct rect);

unsigned layout_nth(const struct layout *, size_t i); /* from the top left on; 0: there are no more */
unsigned layout_neighbour(const struct layout *, unsigned pane, enum layout_way); /* 0: the area ends there */
unsigned layout_at(const struct layout *, int row, int col);                      /* 0: none is there */

/* ---- changing it: places are those of before until the next layout_place ---- */

/* Both halves would be usable. */
bool layout_can_split(const struct layout *, unsigned pane, bool beside);
/* The new pane stands to the right of the old one, or below it. False: there are too many. */
bool layout_split(struct layout *, unsigned pane, bool beside, unsigned new_pane);

/* Its room goes to the ones beside it: the nearest of them is returned. 0: it is the only one. */
unsigned layout_close(struct layout *, unsigned pane);

void layout_swap(struct layout *, unsigned a, unsigned b);
void layout_even(struct layout *); /* the same room for all, as far as the splits allow it */

/* Moves the border of the pane that is nearest so many cells that way: its right or lower one, else the one before it.
 * False: it has none. */
bool layout_resize(struct layout *, unsigned pane, enum layout_way, int cells);

/* The border at a cell, NULL: none; and moving it to another cell. It is good until the next split or close. */
struct layout_node *layout_border(const struct layout *, int row, int col);
void layout_move_border(struct layout *, struct layout_node *, int row, int col);

/* The i-th column between panes; false: there are no more. */
bool layout_column(const struct layout *, size_t i, struct rect *);

/* ---- layout_text.c: "(1|32768,(2/32768,3))z2": a row of 1 and, right of it, 2 above 3; each split with the share of its
 * first part; 2 is zoomed ---- */

void layout_print(const struct layout *, struct buf *);
uint64_t layout_key(const struct layout *); /* the same for what prints the same, others for others but by chance */
/* What layout_print made, or somebody else. False, with ERR_USAGE: it makes no sense, and nothing is to be released. */
bool layout_parse(struct layout *, const char *text, struct err *) MUST_USE;

#endif
