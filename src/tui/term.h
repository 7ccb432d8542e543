/*
 * term.h - the terminal: shows a grid, and says which keys came. The only file pair behind which curses and termkey are.
 *
 * ncurses writes into memory; what it wrote goes to the tty without waiting (tui/tty.h), between the marks of
 * synchronized output, so that a frame appears as a whole. Nothing here blocks.
 */
#ifndef FLYNN_TUI_TERM_H
#define FLYNN_TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "tui/grid.h"
#include "tui/key.h"

enum term_event_type {
	TERM_NOTHING, /* no more for now */
	TERM_KEY,
	TERM_PASTE, /* text to insert; a long one comes in pieces */
	TERM_GONE,  /* the terminal hung up */
};

struct term_event {
	enum term_event_type type;
	struct key key;
	const char *text; /* borrowed until the next call */
	size_t len;
};

struct term;

/* Enters the full screen. ERR_USAGE when there is no terminal for it, ERR_SYSTEM when something was refused. */
struct term *term_new(struct err *);
void term_free(struct term *); /* leaves it; NULL is fine */

int term_fd(const struct term *);            /* to poll: POLLIN, and POLLOUT while term_busy */
bool term_busy(const struct term *);         /* the last frame has not left */
void term_flush(struct term *);              /* POLLOUT */
int term_timeout(const struct term *);       /* ms after which term_read must be called without POLLIN; -1: never */
void term_read(struct term *, bool silence); /* POLLIN, or `silence` when the timeout has passed */
struct term_event term_next(struct term *);

void term_size(const struct term *, int *rows, int *cols); /* of the terminal now */

/* Sends what changed since the last frame; only while not busy. */
void term_show(struct term *, const struct grid *);
void term_redraw(struct term *); /* the next frame is sent whole */

/* The terminal as the shell left it, and ours again. */
void term_suspend(struct term *);
void term_resume(struct term *);

#endif
