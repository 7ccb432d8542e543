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

/* Takes it among the open ones: it gets a number, a place in the history, and where it has none the model of the one in the
 * focused pane. */
void conversations_add(struct app *, struct talk *);
struct talk *conversations_begin(struct app *); /* the same with a new one */

/* Shows an open conversation in the focused pane. Closes an empty one that was shown there before. */
void conversations_show(struct app *, struct talk *);
void conversations_open(struct app *, struct talk *); /* both */

/* Lets go of an open one that is idle: it is deleted. Where it was shown, the one before it is now, or a new one. */
void conversations_close(struct app *, struct talk *);

/* Call set_down before, and take_up after, the focused pane shows another conversation: they store and load its draft. */
void conversations_set_down(struct app *);
void conversations_take_up(struct app *);
/* To be called when a pane stops showing it: closes it if it is empty and no pane shows it. NULL is fine. */
void conversations_forget(struct app *, struct talk *);

/* The one in which something happened and has waited longest; NULL: nothing happened in any. */
struct talk *conversations_with_news(const struct app *);

/* Reports its finished or failed reply in the status bar, with the key that goes there. */
void conversations_say_news(struct app *, const struct talk *, bool with_key);

bool conversations_is_open(const struct app *, const struct talk *); /* which may be gone */

/* The one with this row of the history; the one with this number; whose turn this stream is. NULL: it is not open, or does
 * not run any more. */
struct talk *conversations_of_row(const struct app *, int64_t row);
struct talk *conversations_numbered(const struct app *, unsigned number);
struct talk *conversations_of_stream(const struct app *, uint64_t stream);

void conversations_release(struct app *);

#endif
