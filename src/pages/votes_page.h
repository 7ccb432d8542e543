/*
 * votes_page.h - the page of votes (/votes): how often each model was voted for in blind comparisons, the one with most votes first.
 */
#ifndef FLYNN_PAGES_VOTES_PAGE_H
#define FLYNN_PAGES_VOTES_PAGE_H

#include <stdbool.h>

struct app;
struct store_result;
struct view;

const struct view *votes_page(void); /* to be registered: see app/view.h */

bool votes_page_open(struct app *); /* false: not now, which was said */

/* The history's answer to the page's question. */
void votes_page_answer(struct app *, const struct store_result *);
void votes_page_voted(struct app *); /* the history has another vote */

/* ---- actions ---- */

void votes_page_close(struct app *);
void votes_page_lines(struct app *, int way); /* -1: up, 1: down */
void votes_page_screens(struct app *, int way);

#endif
