/*
 * spoken.h - a Markdown text as lines for somebody who listens, or reads one line at a time (braille, a slow terminal, an
 * editor's shell): each sentence is a line as soon as it is whole; code comes line by line between two marks; a row of a table
 * is "column: value; column: value"; formulas stand in one line (text/math.h). What emphasises is left out.
 *
 * Nothing that was said is taken back. So a sentence waits for the end of the emphasis, link or code that it began, and a line
 * that may be the head of a table for the next one. Text is cleaned (text/clean.h).
 */
#ifndef FLYNN_TEXT_SPOKEN_H
#define FLYNN_TEXT_SPOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct spoken;

struct spoken *spoken_new(void);
void spoken_free(struct spoken *);

/* text[0..n) begins with what it was at the last call. Appends what can be said by now: whole lines. With `ended` nothing more will
 * come. */
void spoken_grow(struct spoken *, const char *text, size_t n, bool ended, struct buf *out);

#endif
