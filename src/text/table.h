/*
 * table.h - a table of a Markdown text, laid out for a width: columns beside each other, their cells wrapped where they
 * must be; and where that leaves a column too narrow to read, a line "head: cell" for each.
 *
 * Rows come one by one. Those that are laid out stay so until table_fit says that the widths are others.
 */
#ifndef FLYNN_TEXT_TABLE_H
#define FLYNN_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/blocks_table.h"
#include "text/markdown.h"
#include "text/sheet.h"

struct table_cell {
	size_t start, len; /* of the text of the cells */
};

/* Zeroed to begin with. The first row is the head. */
struct table {
	size_t n_columns, space_columns;
	enum cells_align *aligns;
	int *natural; /* the columns' widest cells, */
	int *widths;  /* and how wide the columns are shown */
	bool upright; /* as lines of "head: cell" */
	struct sheet text;
	struct table_cell *cells; /* row by row */
	size_t delimiters;        /* where they are in the source, */
	size_t *from;             /* and where each row is */
	size_t n_rows, space_cells, space_rows;
};

void table_release(struct table *);
/* With the columns that its line of delimiters says: so many bytes of the source. */
void table_begin(struct table *, const char *source, size_t at, size_t len);
/* A row as it is written, after its indentation: so many bytes of the source. */
void table_add(struct table *, struct markdown *, const char *source, size_t at, size_t len);
/* Takes back the last row, and how wide it made the columns. */
struct table_before {
	struct sheet_mark text;
	int *natural;
};
struct table_before table_before(struct table *); /* before table_add; ends with table_take_back */
void table_take_back(struct table *, struct table_before *);

/* Chooses the columns' widths for so many cells. True: what is laid out is out of date. */
bool table_fit(struct table *, int cols);
/* Lays out the rows from `first` up to `end`. */
void table_lay(const struct table *, struct sheet *, size_t first, size_t end, const struct sheet_shape *);

#endif
