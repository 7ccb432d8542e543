/*
 * math_box.c - most boxes have one row and grow at its end. A row is padded only when something comes at its right, so that the
 * time for a formula grows with its length, not with the square of it.
 */
#include "text/math_box.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/cluster.h"

void
math_box_release(struct math_box *b)
{
	for (int i = 0; i < b->n_lines; i++)
		buf_release(&b->lines[i].text);
	free(b->lines);
	*b = (struct math_box){0};
}

/* ---- looking ---- */

int
math_box_rows(const struct math_box *b)
{
	return b->n_lines > 0 ? b->n_lines : 1;
}

bool
math_box_is_empty(const struct math_box *b)
{
	return b->cols == 0 && b->n_lines < 2;
}

const char *
math_box_text(const struct math_box *b, int row)
{
	return row < b->n_lines ? buf_text(&b->lines[row].text) : "";
}

size_t
math_box_length(const struct math_box *b, int row)
{
	return row < b->n_lines ? b->lines[row].text.len : 0;
}

/* ---- rows ---- */

/* Makes n empty rows before row `at`. */
static void
insert_rows(struct math_box *b, int at, int n)
{
	if (b->n_lines + n > b->space) {
		b->space = b->n_lines + n > 1 ? 2 * (b->n_lines + n) : 1;
		b->lines = mem_realloc(b->lines, (size_t)b->space * sizeof(*b->lines));
	}
	memmove(b->lines + at + n, b->lines + at, (size_t)(b->n_lines - at) * sizeof(*b->lines));
	memset(b->lines + at, 0, (size_t)n * sizeof(*b->lines));
	b->n_lines += n;
}

static void
begin_rows(struct math_box *b)
{
	if (b->n_lines == 0)
		insert_rows(b, 0, 1);
}

static void
put_blanks(struct math_line *line, int n)
{
	for (int i = 0; i < n; i++)
		buf_putc(&line->text, ' ');
	line->cols += n > 0 ? n : 0;
}

static void
put_text(struct math_line *line, const char *text, size_t n, int cols)
{
	buf_put(&line->text, text, n);
	line->cols += cols;
}

/* Shifts all rows to the right. */
static void
indent(struct math_box *b, int cols)
{
	for (int i = 0; cols > 0 && i < b->n_lines; i++) {
		struct math_line line = {0};

		put_blanks(&line, cols);
		put_text(&line, buf_text(&b->lines[i].text), b->lines[i].text.len, b->lines[i].cols);
		buf_release(&b->lines[i].text);
		b->lines[i] = line;
	}
	b->cols += cols > 0 ? cols : 0;
}

/* ---- joining ---- */

static void
put(struct math_box *b, const char *text, size_t n, int cols)
{
	struct math_line *line;

	begin_rows(b);
	line = &b->lines[b->base];
	put_blanks(line, b->cols - line->cols);
	put_text(line, text, n, cols);
	b->cols = line->cols;
}

void
math_box_put(struct math_box *b, const char *text, size_t n)
{
	put(b, text, n, cluster_width(text, n));
}

void
math_box_puts(struct math_box *b, const char *text)
{
	math_box_put(b, text, strlen(text));
}

void
math_box_fill(struct math_box *b, const char *cluster, int times)
{
	for (; times > 0; times--)
		put(b, cluster, strlen(cluster), 1);
}

void
math_box_cut(struct math_box *b)
{
	struct math_line *line = &b->lines[0];

	buf_truncate(&line->text, line->text.len - 1);
	b->cols = --line->cols;
}

void
math_box_join(struct math_box *b, const struct math_box *right, int row)
{
	int top = row - right->base, below, cols = b->cols;

	begin_rows(b);
	if (top < 0) {
		insert_rows(b, 0, -top);
		b->base -= top;
		top = 0;
	}
	below = top + math_box_rows(right) - b->n_lines;
	if (below > 0)
		insert_rows(b, b->n_lines, below);
	for (int i = 0; i < right->n_lines; i++) {
		struct math_line *line = &b->lines[top + i];

		put_blanks(line, cols - line->cols);
		put_text(line, buf_text(&right->lines[i].text), right->lines[i].text.len, right->lines[i].cols);
	}
	b->cols = cols + right->cols;
}

static int
room_before(int room, enum math_align align)
{
	return align == MATH_ALIGN_LEFT ? 0 : align == MATH_ALIGN_RIGHT ? room : room / 2;
}

void
math_box_stack(struct math_box *b, const struct math_box *lower, enum math_align align)
{
	int rows = math_box_rows(b), before;

	begin_rows(b);
	math_box_pad(b, lower->cols, align);
	before = room_before(b->cols - lower->cols, align);
	insert_rows(b, rows, math_box_rows(lower));
	for (int i = 0; i < lower->n_lines; i++) {
		put_blanks(&b->lines[rows + i], before);
		put_text(&b->lines[rows + i], buf_text(&lower->lines[i].text), lower->lines[i].text.len,
		        lower->lines[i].cols);
	}
}

void
math_box_pad(struct math_box *b, int cols, enum math_align align)
{
	if (cols <= b->cols)
		return;
	indent(b, room_before(cols - b->cols, align));
	b->cols = cols;
}
