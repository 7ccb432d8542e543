/*
 * models_page.h - the page of models (/model): all that the configuration names and its servers have, in what state each is, and
 * which one the focused pane's conversation uses. It keeps itself current while it is open.
 *
 * Letters filter.
 */
#ifndef FLYNN_PAGES_MODELS_PAGE_H
#define FLYNN_PAGES_MODELS_PAGE_H

#include <stdbool.h>

struct app;
struct view;

const struct view *models_page(void); /* to be registered: see app/view.h */

void models_page_open(struct app *);

/* A router answers nothing that names no model. True: the focused conversation has none, and the page is open for it, or that is
 * not known yet (app/first_look.h); what was to be asked is asked again by `chosen`, once a model was, or it needs none. */
bool models_page_comes_first(struct app *, void (*chosen)(struct app *));

/* ---- actions ---- */

void models_page_close(struct app *);
void models_page_move(struct app *, int way);    /* -1: up, 1: down */
void models_page_screens(struct app *, int way); /* the same by pages */
void models_page_choose(struct app *);           /* the conversation talks to it from now on; a router loads it */
void models_page_load(struct app *);
void models_page_unload(struct app *); /* one that a conversation uses: once more */

#endif
