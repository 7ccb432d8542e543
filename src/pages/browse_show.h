/*
 * browse_show.h - puts the store's answers into the view of the browser (tui/browser.h). For browse.c, which knows
 * what was asked.
 */
#ifndef FLYNN_PAGES_BROWSE_SHOW_H
#define FLYNN_PAGES_BROWSE_SHOW_H

#include "app/browse_ask.h"
#include "pages/browse_state.h"

struct app;

/* Puts rows: a first page replaces the present rows, later pages follow them; of titles only those not there yet. */
void browse_show_page(const struct app *, struct browse *, const struct browse_page *);
void browse_show_titles(const struct app *, struct browse *, const struct browse_page *);

/* The preview of a row. */
void browse_show_look(const struct app *, struct browse *, const struct browse_fact *, const struct browse_look *);

/* The row that keys act on; NULL: there is none. */
const struct browse_fact *browse_chosen(const struct browse *);

/* Forgets what is known of the rows. */
void browse_show_nothing(struct browse *);

#endif
