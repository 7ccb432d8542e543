/*
 * model_list.h - the models there are, and whether each can be reached, to choose from: those of the configuration, whose
 * servers are all watched while the list is open, then those that the server in use has.
 */
#ifndef FLYNN_APP_MODEL_LIST_H
#define FLYNN_APP_MODEL_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/grid.h"
#include "tui/palette.h"

struct app;
struct link;

/* Zeroed, but for `view`, while it was never open. */
struct model_list {
	struct palette_view view;
	struct link **links; /* held; one for each configured model, NULL where its client cannot be made */
	char **names;        /* one for each row */
	size_t n_names;
	char *asked; /* what the rows were made for */
};

void model_list_init(struct model_list *);
void model_list_release(struct model_list *);

void model_list_refresh(struct app *); /* something is known of a server */

/* ---- actions ---- */

void model_list_open(struct app *);
void model_list_close(struct app *);
void model_list_up(struct app *);
void model_list_down(struct app *);
void model_list_choose(struct app *); /* the conversation in the focused pane talks to it from now on */

#endif
