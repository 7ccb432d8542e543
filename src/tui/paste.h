/*
 * paste.h - finds bracketed pastes (ESC [ 200 ~ … ESC [ 201 ~) in the bytes that a terminal sends. What is outside goes
 * on to the key decoder; what is inside is text, whatever it looks like.
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
};

enum paste_kind {
	PASTE_NOTHING, /* feed more */
	PASTE_KEYS,
	PASTE_TEXT, /* pieces of one paste come one by one, whole characters; CR and CRLF are line feeds already */
};

void paste_feed(struct paste *, const char *bytes, size_t n);
void paste_release(struct paste *);

/* Appends the next piece to `out`. `all`: the terminal has fallen silent; what looked like the start of a mark is none,
 * and a paste whose end never came is over. */
enum paste_kind paste_next(struct paste *, struct buf *out, bool all);

#endif
