/*
 * request_lines.c - lines are kept as they are, and laid out again when the width is another.
 */
#include "pages/request_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/clean.h"
#include "text/wrap.h"

enum {
	MARGIN_COLS = 1,
	TEXT_COLS_LEAST = 16, /* of a line, however deep it stands */
	NOTE_GAP_COLS = 2,
};

/* ---- lines ---- */

void
request_lines_clear(struct request_lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->lines[i].text);
		free(l->lines[i].note);
	}
	l->n = l->n_rows = 0;
	l->cols = 0;
}

void
request_lines_release(struct request_lines *l)
{
	request_lines_clear(l);
	free(l->lines);
	free(l->rows);
	*l = (struct request_lines){0};
}

static void
add_line(struct request_lines *l, enum request_line_type type, const char *text, size_t n, const char *note)
{
	if ((l->n & (l->n - 1)) == 0)
		l->lines = mem_realloc(l->lines, (l->n ? l->n * 2 : 1) * sizeof(*l->lines));
	l->lines[l->n++] = (struct request_line){type, mem_strndup(text, n), note ? clean_line(note) : NULL};
	l->cols = 0;
}

void
request_lines_add(struct request_lines *l, enum request_line_type type, const char *text, size_t n, const char *note)
{
	struct buf cleaned = {0};
	struct clean clean = {0};
	const char *at, *end;

	clean_text(&clean, text, n, &cleaned);
	clean_end(&clean, &cleaned);
	for (at = buf_text(&cleaned); (end = strchr(at, '\n')) != NULL; at = end + 1)
		add_line(l, type, at, (size_t)(end - at), note);
	if (*at || cleaned.len == 0)
		add_line(l, type, at, strlen(at), note);
	buf_release(&cleaned);
}

/* ---- rows ---- */

static void
add_row(struct request_lines *l, size_t line, size_t start, size_t len, int indent)
{
	if (l->n_rows == l->space) {
		l->space = l->space ? l->space * 2 : 64;
		l->rows = mem_realloc(l->rows, l->space * sizeof(*l->rows));
	}
	l->rows[l->n_rows++] = (struct request_row){line, start, len, indent};
}

/* Rows of text[start..end), which is a part of a line. */
static void
lay_out_part(struct request_lines *l, size_t line, size_t start, size_t end, int indent)
{
	const char *text = l->lines[line].text + start;
	size_t n = end - start, at = 0;

	while (at <= n) {
		size_t len, next = wrap_next(text, n, at, l->cols - 2 * MARGIN_COLS - indent, &len);

		add_row(l, line, start + at, len, indent);
		at = next;
	}
}

/* The end of the first escaped line feed after `at`; NULL: there is none. A backslash may itself be escaped. */
static const char *
after_line_feed(const char *at)
{
	while ((at = strchr(at, '\\')) != NULL && at[1]) {
		if (at[1] == 'n')
			return at + 2;
		at += 2;
	}
	return NULL;
}

static void
lay_out_json(struct request_lines *l, size_t line)
{
	const char *text = l->lines[line].text, *at, *end;
	size_t blanks = strspn(text, " ");
	int most = l->cols - 2 * MARGIN_COLS - TEXT_COLS_LEAST, indent = (int)blanks;

	indent = indent < most ? indent : most > 0 ? most : 0;
	for (at = text + blanks; (end = after_line_feed(at)) != NULL && *end != '"'; at = end)
		lay_out_part(l, line, (size_t)(at - text), (size_t)(end - text), indent);
	lay_out_part(l, line, (size_t)(at - text), strlen(text), indent);
}

static void
lay_out_line(struct request_lines *l, size_t i)
{
	switch (l->lines[i].type) {
	case REQUEST_HEADING:
		if (i > 0)
			add_row(l, i, 0, 0, 0);
		add_row(l, i, 0, strlen(l->lines[i].text), 0);
		break;
	case REQUEST_JSON:
		lay_out_json(l, i);
		break;
	case REQUEST_PLAIN:
	case REQUEST_NOTE:
		lay_out_part(l, i, 0, strlen(l->lines[i].text), 0);
		break;
	}
}

void
request_lines_lay_out(struct request_lines *l, int cols)
{
	int wanted = cols > 2 * MARGIN_COLS ? cols : 2 * MARGIN_COLS + 1;

	if (l->cols == wanted)
		return;
	l->cols = wanted;
	l->n_rows = 0;
	for (size_t i = 0; i < l->n; i++)
		lay_out_line(l, i);
}

/* ---- on the screen ---- */

/* Of the row: the name of a member with its quotes; 0: it does not begin with one. */
static size_t
name_length(const char *text, size_t n)
{
	const char *colon;

	if (n < 2 || *text != '"')
		return 0;
	colon = memchr(text, ':', n);
	return colon && colon[-1] == '"' && !memchr(text + 1, '"', (size_t)(colon - text) - 2) ? (size_t)(colon - text)
	                                                                                       : 0;
}

static void
draw_json(struct grid *g, struct rect r, const struct request_line *line, const struct request_row *row)
{
	const char *text = line->text + row->start;
	bool begins = strspn(line->text, " ") == row->start;
	size_t name = begins ? name_length(text, row->len) : 0;
	int col = grid_put(g, r.row, r.col + row->indent, r.col + r.cols, STYLE_CODE_NAME, text, name);

	grid_put(g, r.row, col, r.col + r.cols, STYLE_TEXT, text + name, row->len - name);
}

static void
draw_heading(struct grid *g, struct rect r, const struct request_line *line)
{
	int col = grid_puts_clipped(g, r.row, r.col, r.col + r.cols, STYLE_HEADING, line->text), width;

	if (!line->note)
		return;
	width = cluster_width(line->note, strlen(line->note));
	if (col + NOTE_GAP_COLS + width <= r.col + r.cols)
		grid_puts(g, r.row, r.col + r.cols - width, r.col + r.cols, STYLE_NOTE, line->note);
}

void
request_lines_draw(const struct request_lines *l, size_t i, struct grid *g, struct rect all)
{
	const struct request_row *row = &l->rows[i];
	const struct request_line *line = &l->lines[row->line];
	struct rect r = {all.row, all.col + MARGIN_COLS, 1, all.cols - 2 * MARGIN_COLS};

	if (line->type == REQUEST_HEADING && row->len > 0)
		draw_heading(g, r, line);
	else if (line->type == REQUEST_JSON)
		draw_json(g, r, line, row);
	else
		grid_put(g, r.row, r.col, r.col + r.cols, line->type == REQUEST_NOTE ? STYLE_NOTE : STYLE_TEXT,
		        line->text + row->start, row->len);
}

size_t
request_lines_next_heading(const struct request_lines *l, size_t row)
{
	for (size_t i = row + 1; i < l->n_rows; i++)
		if (l->lines[l->rows[i].line].type == REQUEST_HEADING && l->rows[i].len > 0)
			return i;
	return 0;
}
