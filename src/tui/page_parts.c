/*
 * page_parts.c - a rule and a few wrapped rows.
 */
#include "tui/page_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "text/clean.h"
#include "text/wrap.h"

static long
last_top(const struct page_scroll *s)
{
	return s->n_rows > s->height ? s->n_rows - s->height : 0;
}

long
page_scroll_top(const struct page_scroll *s)
{
	return s->wanted < last_top(s) ? s->wanted : last_top(s);
}

bool
page_scroll_is_at_end(const struct page_scroll *s)
{
	return s->wanted >= last_top(s);
}

void
page_scroll_lines(struct page_scroll *s, int way)
{
	s->wanted = page_scroll_top(s) + way;
	s->wanted = s->wanted < 0 ? 0 : page_scroll_top(s);
}

void
page_scroll_screens(struct page_scroll *s, int way)
{
	page_scroll_lines(s, way * (int)(s->height > 2 ? s->height - 1 : 1));
}

void
page_scroll_end(struct page_scroll *s, int way)
{
	s->wanted = way < 0 ? 0 : LONG_MAX;
}

void
page_rule_draw(struct grid *g, int row, const char *label)
{
	int col;

	if (row < 0)
		return;
	grid_fill(g, row, 0, g->cols, STYLE_NOTE, "─");
	if (!*label)
		return;
	col = grid_puts(g, row, 2, g->cols - 2, STYLE_NOTE, " ");
	col = grid_puts_clipped(g, row, col, g->cols - 3, STYLE_NOTE, label);
	grid_puts(g, row, col, g->cols - 2, STYLE_NOTE, " ");
}

void
page_words_draw(struct grid *g, struct rect r, const char *words)
{
	struct wrap w;
	char *clean;

	if (r.rows <= 0 || r.cols < 1)
		return;
	clean = clean_line(words);
	wrap_init(&w, r.cols);
	wrap_text(&w, clean, strlen(clean));
	for (int i = 0; i < r.rows && i < (int)w.n; i++) {
		const char *line = clean + w.lines[i].start;

		if (i + 1 == r.rows)
			grid_puts_clipped(g, r.row + i, r.col, r.col + r.cols, STYLE_TEXT, line);
		else
			grid_put(g, r.row + i, r.col, r.col + r.cols, STYLE_TEXT, line, w.lines[i].len);
	}
	wrap_release(&w);
	free(clean);
}
