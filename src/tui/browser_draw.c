/*
 * browser_draw.c - how the browser looks: input, rule, list, preview.
 */
#include <string.h>

#include "text/wrap.h"
#include "tui/browser.h"
#include "tui/browser_rows.h"

static const char ellipsis[] = "…", sign[] = "> ";

enum {
	SIGN_COLS = sizeof(sign) - 1,
	WHEN_COLS = 9,         /* "yesterday" */
	COUNT_FROM_COLS = 60,  /* of the list */
	TITLE_COLS_LEAST = 12, /* before notes and tags go */
};

static int
width_of(const char *text)
{
	return cluster_width(text, strlen(text));
}

/* Returns the column after it. */
static int
put_clipped(struct grid *g, int row, int col, int end, enum style style, const char *text)
{
	if (col >= end)
		return col;
	if (width_of(text) <= end - col)
		return grid_puts(g, row, col, end, style, text);
	return grid_puts(g, row, grid_puts(g, row, col, end - 1, style, text), end, style, ellipsis);
}

/* ---- the list ---- */

/* Right-aligned before `end`; returns where it begins, a space before it. */
static int
put_right(struct grid *g, int row, int end, enum style style, const char *text)
{
	int width = width_of(text);

	if (width == 0)
		return end;
	grid_puts(g, row, end - width, end, style, text);
	return end - width - 2;
}

static void
draw_title(const struct browser_row *r, struct grid *g, struct rect line, enum style plain, enum style note)
{
	int end = line.col + line.cols - 1, notes = width_of(r->notes), tags = width_of(r->tags), left;

	if (line.cols > SIGN_COLS + TITLE_COLS_LEAST + WHEN_COLS) {
		put_right(g, line.row, end, note, r->when);
		end -= WHEN_COLS + 1;
	}
	if (line.cols >= COUNT_FROM_COLS)
		end = put_right(g, line.row, end, note, r->count);
	left = line.col + SIGN_COLS;
	if (notes > 0 && end - left >= TITLE_COLS_LEAST + notes + 1)
		end = put_right(g, line.row, end, note, r->notes);
	if (tags > 0 && end - left >= TITLE_COLS_LEAST + tags + 1)
		end = put_right(g, line.row, end, note, r->tags);
	put_clipped(g, line.row, left, end, plain, r->title);
}

/* Where the whole does not fit: from a little before the first hit on, with a word's beginning if there is one. */
static size_t
line_start(const struct marked *m, int cols)
{
	const char *text = buf_text(&m->text), *space;
	size_t hit, at;

	if (m->n == 0 || cluster_width(text, m->marks[0].end) < cols * 3 / 4)
		return 0;
	hit = at = m->marks[0].start;
	while (at > 0 && cluster_width(text + at, hit - at) < cols / 3)
		at = cluster_before(text, at);
	space = memchr(text + at, ' ', hit - at);
	return space && at > 0 ? (size_t)(space + 1 - text) : at;
}

static void
draw_line(const struct marked *m, struct grid *g, struct rect line, enum style plain, enum style hit)
{
	int end = line.col + line.cols - 1, col = line.col + 2 * SIGN_COLS;
	size_t start = line_start(m, end - col);

	if (start > 0)
		col = grid_puts(g, line.row, col, end, plain, ellipsis);
	if (cluster_width(buf_text(&m->text) + start, m->text.len - start) <= end - col) {
		marked_put(m, start, m->text.len, g, line.row, col, end, plain, hit);
		return;
	}
	col = marked_put(m, start, m->text.len, g, line.row, col, end - 1, plain, hit);
	grid_puts(g, line.row, col, end, plain, ellipsis);
}

static void
draw_row(const struct browser *b, size_t i, int lines, struct grid *g, struct rect r)
{
	const struct browser_row *row = &b->rows[i];
	bool chosen = i == b->chosen;
	enum style plain = chosen ? STYLE_CHOSEN : STYLE_TEXT, note = chosen ? STYLE_CHOSEN : STYLE_NOTE;

	if (chosen)
		for (int line = 0; line < lines; line++)
			grid_paint(g, r.row + line, r.col, r.col + r.cols, STYLE_CHOSEN);
	if (chosen)
		grid_puts(g, r.row, r.col, r.col + r.cols, plain, sign);
	draw_title(row, g, r, plain, note);
	if (lines > 1)
		draw_line(&row->line, g, (struct rect){r.row + 1, r.col, 1, r.cols}, note,
		        chosen ? STYLE_HIT_CHOSEN : STYLE_HIT);
}

