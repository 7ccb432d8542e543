/*
 * fence_index.h - where the fenced code blocks of a long text are (text/fence.h), read in slices: what a call costs depends on
 * its budget and on FENCE_MARK_BYTES, not on the length of the text.
 *
 * Every so many bytes the state of the reader is kept as a mark. A block is then read from the mark before it.
 */
#ifndef FLYNN_TEXT_FENCE_INDEX_H
#define FLYNN_TEXT_FENCE_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/clean_map.h"
#include "text/fence.h"

enum {
	FENCE_MARK_BYTES = 512 * 1024, /* between two marks, or the rest of a line more */
	FENCE_LINE_COST = 8,           /* of a line, as if it had so many bytes more */
};

/* Where a line begins, with the blocks before it. */
struct fence_mark {
	struct fences fences;
	size_t cleaned; /* the same place as text/clean_map.h has it */
};

/* Zeroed to begin with. */
struct fence_index {
	struct fence_mark *marks; /* the first one at the start of the text */
	size_t n_marks, space;
	struct fences now;
	struct clean_map map;
	bool complete; /* all of the text was read */
};

void fence_index_release(struct fence_index *); /* zeroed again */

/* Reads on in text[0..n), which begins with what it was at the last call: whole lines; with `ended` also a last one without
 * a line feed. Lowers the budget by what that costs, and stops when there is none. */
void fence_index_read(struct fence_index *, const char *text, size_t n, bool ended, size_t *budget);

/* As fences_place, without `n_blocks`; nothing after what was read is found, and the last block so far ends
 * there. */
bool fence_index_place(
        const struct fence_index *, const char *text, size_t n, size_t which, size_t *start, size_t *end) MUST_USE;
/* Where fences_put or fences_read begins to read the block, and where it ends. */
bool fence_index_begin(const struct fence_index *, const char *text, size_t n, size_t which, struct fences *from,
        size_t *end) MUST_USE;

/* The last mark before the byte, or the first. There is one once anything was read. */
const struct fence_mark *fence_index_mark(const struct fence_index *, size_t at);
/* Where a byte of the text that was read stands when the text is cleaned. */
size_t fence_index_cleaned(const struct fence_index *, const char *text, size_t at);

#endif
