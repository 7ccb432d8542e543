/*
 * view.h - the stack of views, of which the topmost has the keyboard. The lowest is the chat. A view that is opened lies over
 * it alone; palette and help are pushed over whatever is there; some only take the keyboard, beside what is drawn already
 * (the sidebar, a link that is being chosen). Keys, text and the mouse are for the topmost.
 *
 * A page is one struct of functions, static in its file: app/, which draws and feeds it, knows none of them. tig's view_ops
 * and tmux's window_mode are the models.
 */
#ifndef FLYNN_APP_VIEW_H
#define FLYNN_APP_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/keymap.h"

struct app;

/* Only `context` may not be NULL. */
struct view {
	enum key_context (*context)(const struct app *);
	/* The line of text that keys write to, or NULL. NULL function, or no line: a paste closes the view. */
	struct composer *(*line)(struct app *);
	/* Keeps in step with what a key, a paste or a record has changed; before each frame too. It may close the view. */
	void (*settle)(struct app *);
	void (*paste)(struct app *, const char *, size_t n); /* NULL: into its line, as one line */
	void (*draw)(struct app *, struct grid *);
	void (*hint)(struct app *, int cols, struct buf *); /* of a view beside: which keys there are */
	void (*close)(struct app *);                        /* it has left the stack: releases what it held */
	bool covers;                                        /* nothing below it is drawn */
	bool beside;                                        /* nothing of it lies over the chat: it has the keyboard */
	bool stays;                                         /* a view beside: when another one is opened */
	size_t state_size;         /* of what it keeps for as long as the app lives, zeroed to begin with; 0: nothing */
	void (*init)(void *state); /* NULL: zeroes will do */
	void (*release)(void *state);
};

/* Makes the state of a view, once. */
void view_register(struct app *, const struct view *);
void view_release(struct app *); /* all states */
void *view_state(const struct app *, const struct view *);

/* The lowest; it must not be closed. */
void view_init(struct app *, const struct view *chat);

void view_open(struct app *, const struct view *);  /* alone over the chat; what stays, stays */
void view_push(struct app *, const struct view *);  /* over whatever is open */
void view_close(struct app *, const struct view *); /* it need not be open */
void view_close_over(struct app *);                 /* all but what stays, as view_open does it */
void view_close_all(struct app *);                  /* down to the chat */

bool view_is_open(const struct app *, const struct view *);
bool view_is_covered(const struct app *); /* something lies over the chat */

enum key_context view_context(const struct app *);
enum key_context view_context_below(const struct app *, const struct view *); /* an open one */
struct composer *view_line(struct app *);             /* the topmost line; the chat has one always */
void view_type(struct app *, const char *, size_t n); /* into that line */
void view_paste(struct app *, const char *, size_t n);
void view_settle(struct app *); /* all, the lowest first */
void view_draw(struct app *, struct grid *);
void view_hint(struct app *, int cols, struct buf *); /* of the topmost that has one */

#endif
