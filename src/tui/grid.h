/*
 * grid.h - the screen as cells in memory. Views draw on it; tui/term shows it; the tests read it.
 *
 * Only cleaned text (text/clean.h) goes in. What does not fit is clipped, a wide character is never split.
 *
 * What was drawn stays for the next frame. A view that draws a line under a key (grid_line) finds it again as long as the
 * key is the same and nobody else drew there; all other views blank their part first. Either way what a grid shows is
 * what it would show, were it drawn on a new one.
 */
#ifndef FLYNN_TUI_GRID_H
#define FLYNN_TUI_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text/cluster.h"
#include "tui/cluster_names.h"
#include "tui/theme.h"

struct cell {
	union {
		char text[CLUSTER_DRAWN_MAX + 1]; /* a cluster as it is drawn, or its name (tui/cluster_names.h) */
		struct {                          /* with STYLE_PICTURE: one code point in colours of its own, */
			char character[8];
			int16_t foreground, background; /* as text/picture.h has them */
		} picture;
	};
	uint8_t width; /* 1, 2, or 0: the right half of the one before */
	uint8_t style; /* enum style */
};

/* What was begun last in a row: the columns of a line, and its key. */
struct grid_last {
	int col, cols;
	uint64_t key;
};

/* Of a row whose line shows the beginning of a text: bytes of it, and the column after them. */
struct grid_text {
	size_t len;
	int end, from;
	uint64_t version, before; /* of the row: now, and before what is from column `from` on was put; 0: not known */
};

struct grid {
	int rows, cols;
	struct cell *cells;          /* row by row */
	uint64_t *keys;              /* of each cell: what it was drawn under; 0: nothing */
	struct grid_last *last;      /* of each row */
	struct grid_text *texts;     /* of each row; what is there is true of the version it has */
	uint64_t version, *versions; /* the last one given, and each row's: another when something was put into it */
	int cursor_row, cursor_col;  /* -1: hidden */
	struct cluster_names *names; /* NULL: there are none */
	unsigned renewals;           /* how often the names were forgotten */
};

/* A part of the grid. */
struct rect {
	int row, col, rows, cols;
};

void grid_init(struct grid *, int rows, int cols);
void grid_release(struct grid *);
void grid_resize(struct grid *, int rows, int cols); /* all blank afterwards */
void grid_clear(struct grid *);                      /* all blank, no cursor */
void grid_blank(struct grid *, struct rect);         /* that part of it */
/* Before a frame: forgets names when they run out, and what was drawn. True: it did. */
bool grid_renew(struct grid *);

enum {
	GRID_BLANK_KEY = 1, /* of a line with nothing on it, and of no other */
};

/* Is a line (a rect of one row) to be drawn? False: it stands there already, drawn under the same key, which must be
 * another when anything of its looks is. True: it is blank now. */
bool grid_line(struct grid *, struct rect line, uint64_t key);
/* The same question, and no more. */
bool grid_line_stands(const struct grid *, struct rect line, uint64_t key);

/* ---- a text that grows at its end: what stands there of it stays ---- */

/* After a line was drawn: so many bytes of its text are on it, up to that column. */
void grid_text_ends(struct grid *, int row, size_t len, int end);
/* The same, if nothing else was put there since; len 0: it was. */
struct grid_text grid_text_end(const struct grid *, int row);
/* Is that text on the line, drawn under the key `was`? From now on it is under `key`: the rest of the text is to be put, and
 * grid_text_ends called. */
bool grid_line_grow(struct grid *, struct rect line, uint64_t was, uint64_t key);
/* The columns in which a row may differ from what it was at that version. */
void grid_changed(const struct grid *, int row, uint64_t version, int *from, int *end);

/* A key for a line that shows this text and nothing else; `look`, a small number, for all that it may look like besides. */
uint64_t grid_text_key(const char *text, size_t n, unsigned look);

const struct cell *grid_cell(const struct grid *, int row, int col);
uint64_t grid_version(const struct grid *, int row);

/* Puts text[0..n) at row and col, up to but not on column `end`. Returns the column after it. */
int grid_put(struct grid *, int row, int col, int end, enum style, const char *text, size_t n);
int grid_puts(struct grid *, int row, int col, int end, enum style, const char *text);

/* The same; text that does not fit ends with an ellipsis. */
int grid_puts_clipped(struct grid *, int row, int col, int end, enum style, const char *text);

/* Puts a character that is one cell wide, in two colours of its own (text/picture.h), which differ; a blank has no
 * foreground. */
void grid_put_picture(struct grid *, int row, int col, uint32_t character, int foreground, int background);

static inline bool
grid_is_ascii(const struct cell *cell)
{
	return cell->text[0] && !cell->text[1];
}

/* Do they look the same? Most are ASCII. */
static inline bool
grid_cells_match(const struct cell *a, const struct cell *b)
{
	return a->width == b->width && a->style == b->style && a->text[0] == b->text[0] &&
	       ((grid_is_ascii(a) && grid_is_ascii(b)) || strcmp(a->text, b->text) == 0) &&
	       (a->style != STYLE_PICTURE || (a->picture.foreground == b->picture.foreground &&
	                                             a->picture.background == b->picture.background));
}

/* Fills a row from col up to `end` with a cluster that is one cell wide. */
void grid_fill(struct grid *, int row, int col, int end, enum style, const char *cluster);

/* Gives the cells of a row from col up to `end` a style, blank where nothing was put. */
void grid_paint(struct grid *, int row, int col, int end, enum style);

/* The rows as lines of text, without the spaces at their ends; the caller's to free. */
char *grid_text(const struct grid *);

#endif
