/*
 * tty.h - the terminal as a device: its modes, its size, bytes in and out. Knows nothing of keys and cells.
 *
 * Bytes out wait in a buffer and leave as the terminal takes them: nothing here waits for a terminal that does not read,
 * but for a moment when it is left. The modes that were found are put back on every way out, also from a signal
 * handler: there is one terminal, so what a handler needs is in one static place.
 */
#ifndef FLYNN_TUI_TTY_H
#define FLYNN_TUI_TTY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct tty {
	int fd; /* non-blocking while it is entered; where it can be, an open file of our own, not the shell's */
	struct buf pending;
	bool gone; /* it hung up */
	bool mouse;
	bool focus; /* set before it is entered: it reports whether its keys come here */
	bool lines; /* set before it is entered: writes below what stands there, without the alternate screen */
};

/* TERM says that nothing but lines can be written to it, or says nothing. */
bool tty_is_dumb(void);

/* ERR_USAGE when standard input and output are no terminal, or TERM names one that cannot do it. */
bool tty_open(struct tty *, struct err *) MUST_USE;
void tty_close(struct tty *); /* leaves it first */

/* Raw mode, alternate screen, bracketed paste; and back. Either may be done twice. */
void tty_enter(struct tty *);
void tty_leave(struct tty *);

/* Whether the terminal tells of the wheel, while it is entered; else the mouse is its own, to select text with. */
void tty_mouse(struct tty *, bool on);

/* Async-signal-safe: puts the terminal back at once, when it was entered. */
void tty_restore_now(void);
/* The same for the end of the program on any thread, when the one that draws may be in the midst of a frame. */
void tty_restore_last(void);

/* Whether bytes from it may come late and in pieces: it is another machine's. */
bool tty_may_be_slow(void);

void tty_size(const struct tty *, int *rows, int *cols); /* 1 to 1,000 each */

size_t tty_read(struct tty *, char *bytes, size_t n);     /* 0: nothing there, or gone */
void tty_send(struct tty *, const char *bytes, size_t n); /* sends what goes, keeps the rest */
void tty_flush(struct tty *);                             /* more of what is pending */

#endif
