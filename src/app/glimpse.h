/*
 * glimpse.h - the last screen of a conversation that is being opened: of a long one the end is read and shown at once, while
 * the rest is on its way. The pane has the view of that end, and its conversation is still the one before.
 *
 * Nothing can be done to it but scrolling: all other keys wait until the whole is there (app/held_keys.h).
 */
#ifndef FLYNN_APP_GLIMPSE_H
#define FLYNN_APP_GLIMPSE_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/transcript.h"

struct app;
struct store_result;

void glimpse_init(struct app *);
void glimpse_release(struct app *);

/* Of this row, in the focused pane. Before the whole is asked for. */
void glimpse_ask(struct app *, int64_t row);
void glimpse_answer(struct app *, struct store_result *);

/* The whole is there, or will not come: the pane shows its own conversation again, and what comes late is not shown. Where
 * somebody has scrolled, `place` is what was at the top, its message being a row of the history; else that is 0. */
void glimpse_end(struct app *, struct transcript_place *place);

bool glimpse_is_on(const struct app *); /* no state yet: it is not */

/* To a place that glimpse_end told, in the conversation that the focused pane shows by now. */
void glimpse_put_place(struct app *, struct transcript_place);

#endif
