/*
 * sidebar.h - a column of conversations beside the panes: the open ones with their numbers and what happens in them, then
 * those of the history that were changed last. Where the screen is too narrow for it, it is not there.
 */
#ifndef FLYNN_APP_SIDEBAR_H
#define FLYNN_APP_SIDEBAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "tui/grid.h"

struct app;
struct store_result;

enum {
	SIDEBAR_ASK = 7, /* the kind of its question (store/worker.h); the browser has others */
};

struct sidebar_recent {
	int64_t row, changed_ms; /* in the history; Unix time */
	char *title;             /* as it is */
};

/* Zeroed to begin with. */
struct sidebar {
	bool open;
	int cols;           /* that it has, as of the last frame; 0: it is not to be seen */
	size_t chosen, top; /* of what can be chosen; the first line shown */
	struct sidebar_recent *recent;
	size_t n_recent;
	size_t asked_for; /* so many open ones there were when the history was asked; 0: it was not */
};

void sidebar_release(struct sidebar *);

bool sidebar_has_focus(const struct app *);
int sidebar_wants(const struct app *, int screen_cols); /* columns, with the one that parts it from the panes */

/* Before a frame: asks the history again when other conversations are open. */
void sidebar_settle(struct app *);
void sidebar_draw(struct app *, struct grid *, struct rect);

void sidebar_answer(struct app *, const struct store_result *);
void sidebar_click(struct app *, int row); /* of the screen */

/* ---- actions ---- */

void sidebar_toggle(struct app *); /* opens it and goes there; from there: closes it */
void sidebar_leave(struct app *);  /* back to the panes; it stays */
void sidebar_up(struct app *);
void sidebar_down(struct app *);
void sidebar_first(struct app *);
void sidebar_last(struct app *);
void sidebar_enter(struct app *);

#endif
