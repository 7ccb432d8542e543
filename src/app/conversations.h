/*
 * conversations.h - beginning another conversation, and going back to those that were begun before it.
 */
#ifndef FLYNN_APP_CONVERSATIONS_H
#define FLYNN_APP_CONVERSATIONS_H

#include "app/app.h"

void conversations_new(struct app *);  /* stops the reply; the old one is kept while flynn runs */
void conversations_back(struct app *); /* to the one before, and round again; this one is kept */
void conversations_release(struct app *);

#endif
