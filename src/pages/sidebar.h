/*
 * sidebar.h - a column of conversations beside the panes: the open ones with their numbers and what happens in them, then
 * those of the history that were changed last. Where the screen is too narrow for it, it is not there.
 */
#ifndef FLYNN_PAGES_SIDEBAR_H
#define FLYNN_PAGES_SIDEBAR_H

#include <stdbool.h>

#include "tui/grid.h"

struct app;
struct store_result;
struct view;

const struct view *sidebar_page(void); /* to be registered: see app/view.h */

bool sidebar_has_focus(const struct app *);
bool sidebar_is_shown(const struct app *); /* as of the last frame */
int sidebar_place(struct app *, int screen_cols); /* its columns, with the one that parts it from the panes; 0: none */

/* Before a frame: asks the history again when other conversations are open. */
void sidebar_settle(struct app *);
void sidebar_draw(struct app *, struct grid *, struct rect);

void sidebar_answer(struct app *, const struct store_result *);
void sidebar_edited(struct app *); /* a conversation of the history was renamed, deleted or brought back */
bool sidebar_click(struct app *, int row, int col); /* of the screen; false: it is not there */

/* ---- actions ---- */

void sidebar_toggle(struct app *); /* opens it and goes there; from there: closes it */
void sidebar_leave(struct app *);  /* back to the panes; it stays */
/* `way`: -1 up, 1 down. */
void sidebar_move(struct app *, int way);
void sidebar_end(struct app *, int way); /* the first or the last one */
void sidebar_enter(struct app *);

#endif
