/*
 * actions.h - what can be done: a table of actions, and the app's keymap, which has keys for them (screen/key_press.h).
 */
#ifndef FLYNN_SCREEN_ACTIONS_H
#define FLYNN_SCREEN_ACTIONS_H

#include "app/app.h"

/* A keymap of all actions, with their default keys and those of the configuration (NULL: none): see screen/key_bindings.h. */
bool actions_keymap(struct keymap *, const struct config *, struct err *) MUST_USE;

/* The app's keymap. ERR_CONFIG: the configuration's keys are wrong. */
bool actions_init(struct app *, struct err *) MUST_USE;
void actions_release(struct app *);

#endif
