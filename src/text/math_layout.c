/*
 * math_layout.c - recursive descent: a row of atoms, each with its scripts; an atom is a character, a group or a command.
 */
#include "text/math_layout.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_command.h"
#include "text/math_parser.h"
#include "text/math_scripts.h"

static bool
parse_command(struct math_parser *p, struct math_item *item)
{
	const struct math_symbol *symbol = math_take_command(p);

	if (!symbol)
		return false;
	if (symbol->kind > MATH_NOTHING)
		return math_parse_arguments(p, symbol, item);
	item->kind = symbol->kind == MATH_NOTHING ? MATH_SPACE : symbol->kind;
	item->limits = symbol->kind == MATH_LIMITS || symbol->kind == MATH_LARGE;
	item->name = symbol->kind == MATH_ORD || symbol->kind == MATH_FUNCTION || symbol->kind == MATH_LIMITS;
	math_box_puts(&item->box, symbol->text);
	return true;
}

static bool
is_digit_at(const struct math_parser *p, size_t at)
{
	return at < p->n && math_is_digit(p->s[at]);
}

/* A point before a digit, and a comma before three: 1,000.5 is a number, but 1,2 are two. */
static bool
is_in_number(const struct math_parser *p, size_t at)
{
	if (is_digit_at(p, at))
		return true;
	if (at >= p->n || !is_digit_at(p, at + 1))
		return false;
	return p->s[at] == '.' ||
	       (p->s[at] == ',' && is_digit_at(p, at + 2) && is_digit_at(p, at + 3) && !is_digit_at(p, at + 4));
}

static void
parse_number(struct math_parser *p, struct math_item *item)
{
	size_t end = p->at;

	while (is_in_number(p, end))
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
		item->postfix = c == '!';
		math_box_puts(&item->box, signs[i].text);
		return true;
	}
	return false;
}

static bool
parse_atom(struct math_parser *p, struct math_item *item)
{
	char c = math_peek(p);

	if (c == '{')
		return math_parse_same(p, item);
	if (c == '\\')
		return parse_command(p, item);
	if (c == '^' || c == '_' || c == '\'')
		return true; /* a script of nothing */
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

	if (c != '\\')
		return p->at >= p->n || c == '}' || c == '&' || (p->bracket && c == ']');
	return math_is_command(p, "\\") || math_is_command(p, "right") || math_is_command(p, "middle") ||
	       math_is_command(p, "end");
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

/* Rows that \\ ends, without an environment; in one row there is a semicolon between them. */
static void
add_row(struct math_parser *p, struct math_box *out, const struct math_box *row)
{
	if (out->n_lines > 0 && p->lines) {
		math_box_stack(out, row, MATH_ALIGN_LEFT);
		return;
	}
	if (out->n_lines > 0)
		math_box_puts(out, "; ");
	math_box_join(out, row, out->base);
}

bool
math_layout(const char *text, size_t n, enum math_shape shape, struct math_box *out)
{
	struct math_parser p = {.s = text,
	        .n = n,
	        .lines = shape >= MATH_LINES,
	        .high = shape == MATH_HIGH,
	        .row = parse_row,
	        .atom = parse_atom};
	bool ok, more;

	do {
		struct math_row row = {0};

		ok = parse_row(&p, &row);
		more = ok && math_take_row_end(&p);
		if (ok)
			add_row(&p, out, &row.box);
		math_row_release(&row);
		math_skip_blanks(&p);
	} while (more && p.at < p.n);
	return ok && p.at >= p.n;
}
