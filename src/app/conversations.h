/*
 * conversations.h - the open conversations: which one is shown, beginning another, and going back to those before it.
 */
#ifndef FLYNN_APP_CONVERSATIONS_H
#define FLYNN_APP_CONVERSATIONS_H

#include <stdint.h>

#include "app/app.h"

void conversations_new(struct app *); /* a reply on its way goes on in the old one */
/* A title of its own; a mark that is taken off when it is there already. */
void conversations_rename(struct app *, const char *title);
void conversations_pin(struct app *);
void conversations_archive(struct app *);

void conversations_back(struct app *); /* to the one before, and round again */

/* Takes it among the open ones, and shows it. An empty one that was shown before is let go of. */
void conversations_open(struct app *, struct talk *);

/* Shows one of the open ones. */
void conversations_show(struct app *, struct talk *);

/* Lets go of an open one that is idle: it is deleted. When it was shown, the one before it is now, or a new one. */
void conversations_close(struct app *, struct talk *);

/* The one with this row of the history; NULL: it is not open. */
struct talk *conversations_of_row(const struct app *, int64_t row);

/* Whose turn this stream is; NULL: of none that still runs. */
struct talk *conversations_of_stream(const struct app *, uint64_t stream);

void conversations_release(struct app *);

#endif
