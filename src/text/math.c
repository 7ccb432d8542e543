/*
 * math.c - the form that fits: high, else lines, else one row.
 */
#include "text/math.h"

#include <string.h>

#include "base/utf8.h"
#include "text/cluster.h"
#include "text/formula.h"
#include "text/math_layout.h"

/* An environment needs no signs around it. */
static bool
is_environment(const char *text, size_t n)
{
	return formula_environment(text, n, 0, "begin") > 0;
}

static size_t
sign_length(const char *text, size_t n)
{
	if (is_environment(text, n))
		return 0;
	return n > 1 && (text[0] == '\\' || text[1] == '$') ? 2 : 1;
}

/* Does it begin and end with signs that belong together? */
static bool
has_signs(const char *text, size_t n)
{
	size_t len = sign_length(text, n);
	const char *end = text + n - len;

	if (n < 2 * len + 1)
		return false;
	if (len == 0)
		return end[-1] == '}';
	if (text[0] == '\\')
		return end[0] == '\\' && end[1] == (text[1] == '(' ? ')' : ']');
	return memcmp(text, end, len) == 0;
}

bool
math_is_display(const char *text, size_t n)
{
	return n > 1 && has_signs(text, n) && (text[1] == '[' || text[1] == '$' || is_environment(text, n));
}

static bool
is_blank(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] != ' ' && text[i] != '\t' && text[i] != '\n')
			return false;
	return true;
}

/* The rows without blanks at their ends, and at its start where there is one. */
static void
put_rows(const struct math_box *box, struct buf *out)
{
	for (int row = 0; row < math_box_rows(box); row++) {
		const char *text = math_box_text(box, row);
		size_t n = math_box_length(box, row);

		for (; math_box_rows(box) == 1 && *text == ' '; n--)
			text++;
		if (row > 0)
			buf_putc(out, '\n');
		while (n > 0 && text[n - 1] == ' ')
			n--;
		buf_put(out, text, n);
	}
}

/* Controls and bytes that are no UTF-8 have no width. */
static bool
is_text(const char *text, size_t n)
{
	uint32_t character;

	if (utf8_span(text, n) < n)
		return false;
	for (size_t at = 0; at < n;) {
		at += utf8_decode(text + at, n - at, &character);
		if (cluster_kind(character) == CLUSTER_INVISIBLE && character != '\n' && character != '\t')
			return false;
	}
	return true;
}

/* Is it a word of a sentence? */
static bool
is_plain_word(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] < 'a' || word[i] > 'z')
			return false;
	return n > 2 || (n == 2 && (memcmp(word, "or", 2) == 0 || memcmp(word, "to", 2) == 0));
}

/* "$5 and 10$" are two sums of money: a number, and a word between blanks. */
static bool
is_money(const char *text, size_t n)
{
	if (n < 2 || text[0] != '$' || text[1] < '0' || text[1] > '9')
		return false;
	for (size_t at = 1; at < n;) {
		size_t end = at += text[at] == '(';

		while (end < n && text[end] != ' ' && text[end] != '\n')
			end++;
		if (end < n && is_plain_word(text + at, end - at))
			return true;
		at = end + 1;
	}
	return false;
}

static bool
put_shape(const char *text, size_t n, enum math_shape shape, int cols, struct buf *out)
{
	struct math_box box = {0};
	size_t start = out->len;
	bool ok = math_layout(text, n, shape, &box) && (shape != MATH_HIGH || box.cols <= cols);

	if (ok)
		put_rows(&box, out);
	math_box_release(&box);
	return out->len > start;
}

bool
math_put(const char *text, size_t n, int cols, struct buf *out)
{
	size_t len = sign_length(text, n);

	if (n > MATH_MAX || !has_signs(text, n) || is_blank(text + len, n - 2 * len) || is_money(text, n) ||
	        !is_text(text, n))
		return false;
	if (cols > 0 && math_is_display(text, n))
		return put_shape(text + len, n - 2 * len, MATH_HIGH, cols, out) ||
		       put_shape(text + len, n - 2 * len, MATH_LINES, cols, out);
	return put_shape(text + len, n - 2 * len, MATH_ONE_ROW, 0, out);
}
