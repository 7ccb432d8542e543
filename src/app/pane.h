/*
 * pane.h - one view of an open conversation: where it stands in it, and where the keyboard is while it is here. One
 * conversation may stand in several panes.
 *
 * There is one composer below them all: what is typed belongs to the conversation in the focused pane.
 */
#ifndef FLYNN_APP_PANE_H
#define FLYNN_APP_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "app/finder.h"
#include "app/focus.h"
#include "tui/keymap.h"
#include "tui/transcript.h"

struct app;
struct talk;

struct pane {
	struct talk *talk;
	struct transcript transcript;
	enum key_context focus; /* where keys go: the composer, the transcript, or what is found in it */
	struct finder finder;
	struct focus_code code; /* of the message with the cursor */
};

/* The app's first, which shows nothing yet. */
void panes_init(struct app *);
void panes_release(struct app *);

void pane_show(struct pane *, struct talk *);
void pane_to_composer(struct pane *); /* keys go there from now on */

/* The focused pane if it shows the conversation, else another one that does; NULL: none. */
struct pane *pane_of(const struct app *, const struct talk *);

#endif
