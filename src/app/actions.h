/*
 * actions.h - what keys do: a table of actions, and a table of the keys that are bound to them.
 */
#ifndef FLYNN_APP_ACTIONS_H
#define FLYNN_APP_ACTIONS_H

#include "app/app.h"

void actions_key(struct app *, struct key);

#endif
