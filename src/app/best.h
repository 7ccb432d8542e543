/*
 * best.h - several replies to one prompt, side by side, of which one is kept (/best).
 *
 * A conversation has one running turn. So each reply but the first comes in a copy of the conversation, which is saved as any other:
 * nothing is lost, however flynn ends. When one reply is kept, all others become versions of it in the first conversation, with
 * whatever was said below them, and the copies are deleted once that is saved.
 */
#ifndef FLYNN_APP_BEST_H
#define FLYNN_APP_BEST_H

#include <stdbool.h>

#include "base/buf.h"

struct app;

enum {
	BEST_LEAST = 2,
	BEST_MOST = 6,
};

/* Asks for so many replies of the focused pane's conversation, which is idle; what is attached goes with the prompt. False: not
 * now, or there is no room for so many panes, which was said. */
bool best_begin(struct app *, unsigned n, const char *prompt);

/* The reply in the focused pane is kept, as soon as the others have stopped. False: it is none of several. */
bool best_keep(struct app *);

/* Stops all that are on their way. False: none is, or the focused pane has none of them. */
bool best_stop(struct app *);

/* Some wait for one to be kept. */
bool best_is_on(const struct app *);

/* To be called after keys, records and saves. */
void best_settle(struct app *);

/* The keys of the focused pane, as far as they fit. */
void best_put_hint(const struct app *, int cols, struct buf *);

#endif
