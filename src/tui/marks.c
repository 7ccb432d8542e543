/*
 * marks.c - a text is cleaned piece by piece, so that the ends of its marks are known in the cleaned one; drawn whole,
 * and the cells of what is marked painted over.
 */
#include "tui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/clean.h"
#include "text/cluster.h"

void
marked_release(struct marked *m)
{
	buf_release(&m->text);
	free(m->marks);
	*m = (struct marked){0};
}

/* Memory is kept. */
static void
clear(struct marked *m)
{
	buf_clear(&m->text);
	m->n = 0;
}

void
marked_add(struct marked *m, size_t start, size_t end)
{
	if (m->n == m->space) {
		m->space = m->space ? m->space * 2 : 8;
		m->marks = mem_realloc(m->marks, m->space * sizeof(*m->marks));
	}
	m->marks[m->n++] = (struct mark){start, end};
}

/* ---- cleaning ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool
ends_blank(const struct buf *text)
{
	return text->len == 0 || text->data[text->len - 1] == ' ';
}

static void
put_on_one_line(struct clean *clean, const char *text, size_t n, struct buf *out)
{
	for (size_t at = 0, run; at < n; at += run) {
		for (run = 0; at + run < n && !is_blank(text[at + run]);)
			run++;
		clean_text(clean, text + at, run, out);
		if (run > 0)
			continue;
		run = 1;
		if (!ends_blank(out))
			clean_text(clean, " ", 1, out);
	}
}

static void
set(struct marked *m, const char *text, size_t n, const struct mark *marks, size_t n_marks,
        void (*put)(struct clean *, const char *, size_t, struct buf *))
{
	struct clean clean = {0};
	size_t at = 0;

	clear(m);
	for (size_t i = 0; i < n_marks && marks[i].end <= n; i++) {
		size_t start;

		if (marks[i].start < at || marks[i].end <= marks[i].start)
			continue;
		put(&clean, text + at, marks[i].start - at, &m->text);
		start = m->text.len;
		put(&clean, text + marks[i].start, marks[i].end - marks[i].start, &m->text);
		marked_add(m, start, m->text.len);
		at = marks[i].end;
	}
	put(&clean, text + at, n - at, &m->text);
	clean_end(&clean, &m->text);
}

void
marked_set(struct marked *m, const char *text, size_t n, const struct mark *marks, size_t n_marks)
{
	set(m, text, n, marks, n_marks, clean_text);
}

void
marked_set_line(struct marked *m, const char *text, size_t n, const struct mark *marks, size_t n_marks)
{
	set(m, text, n, marks, n_marks, put_on_one_line);
}

/* ---- drawing ---- */

void
marks_paint(struct grid *g, int row, int col, int end_col, const char *text, size_t from, size_t n, struct mark mark,
        enum style style)
{
	for (size_t at = from; at < from + n && at < mark.end && col < end_col;) {
		struct cluster c = cluster_read(text + at, from + n - at);

		if (at + c.len > mark.start)
			grid_paint(g, row, col, col + c.width < end_col ? col + c.width : end_col, style);
		col += c.width;
		at += c.len;
	}
}

int
marked_put(const struct marked *m, size_t start, size_t end, struct grid *g, int row, int col, int end_col,
        enum style plain, enum style hit)
{
	const char *text = buf_text(&m->text);
	int end_of_text = grid_put(g, row, col, end_col, plain, text + start, end - start);

	for (size_t i = 0; i < m->n && m->marks[i].start < end; i++)
		if (m->marks[i].end > start)
			marks_paint(g, row, col, end_of_text, text, start, end - start, m->marks[i], hit);
	return end_of_text;
}

int
marked_put_clipped(
        const struct marked *m, struct grid *g, int row, int col, int end_col, enum style plain, enum style hit)
{
	if (col >= end_col)
		return col;
	if (cluster_width(buf_text(&m->text), m->text.len) <= end_col - col)
		return marked_put(m, 0, m->text.len, g, row, col, end_col, plain, hit);
	col = marked_put(m, 0, m->text.len, g, row, col, end_col - 1, plain, hit);
	return grid_puts(g, row, col, end_col, plain, "…");
}
