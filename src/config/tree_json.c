/*
 * tree_json.c - mappings, lists and scalars, one into the other.
 */
#include "config/tree_json.h"

#include <string.h>

#include "base/json_put.h"

static const char digits[] = "0123456789";

static size_t
span_digits(const char *s)
{
	return strspn(s, digits);
}

/* RFC 8259, 6. */
static bool
is_number(const char *s)
{
	size_t n;

	s += *s == '-';
	n = span_digits(s);
	if (n == 0 || (*s == '0' && n > 1))
		return false;
	s += n;
	if (*s == '.') {
		n = span_digits(++s);
		if (n == 0)
			return false;
		s += n;
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		n = span_digits(s);
		if (n == 0)
			return false;
		s += n;
	}
	return *s == '\0';
}

static void
put_scalar(const struct tree *t, bool texts, struct buf *to)
{
	if (!texts && tree_is_null(t))
		buf_puts(to, "null");
	else if (!texts && t->plain &&
	         (is_number(t->text) || strcmp(t->text, "true") == 0 || strcmp(t->text, "false") == 0))
		buf_puts(to, t->text);
	else
		json_put_string(to, t->text, strlen(t->text));
}

void
tree_put_json(const struct tree *t, bool texts, struct buf *to)
{
	bool map = t->type == TREE_MAP;

	if (t->type == TREE_TEXT) {
		put_scalar(t, texts, to);
		return;
	}
	buf_putc(to, map ? '{' : '[');
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0)
			buf_putc(to, ',');
		if (map) {
			json_put_string(to, t->items[i].key, strlen(t->items[i].key));
			buf_putc(to, ':');
		}
		tree_put_json(&t->items[i], texts, to);
	}
	buf_putc(to, map ? '}' : ']');
}
