/*
 * table.c - cells are parsed once, into a page of their own; a row of the table is put together from pieces of them.
 */
#include "text/table.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "text/cluster.h"
#include "text/wrap.h"

static const char between[] = " │ ", rule_between[] = "─┼─", rule[] = "─";

enum {
	BETWEEN_COLS = 3,
	COLUMN_LEAST = 8,  /* cells that a column needs to be read when its text does not fit */
	RULE_COLS = 16,    /* between rows that are shown upright */
	INDENT_LEAST = 12, /* cells that a row needs to be indented */
};

void
table_release(struct table *t)
{
	free(t->aligns);
	free(t->natural);
	free(t->widths);
	free(t->cells);
	free(t->from);
	sheet_release(&t->text);
	*t = (struct table){0};
}

/* ---- rows ---- */

static void
set_columns(struct table *t, size_t n)
{
	if (n > t->space_columns) {
		t->space_columns = n;
		t->aligns = mem_realloc(t->aligns, n * sizeof(*t->aligns));
		t->natural = mem_realloc(t->natural, n * sizeof(*t->natural));
		t->widths = mem_realloc(t->widths, n * sizeof(*t->widths));
	}
	t->n_columns = n;
	memset(t->natural, 0, n * sizeof(*t->natural));
	memset(t->widths, 0, n * sizeof(*t->widths));
}

void
table_begin(struct table *t, const char *source, size_t at, size_t len)
{
	struct cells c = cells_of(source + at, source + at + len);
	const char *start, *stop;

	set_columns(t, cells_delimiters(source + at, source + at + len));
	t->delimiters = at;
	for (size_t i = 0; i < t->n_columns && cells_next(&c, &start, &stop); i++)
		t->aligns[i] = cells_align(start, stop);
	t->n_rows = 0;
	t->upright = false;
	sheet_truncate(&t->text, (struct sheet_mark){0});
}

static void
make_room(struct table *t)
{
	size_t cells = (t->n_rows + 1) * t->n_columns;

	if (cells > t->space_cells) {
		t->space_cells = cells * 2;
		t->cells = mem_realloc(t->cells, t->space_cells * sizeof(*t->cells));
	}
	if (t->n_rows == t->space_rows) {
		t->space_rows = t->space_rows * 2 + 8;
		t->from = mem_realloc(t->from, t->space_rows * sizeof(*t->from));
	}
}

/* A sign after a backslash is text, without the backslash. */
static void
put_cell(struct table *t, struct markdown *m, const char *source, const char *start, const char *end)
{
	enum role base = t->n_rows == 0 ? ROLE_STRONG : ROLE_TEXT;
	struct markdown_part parts[16];
	size_t n = 0;

	while (start < end && n < ARRAY_LEN(parts)) {
		const char *sign = start;
		bool last = n + 1 == ARRAY_LEN(parts);

		while (!last && sign + 1 < end && !(sign[0] == '\\' && sign[1] == '|'))
			sign++;
		if (last || sign + 1 >= end)
			sign = end;
		parts[n] = (struct markdown_part){(size_t)(start - source), (size_t)(sign - start), n > 0};
		n++;
		start = sign < end ? sign + 1 : end;
	}
	if (n > 0)
		markdown_put(m, &t->text, base, 0, source, parts, n);
}

/* The last column has what more there is in the row. */
static const char *
rest_of(struct cells c, const char *end)
{
	const char *start, *stop;

	while (cells_next(&c, &start, &stop))
		end = stop;
	return end;
}

/* Of one line of a cell: spaces before a break take no room. */
static size_t
without_blanks(const char *text, size_t n)
{
	while (n > 0 && text[n - 1] == ' ')
		n--;
	return n;
}

/* Of the widest line. */
static int
cell_width(const char *text, size_t n)
{
	int widest = 0;

	for (size_t at = 0; at < n;) {
		const char *feed = memchr(text + at, '\n', n - at);
		size_t len = feed ? (size_t)(feed - text) - at : n - at;
		int width = cluster_width(text + at, without_blanks(text + at, len));

		widest = width > widest ? width : widest;
		at += len + 1;
	}
	return widest;
}

