/*
 * markdown_inside.h - what the parts of markdown.c share: a paragraph on its way from md4c to the sheet. markdown_put.c puts
 * text, markdown_formula.c the formulas in it, markdown_link.c what links lead to.
 */
#ifndef FLYNN_TEXT_MARKDOWN_INSIDE_H
#define FLYNN_TEXT_MARKDOWN_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/markdown_source.h"
#include "text/sheet.h"

enum {
	MARKDOWN_LINKS_MAX = 16, /* within each other: images in images */
};

struct markdown_link {
	size_t start, target; /* bytes of the sheet's text, and of m->targets */
	size_t from;          /* where the target stands in the source */
	bool same;            /* the source has the target as it is, without entities */
	bool image;
};

struct paragraph {
	struct markdown *m;
	struct sheet *page;
	enum role base;
	int cols;        /* for the rows of display formulas; 0: a formula has one row */
	size_t start;    /* of the paragraph in m->text */
	size_t begun_at; /* of the paragraph in the sheet's text */
	size_t place;    /* of m->places: the last one looked at */

	/* md4c is shown more than the paragraph (text/markdown_source.h). */
	const char *us; /* the line of ours in the mask */
	bool met;       /* md4c has come to it */
	bool begun;     /* and to the paragraph after it */

	int emphasis, strong, struck, code, links; /* how many are open */
	struct markdown_link open[MARKDOWN_LINKS_MAX];
	bool broken; /* a line feed is put before the text that comes next; none is put at the end */

	/* Formulas. */
	size_t seen;     /* m->text up to the end of the last one */
	size_t laid;     /* the same of the last one that has another form than its source */
	bool in_formula; /* md4c has yet to hand out lines of a formula that was put as a whole */
	bool apart;      /* what comes after that formula begins a line */
};

/* ---- markdown_put.c ---- */

enum role markdown_role(const struct paragraph *); /* of text, by what is open */
/* Puts text that stands for source[from..from + from_len). */
void markdown_put_clean(struct paragraph *, enum role, const char *text, size_t n, size_t from, size_t from_len);
/* Puts flynn's own words. */
void markdown_put_words(struct paragraph *, enum role, const char *text);
void markdown_put_break(struct paragraph *);
void markdown_put_waiting_break(struct paragraph *);
/* Puts source[from..from + n), which is `text`. */
void markdown_put_source(struct paragraph *, enum role, const char *text, size_t n, size_t from);
/* Puts m->text[at..end). */
void markdown_put_parts(struct paragraph *, enum role, size_t at, size_t end);

/* md4c hands out pieces of the mask, and characters of its own. */
bool markdown_is_masked(const struct paragraph *, const char *text);
size_t markdown_place_of(const struct paragraph *, const char *masked); /* the same byte of m->text */

/* ---- markdown_formula.c ---- */

/* Puts m->text[at..end), a piece of a line, with its formulas laid out. */
void markdown_put_with_formulas(struct paragraph *, enum role, size_t at, size_t end);

/* ---- markdown_link.c ---- */

/* Between these two the text is that of a link. The caller appends the target to m->targets. The end of one that has not begun is
 * ignored. */
void markdown_begin_link(struct paragraph *, bool image, const char *target, size_t n);
void markdown_end_link(struct paragraph *, bool image);

#endif
