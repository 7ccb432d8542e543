/*
 * math_delimiter.c - \left and \right, whose delimiters are as high as what they hold, and \big and its kind.
 */
#include "text/math_delimiter.h"

#include <string.h>

#include "base/compiler.h"

/* One character or command, "" for a dot; NULL: it is none. */
static const char *
take_delimiter(struct math_parser *p)
{
	static const char *const plain[] = {"(", ")", "[", "]", "|", "/"};
	const struct math_symbol *symbol;
	char c;

	math_skip_blanks(p);
	if (math_peek(p) == '\\') {
		symbol = math_take_command(p);
		return symbol && symbol->kind <= MATH_CLOSE ? symbol->text : NULL;
	}
	c = math_peek(p);
	p->at++;
	if (c == '.')
		return "";
	if (c == '<' || c == '>')
		return c == '<' ? "⟨" : "⟩";
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (plain[i][0] == c)
			return plain[i];
	return NULL;
}

static bool
is_among(const char *text, const char *const *set, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(text, set[i]) == 0)
			return true;
	return false;
}

bool
math_parse_big(struct math_parser *p, struct math_item *item)
{
	static const char *const open[] = {"(", "[", "{", "⟨", "⌊", "⌈"}, *const close[] = {
	                                                                          ")", "]", "}", "⟩", "⌋", "⌉"};
	const char *text = take_delimiter(p);

	if (!text)
		return false;
	math_box_puts(&item->box, text);
	item->kind = is_among(text, open, ARRAY_LEN(open))     ? MATH_OPEN
	             : is_among(text, close, ARRAY_LEN(close)) ? MATH_CLOSE
	                                                       : MATH_ORD;
	return true;
}

bool
math_parse_left(struct math_parser *p, struct math_item *item)
{
	struct math_row row = {0};
	const char *open = take_delimiter(p), *close = NULL;
	bool ok = open && math_parse_part(p, &row, p->high, p->compact) && math_is_command(p, "right");

	if (ok) {
		math_take_command(p);
		close = take_delimiter(p);
	}
	if (close) {
		math_box_join(&item->box, &row.box, 0);
		math_box_fence(&item->box, open, close);
		item->kind = MATH_OPEN;
		item->group = true;
	}
	math_row_release(&row);
	return close != NULL;
}
