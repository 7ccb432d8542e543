/*
 * newlines.h - ends of line: a line feed is one, and so are CR and CRLF in a text that comes from elsewhere.
 */
#ifndef FLYNN_BASE_NEWLINES_H
#define FLYNN_BASE_NEWLINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends a piece of a text with line feeds only. `after_cr`: the byte before it was a CR, which was a line feed already. */
void newlines_put(const char *bytes, size_t n, bool *after_cr, struct buf *out);

/* Appends a whole text, as a file holds it: the same, without a byte order mark. */
void newlines_put_file(const char *bytes, size_t n, struct buf *out);

#endif
