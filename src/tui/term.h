/*
 * term.h - the terminal: shows a grid, and says which keys came. There are three: the real one (term.c), a file (cast.h), and
 * the one of the screen tests (tests/term_script.h). Nothing here blocks.
 *
 * ncurses writes into memory; what it wrote goes to the tty without waiting (tui/tty.h). A frame that may be cut on its way
 * stands between the marks of synchronized output, so that it appears as a whole.
 */
#ifndef FLYNN_TUI_TERM_H
#define FLYNN_TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "tui/grid.h"
#include "tui/notice.h"
#include "tui/term_event.h"

struct term;

/* What a terminal is. */
struct term_type {
	void (*free)(struct term *);                /* leaves it */
	bool (*start)(struct term *, struct err *); /* makes what only keys need; NULL: nothing does */
	int (*fd)(const struct term *);             /* to poll: POLLIN, and POLLOUT while busy */
	bool (*busy)(const struct term *);          /* the last frame has not left */
	int (*hold)(const struct term *);    /* ms for which the next frame is held back at the most; NULL: none is */
	void (*flush)(struct term *);        /* POLLOUT */
	int (*timeout)(const struct term *); /* ms after which `read` must be called without POLLIN; -1: never */
	void (*read)(struct term *, bool silence);               /* POLLIN, or `silence` when the timeout has passed */
	struct term_event (*next)(struct term *);                /* of what was read */
	void (*size)(const struct term *, int *rows, int *cols); /* of the terminal now */
	int (*colours)(const struct term *);                     /* that pictures may have, from 0 on; 0: none */
	/* Sends what changed since the last frame; only while not busy. */
	void (*show)(struct term *, const struct grid *);
	void (*redraw)(struct term *);  /* the next frame is sent whole */
	void (*suspend)(struct term *); /* as the shell left it */
	void (*resume)(struct term *);  /* ours again */
	/* To its clipboard (tui/clipboard.h); `doubt` says why it may not get there, or is NULL. */
	bool (*copy)(struct term *, const char *text, size_t n, const char **doubt, struct err *);
	void (*notify)(struct term *, enum notice, const char *text); /* tui/notice.h; NULL: it cannot */
	void (*mouse)(struct term *, bool on); /* the mouse is ours, or the terminal's; NULL: it has none */
};

/* The first member of each. */
struct term {
	const struct term_type *type;
};

struct term_look {
	enum theme theme; /* THEME_AUTO: as the environment tells */
	bool mouse;
	bool focus; /* it is to report whether its keys come here */
};

/* Enters the full screen. ERR_USAGE when there is no terminal for it, ERR_SYSTEM when something was refused. */
struct term *term_new(const struct term_look *, struct err *);

static inline void
term_free(struct term *t) /* NULL is fine */
{
	if (t)
		t->type->free(t);
}

/* After the first frame, which need not wait for it, and before anything is read. */
static inline bool
term_start(struct term *t, struct err *err)
{
	return !t->type->start || t->type->start(t, err);
}

static inline int
term_fd(const struct term *t)
{
	return t->type->fd(t);
}

static inline bool
term_busy(const struct term *t)
{
	return t->type->busy(t);
}

/* It has not shown what it has: see tui/pacing.h. */
static inline int
term_hold(const struct term *t)
{
	return t->type->hold ? t->type->hold(t) : 0;
}

static inline void
term_flush(struct term *t)
{
	t->type->flush(t);
}

static inline int
term_timeout(const struct term *t)
{
	return t->type->timeout(t);
}

static inline void
term_read(struct term *t, bool silence)
{
	t->type->read(t, silence);
}

static inline struct term_event
term_next(struct term *t)
{
	return t->type->next(t);
}

static inline void
term_size(const struct term *t, int *rows, int *cols)
{
	t->type->size(t, rows, cols);
}

static inline int
term_colours(const struct term *t)
{
	return t->type->colours(t);
}

static inline void
term_show(struct term *t, const struct grid *grid)
{
	t->type->show(t, grid);
}

static inline void
term_redraw(struct term *t)
{
	t->type->redraw(t);
}

static inline void
term_suspend(struct term *t)
{
	t->type->suspend(t);
}

static inline void
term_resume(struct term *t)
{
	t->type->resume(t);
}

/* False: not sent, and why. */
static inline bool
term_copy(struct term *t, const char *text, size_t n, const char **doubt, struct err *err)
{
	return t->type->copy(t, text, n, doubt, err);
}

static inline void
term_notify(struct term *t, enum notice notice, const char *text)
{
	if (t->type->notify)
		t->type->notify(t, notice, text);
}

static inline void
term_mouse(struct term *t, bool on)
{
	if (t->type->mouse)
		t->type->mouse(t, on);
}

#endif
