/*
 * picker.c - rows with marks in them, and how they look: the name, what it does, and on the right the key.
 */
#include "tui/picker.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/cluster.h"
#include "tui/rows.h"

struct palette_row {
	struct marked name, words, key;
};

enum {
	BOX_FROM_ROWS = 12,
	BOX_FROM_COLS = 50,
	BOX_MARGIN_COLS = 4, /* on both sides together */
	BOX_MARGIN_ROWS = 3, /* above and below together, with the status bar */
	BOX_COLS_MOST = 92,
	BOX_ROWS_MOST = 22,
	COLUMNS_FROM_COLS = 44, /* names stand in a column of their own */
	NAME_COLS_MOST = 26,
	WORDS_COLS_LEAST = 6,
	SIGN_COLS = 2,
	GAP_COLS = 2,
};

static const char sign[] = "> ";

void
picker_init(struct picker *v, const char *label)
{
	*v = (struct picker){.label = label};
	composer_init(&v->input);
}

void
picker_clear(struct picker *v)
{
	for (size_t i = 0; i < v->n; i++) {
		marked_release(&v->rows[i].name);
		marked_release(&v->rows[i].words);
		marked_release(&v->rows[i].key);
	}
	v->n = v->chosen = v->top = 0;
}

void
picker_release(struct picker *v)
{
	composer_release(&v->input);
	picker_clear(v);
	free(v->rows);
	*v = (struct picker){0};
}

/* ---- rows ---- */

/* The marks within text[from..from + n) of the whole, as of its start. */
static void
set_part(struct marked *part, const char *text, size_t from, const struct mark *marks, size_t n_marks)
{
	size_t n = strlen(text);
	struct marked own = {0};

	for (size_t i = 0; i < n_marks; i++) {
		size_t start = marks[i].start > from ? marks[i].start - from : 0;
		size_t end = marks[i].end > from ? marks[i].end - from : 0;

		if (start < (end < n ? end : n))
			marked_add(&own, start, end < n ? end : n);
	}
	marked_set_line(part, text, n, own.marks, own.n);
	marked_release(&own);
}

void
picker_add(struct picker *v, const char *name, const char *words, const char *key, const struct mark *marks,
        size_t n_marks)
{
	struct palette_row *row;

	if (v->n == v->space) {
		v->space = v->space ? v->space * 2 : 64;
		v->rows = mem_realloc(v->rows, v->space * sizeof(*v->rows));
	}
	row = &v->rows[v->n++];
	*row = (struct palette_row){0};
	set_part(&row->name, name, 0, marks, n_marks);
	set_part(&row->words, words, strlen(name) + 1, marks, n_marks);
	set_part(&row->key, key, 0, NULL, 0);
}