void
table_add(struct table *t, struct markdown *m, const char *source, size_t at, size_t len)
{
	struct cells c = cells_of(source + at, source + at + len);
	const char *start, *end;

	make_room(t);
	for (size_t i = 0; i < t->n_columns; i++) {
		struct table_cell *cell = &t->cells[t->n_rows * t->n_columns + i];
		int width;

		sheet_mark(&t->text);
		cell->start = t->text.text.len;
		if (cells_next(&c, &start, &end))
			put_cell(t, m, source, start, i + 1 == t->n_columns ? rest_of(c, end) : end);
		cell->len = t->text.text.len - cell->start;
		width = cell_width(buf_text(&t->text.text) + cell->start, cell->len);
		t->natural[i] = width > t->natural[i] ? width : t->natural[i];
	}
	t->from[t->n_rows++] = at;
}

struct table_before
table_before(struct table *t)
{
	size_t size = t->n_columns * sizeof(*t->natural);
	struct table_before before = {sheet_mark(&t->text), mem_alloc(size)};

	memcpy(before.natural, t->natural, size);
	return before;
}

void
table_take_back(struct table *t, struct table_before *before)
{
	memcpy(t->natural, before->natural, t->n_columns * sizeof(*t->natural));
	sheet_truncate(&t->text, before->text);
	t->n_rows--;
	free(before->natural);
}

/* ---- widths ---- */

/* What the columns take when none is wider than `most`. */
static int
sum(const struct table *t, int most)
{
	int all = 0;

	for (size_t i = 0; i < t->n_columns && all < INT_MAX / 2; i++) {
		int width = t->natural[i] < most ? t->natural[i] : most;

		all += width > 1 ? width : 1;
	}
	return all;
}

struct fit {
	int most;     /* that a column may have, */
	int left;     /* and of those which have it so many have one more */
	bool upright; /* that is too little */
};

static struct fit
fit(const struct table *t, int cols)
{
	struct fit f = {INT_MAX, 0, false};
	int low = 0, room;

	if (t->n_columns > (size_t)cols)
		return (struct fit){0, 0, true};
	room = cols - BETWEEN_COLS * ((int)t->n_columns - 1);
	if (sum(t, INT_MAX) <= room)
		return f;
	f.most = room > 0 ? room + 1 : 1;
	while (f.most - low > 1) {
		int middle = low + (f.most - low) / 2;

		if (sum(t, middle) <= room)
			low = middle;
		else
			f.most = middle;
	}
	f.most = low;
	f.left = room - sum(t, low);
	f.upright = low < COLUMN_LEAST;
	return f;
}

static int
width_of(const struct table *t, struct fit *f, size_t column)
{
	int width = t->natural[column];

	if (width > f->most)
		width = f->most + (f->left-- > 0);
	return width > 1 ? width : 1;
}

/* Would they be the same? */
static bool
is_fitted(const struct table *t, struct fit f)
{
	bool same = f.upright == t->upright;

	for (size_t i = 0; same && !f.upright && i < t->n_columns; i++)
		same = t->widths[i] == width_of(t, &f, i);
	return same;
}

bool
table_fit(struct table *t, int cols)
{
	struct fit f = fit(t, cols);

	if (is_fitted(t, f))
		return false;
	t->upright = f.upright;
	for (size_t i = 0; !f.upright && i < t->n_columns; i++)
		t->widths[i] = width_of(t, &f, i);
	return true;
}

/* ---- side by side ---- */

/* What is left of the cells of a row; at > end: nothing. */
struct rest {
	size_t at, end;
};

/* The next line of a cell, with spaces around it; none after the last column. */
static void
lay_piece(const struct table *t, struct sheet *p, struct rest *rest, size_t column)
{
	const char *text = buf_text(&t->text.text);
	int width = t->widths[column], free_cols, left;
	size_t len = 0, start = rest->at;

	if (rest->at <= rest->end)
		rest->at = wrap_next(text, rest->end, rest->at, width, &len);
	len = without_blanks(text + start, len);
	free_cols = width - (len > 0 ? cluster_width(text + start, len) : 0);
	left = t->aligns[column] == CELLS_RIGHT ? free_cols : t->aligns[column] == CELLS_CENTER ? free_cols / 2 : 0;
	sheet_fill(p, ROLE_TEXT, " ", left);
	sheet_copy(p, &t->text, start, len);
	if (column + 1 < t->n_columns)
		sheet_fill(p, ROLE_TEXT, " ", free_cols - left);
}

static bool
is_left(const struct rest *rests, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rests[i].at <= rests[i].end)
			return true;
	return false;
}

