/*
 * blocks_table.h - the rows of a table (GitHub Flavored Markdown 0.29, 4.10): as cmark-gfm takes them
 * apart, where the specification is silent.
 */
#ifndef FLYNN_TEXT_BLOCKS_TABLE_H
#define FLYNN_TEXT_BLOCKS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* What is left of a row. */
struct cells {
	const char *at, *end;
};

struct cells cells_of(const char *at, const char *end); /* a line after its indentation */
/* The next cell, without the spaces around it; false: there is none. A sign after a backslash parts no cells. */
bool cells_next(struct cells *, const char **start, const char **end);
size_t cells_count(const char *at, const char *end);

enum cells_align {
	CELLS_LEFT,
	CELLS_CENTER,
	CELLS_RIGHT,
};

/* The row of hyphens and colons below the head: how many cells it has; 0: it is none. And what one of them says. */
size_t cells_delimiters(const char *at, const char *end);
enum cells_align cells_align(const char *start, const char *end);

#endif
