/*
 * models_state.h - what the page of models keeps, for its own files only.
 */
#ifndef FLYNN_PAGES_MODELS_STATE_H
#define FLYNN_PAGES_MODELS_STATE_H

#include <stddef.h>

#include "config/model_rows.h"
#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/marks.h"

struct app;

enum {
	MODELS_MARKS_MAX = 16, /* of a name: what was typed to find it */
};

/* One that holds what was typed. */
struct models_shown {
	const struct model_row *row;
	const char *name; /* as it is shown: of a path the last part; borrowed of the row */
	struct mark marks[MODELS_MARKS_MAX];
	size_t n_marks;
};

struct models_page {
	struct composer filter;
	struct model_rows rows;
	struct models_shown *shown;
	size_t n, chosen, top, page; /* of those shown; page: rows in view, as of the last frame */
	char *name;                  /* of the row with the cursor, which stays there; NULL: the first */
	char *asked;                 /* what was typed when the rows were made */
	char *doomed; /* the name of the model that is unloaded when that is asked for again; NULL: none */
	void (*then)(struct app *); /* what was to be done when the page came first; or NULL */
};

/* ---- models_draw.c ---- */

void models_draw(struct app *, struct models_page *, struct grid *);

#endif
