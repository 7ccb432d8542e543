/*
 * model_list.h - the models there are, and whether each can be reached, to choose from: those of the configuration, whose
 * servers are all watched while the list is open, then those that the server in use has.
 */
#ifndef FLYNN_PAGES_MODEL_LIST_H
#define FLYNN_PAGES_MODEL_LIST_H

#include <stdbool.h>

struct app;
struct view;

const struct view *model_list_page(void); /* to be registered: see app/view.h */

void model_list_refresh(struct app *); /* something is known of a server */

/* ---- actions ---- */

void model_list_open(struct app *);
void model_list_open_for(struct app *, void (*chosen)(struct app *)); /* called when one was chosen */

/* A router answers nothing that names no model. True: the focused conversation has none, and the list is open for it; what
 * was to be asked is asked again by `chosen`. */
bool model_list_comes_first(struct app *, void (*chosen)(struct app *));
void model_list_close(struct app *);
void model_list_move(struct app *, int way); /* -1: up, 1: down */
void model_list_choose(struct app *);        /* the conversation in the focused pane talks to it from now on */

#endif
