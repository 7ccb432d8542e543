/*
 * help.c - two columns: names as wide as the widest, two fifths of the row at the most, and words wrapped beside them.
 */
#include "tui/help.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/wrap.h"

struct help_row {
	char *name; /* NULL: a heading */
	char *words;
};

enum {
	GAP_COLS = 2,
	INDENT_COLS = 2,
};

void
help_clear(struct help *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free(h->rows[i].name);
		free(h->rows[i].words);
	}
	h->n = 0;
	h->top = 0;
}

void
help_release(struct help *h)
{
	help_clear(h);
	free(h->rows);
	*h = (struct help){0};
}

void
help_add(struct help *h, const char *name, const char *words)
{
	if (h->n == h->space) {
		h->space = h->space ? h->space * 2 : 64;
		h->rows = mem_realloc(h->rows, h->space * sizeof(*h->rows));
	}
	h->rows[h->n++] = (struct help_row){mem_strdup(name), mem_strdup(words)};
}

static long
clamp(long top, long last)
{
	return top > last ? last : top < 0 ? 0 : top;
}

void
help_scroll(struct help *h, long lines)
{
	long last = h->lines > h->height ? h->lines - h->height : 0;

	h->top = clamp(h->top + lines, last);
}

static int
name_cols(const struct help *h, int cols)
{
	int widest = 0, most = cols * 2 / 5;

	for (size_t i = 0; i < h->n; i++)
		if (h->rows[i].name) {
			int width = cluster_width(h->rows[i].name, strlen(h->rows[i].name));

			widest = width > widest ? width : widest;
		}
	return widest < most ? widest : most;
}

/* Draws a text wrapped into a column that begins on a line of the page; returns how many lines it takes. */
static long
draw_column(const struct help *h, struct grid *g, struct rect r, long line, const char *text, enum style style)
{
	struct wrap w;
	long n;

	wrap_init(&w, r.cols < 1 ? 1 : r.cols);
	wrap_text(&w, text, strlen(text));
	n = (long)w.n;
	for (long i = 0; i < n; i++) {
		long row = line + i - h->top;

		if (row >= 0 && row < r.rows)
			grid_put(g, r.row + (int)row, r.col, r.col + r.cols, style, text + w.lines[i].start,
			        w.lines[i].len);
	}
	wrap_release(&w);
	return n;
}

/* Returns how many lines the row takes. */
static long
draw_row(const struct help *h, struct grid *g, struct rect r, long line, const struct help_row *row, int names)
{
	struct rect left = {r.row, r.col + INDENT_COLS, r.rows, names}, right = r;
	long a, b;

	if (!row->name)
		return draw_column(h, g, r, line, row->words, STYLE_PROMPT);
	right.col += INDENT_COLS + names + GAP_COLS;
	right.cols -= INDENT_COLS + names + GAP_COLS;
	a = draw_column(h, g, left, line, row->name, STYLE_TEXT);
	b = draw_column(h, g, right, line, row->words, STYLE_TEXT);
	return a > b ? a : b;
}

static long
draw_rows(const struct help *h, struct grid *g, struct rect r)
{
	int names = name_cols(h, r.cols);
	long line = 0;

	for (size_t i = 0; i < h->n; i++) {
		if (!h->rows[i].name && i > 0)
			line++;
		line += draw_row(h, g, r, line, &h->rows[i], names);
	}
	return line;
}

void
help_draw(struct help *h, struct grid *g, struct rect r)
{
	long top = h->top;

	h->lines = draw_rows(h, g, r);
	h->height = r.rows;
	help_scroll(h, 0);
	if (h->top == top)
		return;
	/* The view has grown past the end: what was drawn stands too high. */
	for (int row = 0; row < r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			grid_puts(g, r.row + row, col, r.col + r.cols, STYLE_TEXT, " ");
	draw_rows(h, g, r);
}
