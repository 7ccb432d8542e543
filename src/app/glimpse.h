/*
 * glimpse.h - the last screen of a conversation that is being opened: of a long one the end is read and shown at once, while
 * the rest is on its way. The pane has the view of that end, and its conversation is still the one before.
 *
 * It can be scrolled, and its draft be written: all other keys wait until the whole is there (app/held_keys.h).
 */
#ifndef FLYNN_APP_GLIMPSE_H
#define FLYNN_APP_GLIMPSE_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/pasted.h"
#include "tui/transcript.h"

struct app;
struct store_result;

void glimpse_init(struct app *);
void glimpse_release(struct app *);

/* Of this row, in the focused pane. Before the whole is asked for. */
void glimpse_ask(struct app *, int64_t row);
void glimpse_answer(struct app *, struct store_result *);

/* What was done to it meanwhile: what is at the top, its message being a row of the history (0: it shows the end), and what
 * was written (NULL: nothing). */
struct glimpse_left {
	bool shown; /* else nothing was */
	struct transcript_place place;
	char *draft;
	struct pasted pasted; /* of the draft */
	size_t cursor;        /* in it */
};

/* The whole is there, or will not come: the pane shows its own conversation again, and what comes late is not shown. */
void glimpse_end(struct app *, struct glimpse_left *);
/* The conversation that the focused pane shows by now has it. */
void glimpse_hand_on(struct app *, struct glimpse_left *releases);
/* There is none: what was written can be recalled. */
void glimpse_drop(struct app *, struct glimpse_left *releases);

bool glimpse_is_on(const struct app *); /* no state yet: it is not */
bool glimpse_is_touched(struct app *);  /* somebody has scrolled or written */

#endif
