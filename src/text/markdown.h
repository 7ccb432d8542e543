/*
 * markdown.h - what stands inside a paragraph, a heading or a cell: emphasis, code, links and the like, as runs of a page
 * (text/page.h). The only file pair that knows md4c.h.
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
#include "text/page.h"

enum {
	MARKDOWN_MAX = 16 * 1024,            /* bytes of one paragraph: a longer one is shown as it is written */
	MARKDOWN_DEFINITIONS_MAX = 2 * 1024, /* bytes of all definitions of references */
};

/* Bytes of the source. */
struct markdown_part {
	size_t at, len;
	bool joined; /* with the one before it; else a line of its own */
};

/* Memory that is used again from one paragraph to the next. Zeroed to begin with. */
struct markdown {
	struct buf text;   /* the parts as one text, */
	struct buf masked; /* and what md4c is shown of it (text/markdown_mask.h) */
	struct markdown_place {
		size_t at, from, len; /* of that text, of the source, and so many */
	} * places;
	size_t n_places, space;
	struct buf definitions; /* of references, so far */
	struct buf targets, cleaned;
	struct clean clean;
};

void markdown_release(struct markdown *);

/* The line defines a reference ("[name]: target"), for what is put from now on. False: it does not. */
bool markdown_define(struct markdown *, const char *line, size_t n);

/* Appends what the parts say. `base`: ROLE_TEXT, or ROLE_HEADING. */
void markdown_put(
        struct markdown *, struct page *, enum role base, const char *source, const struct markdown_part *, size_t n);
/* Appends a piece of one line as it is written; tabs become blanks, up to the next multiple of 8. `clean` goes from one
 * piece of the line to the next. */
void markdown_put_typed(
        struct markdown *, struct page *, enum role, const char *source, size_t at, size_t len, struct clean *);

#endif
