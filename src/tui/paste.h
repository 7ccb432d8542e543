/*
 * paste.h - finds bracketed pastes (ESC [ 200 ~ … ESC [ 201 ~) in the bytes that a terminal sends. What is outside goes
 * on to the key decoder; what is inside is text, whatever it looks like.
 *
 * A terminal that does not know the marks sends a paste like keys, only faster than anybody types: plain text that
 * comes at once with an Enter in its middle is text too, and so is what follows without a pause.
 */
#ifndef FLYNN_TUI_PASTE_H
#define FLYNN_TUI_PASTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Zeroed to begin with. */
struct paste {
	struct buf waiting; /* bytes that were fed and not given out */
	bool inside;
	bool after_cr;
	bool burst; /* text without marks is coming in */
};

enum paste_kind {
	PASTE_NOTHING, /* feed more */
	PASTE_KEYS,
	PASTE_TEXT, /* pieces of one paste come one by one, whole characters; CR and CRLF are line feeds already */
};

enum {
	PASTE_BURST_MS = 10, /* a pause */
};

void paste_feed(struct paste *, const char *bytes, size_t n);
void paste_pause(struct paste *); /* before what is fed next, nothing came for PASTE_BURST_MS */
void paste_release(struct paste *);

/* Appends the next piece to `out`. `all`: the terminal has fallen silent; what looked like the start of a mark is none,
 * and a paste whose end never came is over. */
enum paste_kind paste_next(struct paste *, struct buf *out, bool all);

#endif
