/*
 * recall_search.h - Ctrl+R: an earlier prompt by a part of it, as readline's reverse search finds one. What is found stands in
 * place of the input until it is taken into it, or left; the input is not touched before.
 */
#ifndef FLYNN_PAGES_RECALL_SEARCH_H
#define FLYNN_PAGES_RECALL_SEARCH_H

struct app;
struct composer;
struct view;

const struct view *recall_search_page(void); /* to be registered: see app/view.h */

/* The line that replaces the input; NULL: it is not open. */
const struct composer *recall_search_shown(const struct app *);

/* ---- what keys do ---- */

void recall_search_open(struct app *);
void recall_search_next(struct app *, int way); /* -1: an older one, 1: a newer one */
void recall_search_take(struct app *);          /* into the input */
void recall_search_leave(struct app *);         /* the input is as it was */

#endif