static void
lay_row(const struct table *t, struct sheet *p, size_t row, struct rest *rests, const struct sheet_shape *shape)
{
	const struct table_cell *cells = &t->cells[row * t->n_columns];
	bool first = row == 0;

	for (size_t i = 0; i < t->n_columns; i++)
		rests[i] = (struct rest){cells[i].start, cells[i].start + cells[i].len};
	do {
		size_t start = p->text.len;

		for (size_t i = 0; i < t->n_columns; i++) {
			if (i > 0)
				sheet_puts(p, ROLE_SIGN, between);
			lay_piece(t, p, &rests[i], i);
		}
		sheet_row(p, start, t->from[row], first ? shape->first : shape->rest);
		first = false;
	} while (is_left(rests, t->n_columns));
}

static void
lay_rule(const struct table *t, struct sheet *p, const struct sheet_shape *shape)
{
	size_t start = p->text.len;

	for (size_t i = 0; i < t->n_columns; i++) {
		if (i > 0)
			sheet_puts(p, ROLE_SIGN, rule_between);
		sheet_fill(p, ROLE_SIGN, rule, t->widths[i]);
	}
	sheet_row(p, start, t->delimiters, shape->rest);
}

static void
lay_beside(const struct table *t, struct sheet *p, size_t first, size_t end, const struct sheet_shape *shape)
{
	struct rest *rests = mem_alloc(t->n_columns * sizeof(*rests));

	for (size_t row = first; row < end; row++) {
		lay_row(t, p, row, rests, shape);
		if (row == 0)
			lay_rule(t, p, shape);
	}
	free(rests);
}

/* ---- upright ---- */

/* A head in one line. */
static void
put_name(struct sheet *p, const char *text, size_t n)
{
	for (size_t at = 0; at < n;) {
		const char *feed = memchr(text + at, '\n', n - at);
		size_t len = feed ? (size_t)(feed - text) - at : n - at;

		if (at > 0)
			sheet_puts(p, ROLE_STRONG, " ");
		sheet_put(p, ROLE_STRONG, text + at, len, 0, 0);
		at += len + 1;
	}
}

/* What a cell says of its column; it is found where the head stands, not at each repetition. */
static void
lay_named_cell(const struct table *t, struct sheet *p, size_t row, size_t column, const struct sheet_shape *shape)
{
	const struct table_cell *head = &t->cells[column], *cell = &t->cells[row * t->n_columns + column];
	size_t start = p->text.len;

	if (cell->len == 0)
		return;
	if (head->len > 0) {
		put_name(p, t->text.text.data + head->start, head->len);
		sheet_puts(p, ROLE_STRONG, ": ");
	}
	sheet_copy(p, &t->text, cell->start, cell->len);
	sheet_wrap(p, start, t->from[row], shape);
}

static void
lay_heads(const struct table *t, struct sheet *p, const struct sheet_shape *shape)
{
	size_t start = p->text.len;

	for (size_t i = 0; i < t->n_columns; i++) {
		if (i > 0)
			sheet_puts(p, ROLE_SIGN, between);
		sheet_copy(p, &t->text, t->cells[i].start, t->cells[i].len);
	}
	sheet_wrap(p, start, t->from[0], shape);
}

/* What goes on is indented, where there is room for that. */
static struct sheet_shape
upright_shape(struct sheet *p, const struct sheet_shape *shape)
{
	const struct sheet_lead *lead = &p->leads[shape->rest];
	struct sheet_shape upright = {.cols = shape->cols, .first = shape->rest, .rest = shape->rest};
	struct buf deeper = {0};

	if (shape->cols < (int)lead->cols + INDENT_LEAST)
		return upright;
	buf_put(&deeper, buf_text(&p->text) + lead->at, lead->len);
	buf_puts(&deeper, "  ");
	upright.rest = sheet_lead(p, buf_text(&deeper), deeper.len);
	buf_release(&deeper);
	return upright;
}

static void
lay_upright(const struct table *t, struct sheet *p, size_t first, size_t end, const struct sheet_shape *shape)
{
	struct sheet_shape rest = upright_shape(p, shape);

	for (size_t row = first; row < end; row++) {
		size_t start = p->text.len;

		if (row == 0) {
			lay_heads(t, p, shape);
			continue;
		}
		sheet_fill(p, ROLE_SIGN, rule, RULE_COLS < shape->cols ? RULE_COLS : shape->cols);
		sheet_row(p, start, t->from[row] - 1, shape->rest); /* which no other row has */
		for (size_t i = 0; i < t->n_columns; i++)
			lay_named_cell(t, p, row, i, &rest);
	}
}

void
table_lay(const struct table *t, struct sheet *p, size_t first, size_t end, const struct sheet_shape *shape)
{
	if (t->upright)
		lay_upright(t, p, first, end, shape);
	else
		lay_beside(t, p, first, end, shape);
}
