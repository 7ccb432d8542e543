/*
 * first_look.h - a prompt that waits in the input for the first look at its server, as at the start. Whether a model must be
 * chosen first (a router), and what the model reads, is known then. Keys wait meanwhile (app/held_keys.h).
 */
#ifndef FLYNN_APP_FIRST_LOOK_H
#define FLYNN_APP_FIRST_LOOK_H

#include <stdbool.h>

struct app;

/* True: nothing is known of the server yet, and `again` is called once something is. */
bool first_look_comes_first(struct app *, void (*again)(struct app *));

bool first_look_is_awaited(const struct app *);
bool first_look_give_up(struct app *); /* false: it is not awaited */

void first_look_turn(struct app *); /* in each turn of the loop */

#endif
