/*
 * math_chemistry.c - digits after a letter or a parenthesis are lowered, charges raised, arrows drawn. All else stays as it is.
 */
#include "text/math_chemistry.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_letters.h"

struct chemistry {
	const char *s;
	size_t n, at;
	struct buf *out;
};

static char
char_at(const struct chemistry *c, size_t at)
{
	return at < c->n ? c->s[at] : 0;
}

static bool
ends_species(char c)
{
	return c == 0 || math_is_blank(c) || strchr("])},", c);
}

/* Is the byte before one of a species, which a digit or a charge belongs to? */
static bool
follows_species(const struct chemistry *c)
{
	char before = c->at > 0 ? c->s[c->at - 1] : 0;

	return before && (math_is_letter(before) || math_is_digit(before) || strchr(")]}", before));
}

/* ---- arrows ---- */

static const struct {
	const char *tex, *text;
} arrows[] = {{"<=>>", "⇌"}, {"<<=>", "⇌"}, {"<=>", "⇌"}, {"<-->", "⇄"}, {"<->", "↔"}, {"->", "→"}, {"<-", "←"}};

static void
put_blank(struct chemistry *c)
{
	if (c->out->len > 0 && c->out->data[c->out->len - 1] != ' ')
		buf_putc(c->out, ' ');
}

static bool put_species(struct chemistry *);

/* The conditions in brackets after an arrow: heat, or a catalyst. */
static bool
put_condition(struct chemistry *c)
{
	const char *begin = c->s + c->at + 1, *end;
	struct chemistry inner = {.s = begin, .out = c->out};

	if (char_at(c, c->at) != '[')
		return true;
	end = memchr(begin, ']', c->n - c->at - 1);
	if (!end)
		return false;
	inner.n = (size_t)(end - begin);
	c->at += inner.n + 2;
	buf_putc(c->out, '[');
	while (inner.at < inner.n)
		if (!put_species(&inner))
			return false;
	buf_putc(c->out, ']');
	return true;
}

static bool
put_arrow(struct chemistry *c, bool *ok)
{
	for (size_t i = 0; i < ARRAY_LEN(arrows); i++) {
		size_t n = strlen(arrows[i].tex);

		if (n > c->n - c->at || memcmp(c->s + c->at, arrows[i].tex, n) != 0)
			continue;
		c->at += n;
		put_blank(c);
		buf_puts(c->out, arrows[i].text);
		*ok = put_condition(c) && put_condition(c);
		put_blank(c);
		return true;
	}
	return false;
}

/* Is the digit there one of an amount, such as 2 or 10 or 1/2, which stands before a species? */
static bool
is_amount(const struct chemistry *c, size_t at)
{
	while (at > 0 && math_is_digit(c->s[at - 1]))
		at--;
	return at == 0 || !(math_is_letter(c->s[at - 1]) || strchr(")]}", c->s[at - 1]));
}

/* ---- scripts ---- */

/* The text of a script from there on, with a true minus. */
static void
take_script(struct chemistry *c, struct buf *script)
{
	bool braced = char_at(c, c->at) == '{';
	size_t start = c->at;

	c->at += braced;
	while (c->at < c->n && (braced ? c->s[c->at] != '}' : math_is_digit(c->s[c->at]))) {
		buf_puts(script, c->s[c->at] == '-' ? "−" : "");
		if (c->s[c->at] != '-')
			buf_putc(script, c->s[c->at]);
		c->at++;
	}
	if (braced)
		c->at += c->at < c->n;
	else if (char_at(c, c->at) == '+' || char_at(c, c->at) == '-')
		buf_puts(script, c->s[c->at++] == '-' ? "−" : "+");
	else if (c->at == start && c->at < c->n)
		buf_putc(script, c->s[c->at++]);
}

/* ^ alone is gas that rises. */
static bool
put_script(struct chemistry *c, char sign)
{
	struct buf script = {0};
	bool ok = true;

	if (ends_species(char_at(c, ++c->at))) {
		buf_puts(c->out, sign == '^' ? "↑" : "_");
		return true;
	}
	take_script(c, &script);
	ok = (sign == '^' ? math_put_raised : math_put_lowered)(buf_text(&script), script.len, c->out);
	buf_release(&script);
	return ok;
}

static void
put_count(struct chemistry *c)
{
	char digit = c->s[c->at++];

	math_put_lowered(&digit, 1, c->out);
}

static bool
is_charge(const struct chemistry *c)
{
	char sign = c->s[c->at];

	return (sign == '+' || sign == '-') && follows_species(c) && ends_species(char_at(c, c->at + 1));
}

/* ---- all of it ---- */

/* CuSO4.5H2O, but not 0.5 O2. */
static bool
is_addition(const struct chemistry *c)
{
	size_t at = c->at;

	return at > 0 && !math_is_blank(c->s[at - 1]) && !ends_species(char_at(c, at + 1)) &&
	       !(math_is_digit(c->s[at - 1]) && is_amount(c, at - 1));
}

/* v alone is what settles. */
static bool
is_alone(const struct chemistry *c)
{
	return c->at > 0 && math_is_blank(c->s[c->at - 1]) && ends_species(char_at(c, c->at + 1));
}

static void
put_character(struct chemistry *c)
{
	char sign = c->s[c->at];

	if (math_is_blank(sign))
		put_blank(c);
	else if (sign == '*' || (sign == '.' && is_addition(c)))
		buf_puts(c->out, "·");
	else if (sign == 'v' && is_alone(c))
		buf_puts(c->out, "↓");
	else if (sign == '#')
		buf_puts(c->out, "≡");
	else if (sign != '{' && sign != '}')
		buf_putc(c->out, sign);
	c->at++;
}

static bool
put_command(struct chemistry *c)
{
	struct math_parser p = {.s = c->s, .n = c->n, .at = c->at};
	const struct math_symbol *symbol = math_take_command(&p);

	if (!symbol || symbol->kind > MATH_NOTHING)
		return false;
	buf_puts(c->out, symbol->text);
	c->at = p.at;
	return true;
}

static bool
put_species(struct chemistry *c)
{
	char sign = c->s[c->at];
	bool ok = true;

	if (put_arrow(c, &ok))
		return ok;
	if (sign == '^' || sign == '_')
		return put_script(c, sign);
	if (sign == '\\')
		return put_command(c);
	if (sign == '$')
		return false;
	if (math_is_digit(sign) && !is_amount(c, c->at))
		put_count(c);
	else if (is_charge(c))
		buf_puts(c->out, c->s[c->at++] == '+' ? "⁺" : "⁻");
	else
		put_character(c);
	return true;
}

bool
math_parse_chemistry(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct buf text = {0};
	struct chemistry c = {.out = &text};
	bool ok = math_take_braces(p, &c.s, &c.n);

	(void)symbol;
	while (ok && c.at < c.n)
		ok = put_species(&c);
	math_box_put(&item->box, buf_text(&text), text.len);
	item->name = true;
	buf_release(&text);
	return ok;
}
