/*
 * markdown_source.h - for markdown.c: a paragraph as md4c is shown it, and where each byte of that came from.
 *
 * In front stand the definitions so far, then a line of ours, and the paragraph's own lines are indented after it: nothing
 * but a paragraph can be made of them.
 */
#ifndef FLYNN_TEXT_MARKDOWN_SOURCE_H
#define FLYNN_TEXT_MARKDOWN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/clean.h"

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
	struct buf targets, cleaned, formula;
	struct clean clean;
};

void markdown_release(struct markdown *);

/* The line defines a reference ("[name]: target"), for what is put from now on. False: it does not. */
bool markdown_define(struct markdown *, const char *line, size_t n);

/* Makes m->text and its places. Returns where the line of ours is. */
size_t markdown_assemble(struct markdown *, const char *source, const struct markdown_part *, size_t n);

/* Makes m->masked of m->text, whose paragraph begins at `start`. */
void markdown_mask_source(struct markdown *, size_t start);

/* Where the byte of m->text came from; `end`: up to where the source goes on like it. False: from nowhere. `place` is
 * where to look first, and goes on. */
bool markdown_find(const struct markdown *, size_t *place, size_t at, size_t *end, size_t *from);

/* The i-th part's bytes: a line's without the spaces at its end, for a break is a break. */
size_t markdown_trimmed(const char *source, const struct markdown_part *, size_t n, size_t i);

/* Can there be anything but text in it? */
bool markdown_is_plain(const char *text, size_t n);

#endif
