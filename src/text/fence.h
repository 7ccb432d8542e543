/*
 * fence.h - finds the fenced code blocks of a Markdown text (CommonMark 0.31, 4.5), to be counted and copied.
 *
 * Fences are found where they stand by themselves, in list items and in block quotes; what their lines begin with there
 * (indentation, the quote's sign) does not belong to the code. One that is never closed runs to the end of the text, so
 * a reply that still arrives has its last block already.
 */
#ifndef FLYNN_TEXT_FENCE_H
#define FLYNN_TEXT_FENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/blocks.h"

/* Zeroed to begin with. */
struct fences {
	size_t at; /* bytes of the text that were looked at: whole lines */
	size_t n;  /* blocks that have begun in them */
	struct blocks blocks;
};

/* Counts on over text[0..n), which begins with what it was at the last call: its whole lines; with `ended` also a last
 * one that has no line feed. */
void fences_count(struct fences *, const char *text, size_t n, bool ended);

/* Appends the which-th block's code (from 1) as it was written, without the line feed at its end. `n_blocks`: how many
 * there are. False: not as many. */
bool fences_code(const char *text, size_t n, size_t which, struct buf *code, size_t *n_blocks) MUST_USE;

/* Where the which-th block stands: from the fence that begins it to the one that ends it, or to what ends it else. False:
 * there are not as many. */
bool fences_place(const char *text, size_t n, size_t which, size_t *start, size_t *end) MUST_USE;

/* The next block of text[0..n), which does not change meanwhile: f->n says which one it is. False: there is none. */
bool fences_next(struct fences *f, const char *text, size_t n, size_t *start) MUST_USE;

/* From inside a block, at the start of a line: where it ends. */
size_t fences_end(struct fences from, const char *text, size_t n);
/* Appends the which-th block's code as fences_code does, reading from the start of a line before it. */
void fences_put(struct fences from, const char *text, size_t n, size_t which, struct buf *code);

/* The same in steps: text[0..n) ends with a line, and is read on from f->at. The line feed at the end of the code is there. */
void fences_read(struct fences *f, const char *text, size_t n, size_t which, struct buf *code);

/* Where the text ends in a block that stands in no list and no quote, so that nothing but a fence can end it: appends
 * that fence as a line. */
void fences_close(const char *text, size_t n, struct buf *out);
void fences_close_read(struct fences read, const char *text, size_t n, struct buf *out); /* all of the text was read */

#endif
