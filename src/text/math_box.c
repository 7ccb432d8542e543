/*
 * math_box.c - boxes are small: each change makes the text anew.
 */
#include "text/math_box.h"

#include <string.h>

#include "base/compiler.h"
#include "text/cluster.h"

void
math_box_release(struct math_box *b)
{
	buf_release(&b->text);
	*b = (struct math_box){0};
}

int
math_box_rows(const struct math_box *b)
{
	return b->rows > 0 ? b->rows : 1;
}

/* ---- rows ---- */

/* The row and its length; an empty one where the box has none. */
static const char *
row_of(const struct math_box *b, int row, size_t *n)
{
	const char *at = buf_text(&b->text), *end;

	*n = 0;
	if (row < 0 || row >= math_box_rows(b))
		return "";
	for (; row > 0; row--)
		at = strchr(at, '\n') + 1;
	end = strchr(at, '\n');
	*n = end ? (size_t)(end - at) : strlen(at);
	return at;
}

static void
put_blanks(struct buf *out, int n)
{
	for (; n > 0; n--)
		buf_putc(out, ' ');
}

static void
put_row(const struct math_box *b, int row, struct buf *out)
{
	size_t n;
	const char *text = row_of(b, row, &n);

	buf_put(out, text, n);
	if (row < 0 || row >= math_box_rows(b))
		put_blanks(out, b->cols);
}

static void
put_padded(const struct math_box *b, int row, int cols, enum math_align align, struct buf *out)
{
	int room = cols - b->cols;
	int before = align == MATH_ALIGN_LEFT ? 0 : align == MATH_ALIGN_RIGHT ? room : room / 2;

	put_blanks(out, before);
	put_row(b, row, out);
	put_blanks(out, room - before);
}

static void
replace(struct math_box *b, struct buf *text, int rows, int base, int cols)
{
	buf_release(&b->text);
	*b = (struct math_box){*text, rows, base, cols};
}

/* ---- joining ---- */

void
math_box_put(struct math_box *b, const char *text, size_t n)
{
	struct math_box right = {.rows = 1, .cols = cluster_width(text, n)};

	buf_put(&right.text, text, n);
	math_box_join(b, &right, b->base);
	buf_release(&right.text);
}

void
math_box_puts(struct math_box *b, const char *text)
{
	math_box_put(b, text, strlen(text));
}

void
math_box_join(struct math_box *b, const struct math_box *right, int row)
{
	struct buf text = {0};
	int top = row - right->base < 0 ? row - right->base : 0;
	int lower = row - right->base + math_box_rows(right), rows = math_box_rows(b);
	int bottom = lower > rows ? lower : rows;

	for (int i = top; i < bottom; i++) {
		if (i > top)
			buf_putc(&text, '\n');
		put_row(b, i, &text);
		put_row(right, i - row + right->base, &text);
	}
	replace(b, &text, bottom - top, b->base - top, b->cols + right->cols);
}

void
math_box_stack(struct math_box *b, const struct math_box *lower, enum math_align align)
{
	struct buf text = {0};
	int cols = b->cols > lower->cols ? b->cols : lower->cols;
	int rows = math_box_rows(b), more = math_box_rows(lower);

	for (int i = 0; i < rows; i++) {
		put_padded(b, i, cols, align, &text);
		buf_putc(&text, '\n');
	}
	for (int i = 0; i < more; i++) {
		if (i > 0)
			buf_putc(&text, '\n');
		put_padded(lower, i, cols, align, &text);
	}
	replace(b, &text, rows + more, b->base, cols);
}

void
math_box_pad(struct math_box *b, int cols, enum math_align align)
{
	struct buf text = {0};

	if (cols <= b->cols)
		return;
	for (int i = 0; i < math_box_rows(b); i++) {
		if (i > 0)
			buf_putc(&text, '\n');
		put_padded(b, i, cols, align, &text);
	}
	replace(b, &text, math_box_rows(b), b->base, cols);
}

/* ---- fences ---- */

/* A high delimiter's parts; `middle` stands once, in the row that is half way down. */
static const struct fence {
	const char *one, *top, *rest, *middle, *bottom;
} fences[] = {
        {"(", "⎛", "⎜", "⎜", "⎝"},
        {")", "⎞", "⎟", "⎟", "⎠"},
        {"[", "⎡", "⎢", "⎢", "⎣"},
        {"]", "⎤", "⎥", "⎥", "⎦"},
        {"{", "⎧", "⎪", "⎨", "⎩"},
        {"}", "⎫", "⎪", "⎬", "⎭"},
        {"|", "│", "│", "│", "│"},
        {"‖", "║", "║", "║", "║"},
        {"⌊", "⎢", "⎢", "⎢", "⎣"},
        {"⌋", "⎥", "⎥", "⎥", "⎦"},
        {"⌈", "⎡", "⎢", "⎢", "⎢"},
        {"⌉", "⎤", "⎥", "⎥", "⎥"},
};

static const struct fence *
find_fence(const char *one)
{
	for (size_t i = 0; i < ARRAY_LEN(fences); i++)
		if (strcmp(fences[i].one, one) == 0)
			return &fences[i];
	return NULL;
}

/* A brace of two rows has no middle: its halves meet. */
static const char *
fence_part(const struct fence *f, int row, int rows)
{
	if (row == 0)
		return f->top;
	if (row == rows - 1)
		return f->bottom;
	return row == rows / 2 ? f->middle : f->rest;
}

static void
make_fence(struct math_box *out, const char *one, int rows, int base)
{
	const struct fence *f = rows > 1 ? find_fence(one) : NULL;

	if (!f) {
		math_box_puts(out, one);
		return;
	}
	for (int i = 0; i < rows; i++) {
		if (i > 0)
			buf_putc(&out->text, '\n');
		buf_puts(&out->text, fence_part(f, i, rows));
	}
	out->rows = rows;
	out->base = base;
	out->cols = 1;
}

void
math_box_fence(struct math_box *b, const char *open, const char *close)
{
	struct math_box left = {0}, right = {0};
	int rows = math_box_rows(b), base = b->base;

	if (*open)
		make_fence(&left, open, rows, base);
	if (*close)
		make_fence(&right, close, rows, base);
	math_box_join(&left, b, left.base);
	math_box_release(b);
	*b = left;
	math_box_join(b, &right, b->base);
	math_box_release(&right);
}
