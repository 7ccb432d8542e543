/*
 * math_layout.c - recursive descent: a row of atoms, each with its scripts; an atom is a character, a group or a command.
 *
 * Every function returns false for what has no form, and then the whole formula has none.
 */
#include "text/math_layout.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_command.h"
#include "text/math_environment.h"
#include "text/math_parser.h"
#include "text/math_scripts.h"

static bool
parse_command(struct math_parser *p, struct math_item *item)
{
	const struct math_symbol *symbol = math_take_command(p);

	if (!symbol)
		return false;
	if (symbol->kind > MATH_NOTHING)
		return math_parse_with_arguments(p, symbol, item);
	item->kind = symbol->kind == MATH_NOTHING ? MATH_SPACE : symbol->kind;
	item->name = symbol->kind == MATH_ORD || symbol->kind == MATH_FUNCTION || symbol->kind == MATH_LIMITS;
	math_box_puts(&item->box, symbol->text);
	return true;
}

/* Digits with a point, and commas between thousands. */
static void
parse_number(struct math_parser *p, struct math_item *item)
{
	size_t end = p->at;

	while (end < p->n &&
	        (math_is_digit(p->s[end]) ||
	                ((p->s[end] == '.' || p->s[end] == ',') && end + 1 < p->n && math_is_digit(p->s[end + 1]) &&
	                        (p->s[end] == '.' || (end + 3 < p->n && math_is_digit(p->s[end + 2]) &&
	                                                     math_is_digit(p->s[end + 3]))))))
		end++;
	math_box_put(&item->box, p->s + p->at, end - p->at);
	p->at = end;
}

static const struct {
	char c;
	enum math_kind kind;
	const char *text;
} signs[] = {
        {'+', MATH_BIN, "+"},
        {'-', MATH_BIN, "−"},
        {'*', MATH_BIN, "*"},
        {'=', MATH_REL, "="},
        {'<', MATH_REL, "<"},
        {'>', MATH_REL, ">"},
        {'(', MATH_OPEN, "("},
        {'[', MATH_OPEN, "["},
        {')', MATH_CLOSE, ")"},
        {']', MATH_CLOSE, "]"},
        {'!', MATH_CLOSE, "!"},
        {',', MATH_PUNCT, ","},
        {';', MATH_PUNCT, ";"},
        {':', MATH_REL, ":"},
        {'~', MATH_SPACE, " "},
};

static bool
parse_sign(struct math_parser *p, struct math_item *item)
{
	char c = math_peek(p);

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		if (signs[i].c != c)
			continue;
		p->at++;
		item->kind = signs[i].kind;
		math_box_puts(&item->box, signs[i].text);
		return true;
	}
	return false;
}

static bool
parse_braced(struct math_parser *p, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_group(p, &row, p->high, p->compact);

	math_box_join(&item->box, &row.box, 0);
	item->apart = row.apart;
	item->name = row.units == 1 && row.name;
	item->fraction = row.units == 1 && row.sums && math_is_one_row(&row);
	math_row_release(&row);
	return ok;
}

static bool
parse_atom(struct math_parser *p, struct math_item *item)
{
	char c = math_peek(p);

	if (c == '{')
		return parse_braced(p, item);
	if (c == '\\')
		return parse_command(p, item);
	if (c == '^' || c == '_' || c == '\'') /* of nothing */
		return true;
	if (math_is_digit(c)) {
		parse_number(p, item);
		return true;
	}
	if (parse_sign(p, item))
		return true;
	if (!math_is_ordinary(c))
		return false;
	math_put_character(p, item);
	return true;
}

static bool
ends_row(const struct math_parser *p)
{
	char c = math_peek(p);

	return p->at >= p->n || c == '}' || c == '&' || (p->bracket && c == ']') || math_is_command(p, "\\") ||
	       math_is_command(p, "right") || math_is_command(p, "end");
}

static bool
parse_row(struct math_parser *p, struct math_row *out)
{
	out->compact = p->compact;
	for (math_skip_blanks(p); !ends_row(p); math_skip_blanks(p)) {
		struct math_item item = {0};
		struct math_scripts scripts = {0};
		bool ok = parse_atom(p, &item) && math_parse_scripts(p, &scripts);

		if (ok && scripts.any)
			math_attach_scripts(p, &item, &scripts);
		math_scripts_release(&scripts);
		if (ok)
			math_row_add(out, &item);
		math_item_release(&item);
		if (!ok)
			return false;
	}
	math_row_end(out);
	return true;
}

/* ---- all of it ---- */

/* Lines that \\ ends, without an environment. */
bool
math_layout(const char *text, size_t n, enum math_shape shape, struct math_box *out)
{
	struct math_parser p = {.s = text,
	        .n = n,
	        .lines = shape >= MATH_LINES,
	        .high = shape == MATH_HIGH,
	        .row = parse_row,
	        .command = parse_command};

	for (;;) {
		struct math_row row = {0};
		bool ok = parse_row(&p, &row), more = ok && math_take_row_end(&p);

		if (out->rows == 0)
			math_box_join(out, &row.box, 0);
		else
			math_box_stack(out, &row.box, MATH_ALIGN_LEFT);
		math_row_release(&row);
		math_skip_blanks(&p);
		if (!ok || !more || p.at >= p.n)
			return ok && p.at >= p.n && (math_box_rows(out) == 1 || shape != MATH_ONE_ROW);
	}
}