/* Text wrapped from the top on; returns how many rows it took. */
static int
draw_words(const char *words, struct grid *g, struct rect r, enum style style)
{
	struct wrap w;
	int rows;

	wrap_init(&w, r.cols > 0 ? r.cols : 1);
	wrap_text(&w, words, strlen(words));
	for (rows = 0; rows < (int)w.n && rows < r.rows; rows++)
		grid_put(g, r.row + rows, r.col, r.col + r.cols, style, words + w.lines[rows].start, w.lines[rows].len);
	wrap_release(&w);
	return rows;
}

static void
draw_list(const struct browser *b, struct grid *g, struct rect r)
{
	int lines = browser_row_lines(b, r.rows), row = 0;

	for (size_t i = b->top; i < b->n && row + lines <= r.rows; i++, row += lines)
		draw_row(b, i, lines, g, (struct rect){r.row + row, r.col, lines, r.cols});
	if (b->n == 0)
		draw_words(buf_text(&b->words), g,
		        (struct rect){r.row, r.col + SIGN_COLS, r.rows, r.cols - SIGN_COLS - 1}, STYLE_NOTE);
}

/* ---- the preview ---- */

/* Draws a part that begins on a line of the preview, whose line `top` is the first shown; returns how many it takes.
 * `first_hit`, when it is -1 still, becomes the line of its first mark. No grid: only counts. */
static int
draw_part(const struct browser_part *part, int line, int top, struct grid *g, struct rect r, int *first_hit)
{
	const char *text = buf_text(&part->text.text);
	struct wrap w;
	int n;

	wrap_init(&w, r.cols);
	wrap_text(&w, text, part->text.text.len);
	n = (int)w.n;
	for (int i = 0; i < n && g; i++)
		if (line + i >= top && line + i - top < r.rows)
			marked_put(&part->text, w.lines[i].start, w.lines[i].start + w.lines[i].len, g,
			        r.row + line + i - top, r.col, r.col + r.cols, part->style, STYLE_HIT);
	if (*first_hit < 0 && part->text.n > 0)
		*first_hit = line + (int)wrap_line_of(&w, part->text.marks[0].start);
	wrap_release(&w);
	return n;
}

/* Returns how many lines there are. */
static int
draw_parts(const struct browser *b, int top, struct grid *g, struct rect r, int *first_hit)
{
	int line = 0;

	for (size_t i = 0; i < b->n_preview; i++)
		line += draw_part(&b->preview[i], line, top, g, r, first_hit);
	return line;
}

/* The first hit is in its upper half. */
static void
draw_preview(const struct browser *b, struct grid *g, struct rect r)
{
	int hit = -1, n = draw_parts(b, 0, NULL, r, &hit), top = hit - r.rows / 3;

	top = top > n - r.rows ? n - r.rows : top;
	draw_parts(b, hit < r.rows / 2 || top < 0 ? 0 : top, g, r, &hit);
}

/* ---- all of it ---- */

static void
draw_rule(struct grid *g, int row, int col, int end, const char *label)
{
	grid_fill(g, row, col, end, STYLE_NOTE, "─");
	if (!*label || end - col < 8)
		return;
	col = put_clipped(g, row, grid_puts(g, row, col + 2, end, STYLE_NOTE, " "), end - 3, STYLE_NOTE, label);
	grid_puts(g, row, col, end, STYLE_NOTE, " ");
}

static void
draw_line_between(const struct browser_places *p, struct grid *g, struct rect r)
{
	if (p->preview.col == 0) {
		draw_rule(g, r.row + p->preview.row - 1, r.col, r.col + r.cols, "");
		return;
	}
	for (int row = 0; row < p->preview.rows; row++)
		grid_puts(g, r.row + p->preview.row + row, r.col + p->list.cols, r.col + r.cols, STYLE_NOTE, "│");
}

static struct rect
moved(struct rect part, struct rect by)
{
	return (struct rect){by.row + part.row, by.col + part.col, part.rows, part.cols};
}

void
browser_draw(const struct browser *b, struct grid *g, struct rect r)
{
	struct browser_places p = browser_places(r.rows, r.cols);

	grid_blank(g, r);
	composer_draw(&b->input, g, (struct rect){r.row, r.col, 1, r.cols});
	if (p.rule)
		draw_rule(g, r.row + 1, r.col, r.col + r.cols, buf_text(&b->label));
	draw_list(b, g, moved(p.list, r));
	if (p.preview.rows <= 0)
		return;
	draw_line_between(&p, g, r);
	draw_preview(b, g, moved(p.preview, r));
}
