/*
 * math.c - the form that fits: high, else lines, else one row.
 */
#include "text/math.h"

#include <string.h>

#include "text/math_layout.h"

static size_t
sign_length(const char *text, size_t n)
{
	return n > 1 && (text[0] == '\\' || text[1] == '$') ? 2 : 1;
}

/* Do both signs stand there, and belong together? */
static bool
has_signs(const char *text, size_t n)
{
	size_t len = sign_length(text, n);
	const char *end = text + n - len;

	if (n < 2 * len + 1)
		return false;
	if (text[0] == '\\')
		return end[0] == '\\' && end[1] == (text[1] == '(' ? ')' : ']');
	return memcmp(text, end, len) == 0;
}

bool
math_is_display(const char *text, size_t n)
{
	return n > 1 && has_signs(text, n) && (text[1] == '[' || text[1] == '$');
}

static bool
is_blank(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] != ' ' && text[i] != '\t' && text[i] != '\n')
			return false;
	return true;
}

/* The rows, without the blanks that pad them. */
static void
put_box(const struct math_box *box, struct buf *out)
{
	const char *text = buf_text(&box->text);
	size_t n = box->text.len, start = out->len;

	for (size_t i = 0; i <= n; i++) {
		while ((i == n || text[i] == '\n') && out->len > start && out->data[out->len - 1] == ' ')
			buf_truncate(out, out->len - 1);
		if (i < n)
			buf_putc(out, text[i]);
	}
}

static bool
put_shape(const char *text, size_t n, enum math_shape shape, int cols, struct buf *out)
{
	struct math_box box = {0};
	bool ok = math_layout(text, n, shape, &box) && (shape != MATH_HIGH || box.cols <= cols) && box.cols > 0;

	if (ok)
		put_box(&box, out);
	math_box_release(&box);
	return ok;
}

bool
math_put(const char *text, size_t n, int cols, struct buf *out)
{
	size_t len = sign_length(text, n);

	if (n > MATH_MAX || !has_signs(text, n) || is_blank(text + len, n - 2 * len))
		return false;
	if (cols > 0 && math_is_display(text, n))
		return put_shape(text + len, n - 2 * len, MATH_HIGH, cols, out) ||
		       put_shape(text + len, n - 2 * len, MATH_LINES, cols, out);
	return put_shape(text + len, n - 2 * len, MATH_ONE_ROW, 0, out);
}
