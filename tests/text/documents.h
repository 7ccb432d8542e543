/*
 * documents.h - random documents of what means something in Markdown.
 */
#ifndef FLYNN_TESTS_TEXT_DOCUMENTS_H
#define FLYNN_TESTS_TEXT_DOCUMENTS_H

#include <stdint.h>

#include "base/buf.h"

/* One of blocks only, in which cmark-gfm does not differ from the specification; `state` goes from one to the next. */
void documents_blocks(uint64_t *state, struct buf *out);
/* One of anything. */
void documents_any(uint64_t *state, struct buf *out);

#endif
