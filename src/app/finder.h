/*
 * finder.h - finding in the conversation that is shown: F4, and after the browser has opened it at a hit. While something
 * is typed the keyboard is in the context `find`, while one goes from hit to hit in `found`; all hits are marked.
 */
#ifndef FLYNN_APP_FINDER_H
#define FLYNN_APP_FINDER_H

#include <stdbool.h>

#include "base/buf.h"

struct app;
struct finder;
struct message;
struct pane;

void finder_init(struct finder *);
void finder_release(struct finder *);

bool finder_is_on(const struct pane *);

/* At a message of the conversation that is shown, whose branch is brought to light; the words as the browser takes
 * them. */
void finder_open_at(struct app *, struct message *, const char *text);

/* Behind keys, and before a frame: another conversation is shown, or another text is typed. */
void finder_settle(struct pane *);
/* Before and after transcript_layout. */
void finder_before_layout(struct pane *);
void finder_layout(struct pane *);
void finder_catch_up(struct pane *); /* before another key: does what the next frame would have done */

bool finder_is_looking(const struct pane *); /* and wants another frame soon */
void finder_put_hint(const struct app *, int cols, struct buf *);

/* ---- actions ---- */

void finder_open(struct app *);
void finder_close(struct app *);
void finder_enter(struct app *); /* the next one, and from now on letters are keys */
void finder_next(struct app *);
void finder_previous(struct app *);

#endif