void
picker_move(struct picker *v, long rows)
{
	long at = (long)v->chosen + rows, last = (long)v->n - 1;

	if (v->n > 0)
		v->chosen = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

/* ---- places ---- */

bool
picker_is_box(int rows, int cols)
{
	return rows >= BOX_FROM_ROWS && cols >= BOX_FROM_COLS;
}

static struct rect
box_of(struct rect r)
{
	int cols = r.cols - BOX_MARGIN_COLS, rows = r.rows - BOX_MARGIN_ROWS;

	cols = cols > BOX_COLS_MOST ? BOX_COLS_MOST : cols;
	rows = rows > BOX_ROWS_MOST ? BOX_ROWS_MOST : rows;
	return (struct rect){r.row + 1, r.col + (r.cols - cols) / 2, rows, cols};
}

int
picker_hint_cols(int rows, int cols)
{
	return picker_is_box(rows, cols) ? box_of((struct rect){0, 0, rows, cols}).cols - 6 : 0;
}

/* Where the line stands, and the list below it. */
static void
places(struct rect r, struct rect *line, struct rect *list)
{
	bool is_box = picker_is_box(r.rows, r.cols);
	struct rect box = is_box ? box_of(r) : r;
	int edge = is_box;

	*line = (struct rect){box.row + edge, box.col + edge, 1, box.cols - 2 * edge};
	*list = (struct rect){line->row + 1 + edge, line->col, box.rows - 1 - 3 * edge, line->cols};
}

void
picker_layout(struct picker *v, int rows, int cols)
{
	struct rect line, list;

	places((struct rect){0, 0, rows, cols}, &line, &list);
	v->page = list.rows > 0 ? (size_t)list.rows : 1;
	v->top = rows_top(v->top, v->chosen, v->page, v->n);
}

/* ---- drawing ---- */

static int
width_of(const struct marked *m)
{
	return cluster_width(buf_text(&m->text), m->text.len);
}

/* 0: names do not stand in a column. */
static int
name_cols(const struct picker *v, int cols)
{
	int widest = 0;

	for (size_t i = 0; i < v->n; i++) {
		int width = width_of(&v->rows[i].name);

		widest = width > widest ? width : widest;
	}
	return cols < COLUMNS_FROM_COLS ? 0 : widest > NAME_COLS_MOST ? NAME_COLS_MOST : widest;
}

static void
draw_row(const struct palette_row *row, bool chosen, int names, struct grid *g, struct rect r)
{
	enum style plain = chosen ? STYLE_CHOSEN : STYLE_TEXT, note = chosen ? STYLE_CHOSEN : STYLE_NOTE;
	enum style hit = chosen ? STYLE_HIT_CHOSEN : STYLE_HIT;
	int end = r.col + r.cols - 1, key = width_of(&row->key), col = r.col + SIGN_COLS, after_words;

	if (chosen) {
		grid_paint(g, r.row, r.col, r.col + r.cols, STYLE_CHOSEN);
		grid_puts(g, r.row, r.col, end, plain, sign);
	}
	if (key > 0 && key < r.cols / 2) {
		marked_put(&row->key, 0, row->key.text.len, g, r.row, end - key, end, plain, plain);
		end -= key + GAP_COLS;
	}
	after_words = marked_put_clipped(
	        &row->name, g, r.row, col, names > 0 && col + names < end ? col + names : end, plain, hit);
	col = (names > 0 ? col + names : after_words) + GAP_COLS;
	if (end - col >= WORDS_COLS_LEAST)
		marked_put_clipped(&row->words, g, r.row, col, end, note, hit);
}

static void
put_label(struct grid *g, int row, struct rect box, const char *label)
{
	int col = box.col + 2;

	if (!*label)
		return;
	col = grid_puts(g, row, col, box.col + box.cols - 2, STYLE_NOTE, " ");
	col = grid_puts(g, row, col, box.col + box.cols - 3, STYLE_NOTE, label);
	grid_puts(g, row, col, box.col + box.cols - 2, STYLE_NOTE, " ");
}

static void
draw_edge(struct grid *g, int row, struct rect box, const char *left, const char *right)
{
	grid_fill(g, row, box.col, box.col + box.cols, STYLE_NOTE, "─");
	grid_puts(g, row, box.col, box.col + box.cols, STYLE_NOTE, left);
	grid_puts(g, row, box.col + box.cols - 1, box.col + box.cols, STYLE_NOTE, right);
}

static void
draw_box(struct grid *g, struct rect box, const char *label, const char *hint)
{
	int last = box.row + box.rows - 1;

	grid_blank(g, box);
	for (int row = box.row + 1; row < last; row++) {
		grid_puts(g, row, box.col, box.col + box.cols, STYLE_NOTE, "│");
		grid_puts(g, row, box.col + box.cols - 1, box.col + box.cols, STYLE_NOTE, "│");
	}
	draw_edge(g, box.row, box, "┌", "┐");
	draw_edge(g, box.row + 2, box, "├", "┤");
	draw_edge(g, last, box, "└", "┘");
	put_label(g, box.row, box, label);
	put_label(g, last, box, hint);
}

/* Its lines, as many as there are rows. */
static void
draw_words(const char *words, struct grid *g, struct rect r)
{
	for (int i = 0; i < r.rows && *words; i++) {
		size_t n = strcspn(words, "\n");
		struct marked line = {0};

		marked_set(&line, words, n, NULL, 0);
		marked_put_clipped(&line, g, r.row + i, r.col + SIGN_COLS, r.col + r.cols - 1, STYLE_NOTE, STYLE_NOTE);
		marked_release(&line);
		words += n + (words[n] == '\n');
	}
}

void
picker_draw(const struct picker *v, struct grid *g, struct rect r, const char *words, const char *hint)
{
	struct rect line, list;
	int names;

	places(r, &line, &list);
	if (picker_is_box(r.rows, r.cols))
		draw_box(g, box_of(r), v->label, hint);
	else
		grid_blank(g, r);
	composer_draw(&v->input, g, line);
	names = name_cols(v, list.cols);
	for (int i = 0; i < list.rows && v->top + (size_t)i < v->n; i++)
		draw_row(&v->rows[v->top + (size_t)i], v->top + (size_t)i == v->chosen, names, g,
		        (struct rect){list.row + i, list.col, 1, list.cols});
	if (v->n == 0)
		draw_words(words, g, list);
}
