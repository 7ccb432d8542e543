/*
 * clean.h - the one filter before any terminal: no byte of a model, a server, a file or a database reaches it raw.
 *
 * C0 controls become ^X, DEL ^?, C1 and bidirectional and other invisible controls (General_Category Cc, Cf, Zl, Zp
 * and the like) <U+009B>; ill-formed bytes U+FFFD. A line feed passes, CRLF is one line feed, a tab becomes spaces up
 * to the next multiple of 8. Joiners and variation selectors that stand inside a grapheme cluster are text.
 */
#ifndef FLYNN_TEXT_CLEAN_H
#define FLYNN_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* The state between two pieces of one text: text may be cut anywhere. Zeroed to begin with. */
struct clean {
	unsigned char held[8]; /* bytes of a character that is not whole yet */
	size_t n_held;
	bool after_cr;
	uint32_t before; /* the last character that was put out, for what follows in its cluster; 0: none */
	int32_t state;   /* utf8proc's, between before and the next */
	size_t column;   /* cells since the last line feed, for tabs */
	bool tabs;       /* leave tabs: the source of Markdown keeps them (flow.c), markdown.c makes spaces of them */
};

/* Appends the cleaned form of s[0..n) to `out`, which has no bound. */
void clean_text(struct clean *, const char *s, size_t n, struct buf *out);
/* The text has ended: what is still held is put out. */
void clean_end(struct clean *, struct buf *out);

/* A whole text in one go, line feeds as ^J besides: for names, messages and whatever must stay on one line. The
 * caller's to free. */
char *clean_line(const char *s);

#endif
