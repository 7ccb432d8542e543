/*
 * blocks_line.h - what one line of Markdown can be by itself: for text/blocks.c.
 *
 * Blanks are counted in columns, with tab stops every four (CommonMark 0.31, 2.2); a tab may be taken in part. A carriage
 * return at its end is no part of a line.
 */
#ifndef FLYNN_TEXT_BLOCKS_LINE_H
#define FLYNN_TEXT_BLOCKS_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LINE_INDENT_MAX = 3, /* one more is code without a fence */
};

/* What is left of a line. */
struct line {
	const char *at, *end; /* the end: without the line feed */
	int column;
	bool in_tab; /* columns of the tab at `at` were taken */
};

bool line_is_empty(const char *at, const char *end); /* nothing but spaces */
int line_indent(const struct line *);                /* columns of the spaces here */
int line_tab_rest(const struct line *);              /* columns of a tab that was taken in part; else 0 */
char line_first(const struct line *);                /* the first character that is no space; 0: there is none */
void line_skip_columns(struct line *, int columns);  /* takes spaces, as far as there are any */
void line_skip_bytes(struct line *, size_t n);

/* The rest is taken for what stands after a line's indentation. */
bool line_is_break(const struct line *);      /* three or more of one sign, and spaces */
int line_heading(const struct line *);        /* the level; 0: it is none */
int line_underline(const struct line *);      /* the same for what makes a heading of the paragraph above it */
size_t line_opens_fence(const struct line *); /* how many signs; 0: none */
bool line_names_language(const struct line *, size_t signs); /* of a fence of so many */
bool line_names_markdown(const struct line *, size_t signs);
bool line_closes_fence(const struct line *, char sign, size_t length); /* its indentation included */
/* The bytes of a list item's sign; 0: it is none. `interrupts`: after a paragraph, which not everything can end. */
size_t line_item(const struct line *, bool interrupts);

#endif
