/*
 * palette_items.h - the rows of the palette: what can be done where the keyboard is, as far as it holds what is typed, the
 * best first. For palette.c.
 */
#ifndef FLYNN_PAGES_PALETTE_ITEMS_H
#define FLYNN_PAGES_PALETTE_ITEMS_H

#include <stddef.h>

#include "text/fuzzy.h"
#include "tui/keymap.h"
#include "tui/picker.h"

struct action;
struct app;
struct command;
struct talk;

/* The order while nothing is typed, after the items used last. */
enum palette_rank {
	PALETTE_TALK,
	PALETTE_ACTION,
	PALETTE_COMMAND,
	PALETTE_LINE, /* what belongs to a line of text: hands know its keys */
};

struct palette_item {
	const struct action *action; /* one of these */
	const struct command *command;
	struct talk *talk;
	enum palette_rank rank;
	char *name, *key; /* of a row; key: NULL where it has none */
	const char *words;
	size_t order; /* in which they were collected */
	size_t recent;
	struct fuzzy found;
	int score;
};

enum {
	PALETTE_RECENT_MAX = 8,
};

struct palette {
	struct picker view;
	struct palette_item *items; /* one for each row of the view */
	size_t n_items, space;
	char *asked;                      /* the letters of the rows */
	char *recent[PALETTE_RECENT_MAX]; /* names of what was run, the last one first; NULL: no more */
};

/* Rebuilds them, also in the view, for the text in its input. */
void palette_items_make(struct app *, struct palette *, enum key_context below);
void palette_items_release(struct palette *);

/* This one was run: it comes first the next time. */
void palette_items_remember(struct palette *, const char *name);

#endif
