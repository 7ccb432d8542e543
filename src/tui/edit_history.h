/*
 * edit_history.h - what was done to a text, to be undone and done again.
 *
 * Knows no text: whoever edits says what was taken out and put in, and carries out what comes back. Typing joins to one
 * edit for each word, so do the pieces of a paste, and one Backspace or Delete after the other.
 */
#ifndef FLYNN_TUI_EDIT_HISTORY_H
#define FLYNN_TUI_EDIT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/pasted.h"

enum {
	EDIT_HISTORY_BYTES_MAX = 64 * 1024 * 1024, /* past this the oldest edits are forgotten */
};

enum edit_kind {
	EDIT_WHOLE,  /* never joined */
	EDIT_KILLED, /* nor is this: what was typed, and killed, comes back */
	EDIT_TYPED,
	EDIT_PASTED,
	EDIT_ERASED,
};

/* At byte `at`, `removed` was taken out and `inserted` put in; the cursor was at `cursor`. */
struct edit {
	size_t at, cursor;
	struct buf removed, inserted;
	struct pasted before, after; /* what the text's parts were (tui/pasted.h) */
};

/* Zeroed to begin with. */
struct edit_history {
	struct edit *edits;
	size_t n, space;
	size_t done;         /* the first so many are done, the rest was undone */
	enum edit_kind last; /* what the next edit may join */
	size_t bytes;
};

void edit_history_release(struct edit_history *); /* forgets everything */

/* Notes an edit, which is copied. What was undone before it is forgotten. True: it goes on with the one before. */
bool edit_history_add(struct edit_history *, enum edit_kind, const struct edit *);
/* The last one left the text's parts so. */
void edit_history_set_after(struct edit_history *, const struct pasted *);
/* The next edit joins nothing: the cursor has moved. */
void edit_history_close(struct edit_history *);

/* The edit that is to be reversed, or done again; borrowed until the next call. NULL: there is none. */
const struct edit *edit_history_undo(struct edit_history *);
const struct edit *edit_history_redo(struct edit_history *);

#endif
