/*
 * markdown.h - what stands inside a paragraph, a heading or a cell: emphasis, code, links and the like, as runs of a page
 * (text/sheet.h). The only file pair that knows md4c.h.
 *
 * What blocks there are is text/blocks.h's to say: md4c is shown the lines of one at a time, so that a reply which grows is
 * not parsed again from its start.
 */
#ifndef FLYNN_TEXT_MARKDOWN_H
#define FLYNN_TEXT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/clean.h"
#include "text/markdown_source.h"
#include "text/sheet.h"

/* Appends what the parts say. `base`: ROLE_TEXT, or ROLE_HEADING. A display formula may have several lines, as wide as `cols`
 * (text/math.h); with 0 each formula stands in its line. True: there was nothing but text in the parts, and m->clean is the
 * filter at their end. */
bool markdown_put(struct markdown *, struct sheet *, enum role base, int cols, const char *source,
        const struct markdown_part *, size_t n);
/* Appends a piece of one line as it is written; tabs become spaces, up to the next multiple of 8. `clean` goes from one
 * piece of the line to the next. */
void markdown_put_typed(
        struct markdown *, struct sheet *, enum role, const char *source, size_t at, size_t len, struct clean *);

#endif
