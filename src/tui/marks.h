/*
 * marks.h - parts of a text that stand out when it is drawn: what was looked for.
 */
#ifndef FLYNN_TUI_MARKS_H
#define FLYNN_TUI_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/grid.h"

/* Bytes of a text, `end` not included. */
struct mark {
	size_t start, end;
};

/* A cleaned text with its marks, which ascend and do not overlap. Zeroed to begin with. */
struct marked {
	struct buf text;
	struct mark *marks;
	size_t n, space;
};

void marked_release(struct marked *);
void marked_add(struct marked *, size_t start, size_t end);

/* Cleans text[0..n), whose marks are bytes of it as it is. */
void marked_set(struct marked *, const char *text, size_t n, const struct mark *, size_t n_marks);
/* The same for one line of a list: each run of spaces and line feeds is one space. */
void marked_set_line(struct marked *, const char *text, size_t n, const struct mark *, size_t n_marks);

/* Draws bytes start to end of it at this row and column, up to but not on column `end_col`; what is marked has the other
 * style. A cluster of which a part is marked stands out whole. Returns the column after it. */
int marked_put(const struct marked *, size_t start, size_t end, struct grid *, int row, int col, int end_col,
        enum style plain, enum style hit);

/* The whole of it, with an ellipsis where it is cut. Returns the column after it. */
int marked_put_clipped(
        const struct marked *, struct grid *, int row, int col, int end_col, enum style plain, enum style hit);

/* Gives the cells of a text that was drawn there already another style: of the part from `start` to `end`, where they
 * stand for bytes of text[from..from + n). */
void marks_paint(
        struct grid *, int row, int col, int end_col, const char *text, size_t from, size_t n, struct mark, enum style);

#endif
