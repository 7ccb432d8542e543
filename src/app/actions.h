/*
 * actions.h - what keys do: a table of actions, and the keys that are bound to them by default.
 */
#ifndef FLYNN_APP_ACTIONS_H
#define FLYNN_APP_ACTIONS_H

#include "app/app.h"

void actions_init(struct app *); /* the app's keymap, with the default keys */
void actions_release(struct app *);
void actions_key(struct app *, struct key);

#endif
