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
#include <stdint.h>

#include "base/buf.h"
#include "text/fence_index.h"
#include "tui/composer.h"
#include "tui/hits.h"
#include "tui/keymap.h"
#include "tui/transcript.h"

struct app;
struct talk;

/* The search in it: see app/finder.h. */
struct finder {
	struct composer input;
	struct hits hits;
	char *looked_for; /* the text that the hits are of; NULL: none */
	const struct talk *talk;
	bool from_messages;            /* it was opened among the messages, and goes back to them */
	struct transcript_place start; /* where the view was when the search began */
	bool choose, show;             /* with the next frame: the first hit from the start on; the hit into view */
	uint64_t message;              /* choose: in this message, by its id; 0: from the start on */
};

/* The code blocks of a message, cached: see app/focus.h. */
struct focus_code {
	uint64_t message;
	unsigned moves;            /* of its text: message.h */
	struct fence_index blocks; /* of its text, as far as it was read */
	size_t copied;             /* the block that was copied last; 0: none */
	size_t at;                 /* the block that the cursor is at; 0: at the message */
};

/* Whether the message has links. Zeroed to begin with. */
struct focus_links {
	uint64_t message;
	unsigned moves; /* of its text: message.h */
	size_t looked;  /* of its text: see text/address.h */
	bool any;
	bool more; /* text to look at */
};

struct pane {
	unsigned number; /* the layout's, never used twice */
	struct talk *talk;
	int64_t wanted; /* the conversation of the history that is to come here; 0: none is */
	struct transcript transcript;
	enum key_context focus; /* where keys go: the composer, the transcript, or what is found in it */
	struct finder finder;
	struct focus_code code; /* of the message with the cursor */
	struct focus_links links;
	struct buf title;   /* its first row, as drawn */
	uint64_t title_key; /* for grid_line */
};

/* Its view is of this session, whatever its conversation is: until the next pane_show. Borrowed. */
void pane_show_session(struct pane *, struct session *);
void pane_show(struct pane *, struct talk *);
void pane_to_composer(struct pane *); /* keys go there from now on */

/* The focused pane if it shows the conversation, else another one that does; NULL: none. */
struct pane *pane_of(const struct app *, const struct talk *);

/* ---- pane_draw.c ---- */

/* All of them in this part of the screen; one that is alone has no title. */
void panes_draw(struct app *, struct grid *, struct rect area);
/* Over what panes_draw has drawn last: the conversations with a reply on its way. */
void panes_draw_texts(struct app *, struct grid *);
void panes_draw_one(struct app *, struct grid *, struct rect area); /* the focused one, and nothing else */

#endif
