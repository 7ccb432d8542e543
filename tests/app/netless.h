/*
 * netless.h - an app that has no net, no history and no screen, only models and an open conversation.
 */
#ifndef FLYNN_TESTS_APP_NETLESS_H
#define FLYNN_TESTS_APP_NETLESS_H

#include "app/app.h"

/* With the configuration's first model, and a conversation with it. */
void netless_init(struct app *, const struct config *);
void netless_release(struct app *);

#endif
