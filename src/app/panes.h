/*
 * panes.h - the panes of the screen (tui/layout.h says where they stand): splitting, closing, going from one to another.
 *
 * Whatever is done to panes closes what lies over them, so that it is seen.
 */
#ifndef FLYNN_APP_PANES_H
#define FLYNN_APP_PANES_H

#include <stdbool.h>

#include "tui/layout.h"

struct app;
struct pane;
struct talk;

void panes_init(struct app *); /* one, which shows nothing yet */
void panes_release(struct app *);

/* One that stands in the layout already; and one that does no longer. */
struct pane *panes_add(struct app *, unsigned number);
void panes_remove(struct app *, struct pane *);

void panes_show(struct app *, struct pane *, struct talk *); /* may close the conversation shown before */

/* Another pane beside the focused one or below it, which has the focus then. NULL: with a new conversation. False: there is
 * no room, which was said. */
bool panes_split(struct app *, bool beside, struct talk *);
void panes_focus(struct app *, struct pane *);
void panes_close_other(struct app *, struct pane *);         /* not the focused one */
void panes_go_to(struct app *, struct talk *);               /* to a pane that shows it, else it comes into this one */
bool panes_is_seen(const struct app *, const struct talk *); /* some of it is on the screen */

/* The other pane stands in the focused one's place, with its number; NULL: a new one, that shows nothing yet. Returns the one that stood
 * there, which is nowhere then: to be put back, or freed. */
struct pane *panes_put_instead(struct app *, struct pane *);
void pane_free(struct pane *);

/* The one with this number of the layout; NULL: none. */
struct pane *panes_numbered(const struct app *, unsigned number);

/* In the order of the layout; after the last, the first. */
struct pane *panes_after(const struct app *, const struct pane *);

/* The one that the mouse points at; NULL: none. */
struct pane *panes_pointed(const struct app *);

/* ---- actions ---- */

void panes_split_longer(struct app *); /* along its longer side */
void panes_split_below(struct app *);
void panes_split_beside(struct app *);
void panes_close(struct app *);
void panes_only(struct app *); /* closes all others */
void panes_zoom(struct app *);
void panes_even(struct app *);

/* `way` is an enum layout_way. */
void panes_go(struct app *, int way);
void panes_next(struct app *);

void panes_swap(struct app *, int way);
void panes_swap_next(struct app *);

void panes_border(struct app *, int way); /* moves it */

void panes_conversation(struct app *); /* the one of the number that was pressed */
void panes_next_changed(struct app *); /* the one in which something happened, and says what */

#endif
