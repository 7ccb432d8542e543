/*
 * lines.h - standard input as what was typed: a line; several where each but the last ends with a backslash; or all between two
 * lines that begin and end with three quotes. Nothing is edited here: the terminal does that.
 */
#ifndef FLYNN_LINEAR_LINES_H
#define FLYNN_LINEAR_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Zeroed to begin with. */
struct lines {
	struct buf bytes; /* not taken yet */
	struct buf entry; /* lines of one that has not ended */
	bool goes_on;     /* the last of them ended with a backslash */
	bool quoted;      /* it has begun with three quotes, and they are open */
	bool ended;       /* no more bytes come */
};

void lines_release(struct lines *);
void lines_add(struct lines *, const char *, size_t n);
/* The next entry, in `entry`, which is cleared first. `*quoted`: it is text whatever it looks like. False: there is none yet. */
bool lines_next(struct lines *, struct buf *entry, bool *quoted);
bool lines_are_open(const struct lines *); /* an entry has begun */
bool lines_take(struct lines *,
        const char *const words[]);       /* the first line that is one of these (NULL ends them), out of its order; not
                                                             behind three quotes */
size_t lines_count(const struct lines *); /* that wait */
void lines_drop(struct lines *);          /* all of them */

#endif
