/*
 * math_parser.c - the tokens of TeX, and arguments, which are a token or a group.
 */
#include "text/math_parser.h"

#include <string.h>

#include "base/utf8.h"
#include "text/math_character.h"

/* ---- characters ---- */

char
math_peek(const struct math_parser *p)
{
	return p->at < p->n ? p->s[p->at] : 0;
}

bool
math_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
math_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
math_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

bool
math_is_ordinary(char c)
{
	return c && !strchr("{}&\\^_$#%~`", c);
}

void
math_skip_blanks(struct math_parser *p)
{
	while (p->at < p->n && math_is_blank(p->s[p->at]))
		p->at++;
}

bool
math_take(struct math_parser *p, char c)
{
	math_skip_blanks(p);
	if (math_peek(p) != c)
		return false;
	p->at++;
	return true;
}

/* ---- commands ---- */

/* The name after the backslash: letters, or one character. 0: there is none. */
static size_t
command_length(const struct math_parser *p, size_t at)
{
	size_t end = at + 1;

	while (end < p->n && math_is_letter(p->s[end]))
		end++;
	if (end == at + 1)
		return end < p->n ? 1 : 0;
	return end - at - 1;
}

bool
math_is_command(const struct math_parser *p, const char *name)
{
	size_t len = strlen(name);

	return math_peek(p) == '\\' && command_length(p, p->at) == len && memcmp(p->s + p->at + 1, name, len) == 0;
}

const struct math_symbol *
math_take_command(struct math_parser *p)
{
	size_t len = command_length(p, p->at);
	const char *name = p->s + p->at + 1;
	const struct math_symbol *starred = NULL;

	p->at += 1 + len;
	if (len > 1 && math_peek(p) == '*')
		starred = math_find_symbol(name, len + 1);
	if (starred)
		p->at++;
	return starred ? starred : math_find_symbol(name, len);
}

bool
math_take_braces(struct math_parser *p, const char **text, size_t *n)
{
	size_t at;
	int depth = 1;

	if (!math_take(p, '{'))
		return false;
	*text = p->s + p->at;
	for (at = p->at; at < p->n && depth > 0; at++) {
		if (p->s[at] == '\\' && at + 1 < p->n)
			at++;
		else
			depth += p->s[at] == '{' ? 1 : p->s[at] == '}' ? -1 : 0;
	}
	if (depth > 0)
		return false;
	*n = at - 1 - p->at;
	p->at = at;
	return true;
}

/* \\[2pt], but not \\[x]. */
static bool
skip_row_space(struct math_parser *p)
{
	size_t at = p->at + 1;

	if (math_peek(p) != '[')
		return true;
	while (at < p->n && (math_is_blank(p->s[at]) || p->s[at] == '-' || p->s[at] == '.'))
		at++;
	if (at >= p->n || !math_is_digit(p->s[at]))
		return true;
	while (at < p->n && p->s[at] != ']')
		at++;
	p->at = at < p->n ? at + 1 : at;
	return at < p->n;
}

bool
math_take_row_end(struct math_parser *p)
{
	math_skip_blanks(p);
	if (!math_is_command(p, "\\"))
		return false;
	p->at += 2;
	if (math_peek(p) == '*')
		p->at++;
	return skip_row_space(p);
}

/* ---- parts ---- */

/* As a row of its own, whose shape the flags say. */
static bool
parse_row(struct math_parser *p, struct math_row *out, bool high, bool compact, bool bracket)
{
	bool was_high = p->high, was_compact = p->compact, was_bracket = p->bracket, ok;

	if (++p->depth > MATH_DEPTH_MAX)
		return false;
	p->high = high;
	p->compact = compact;
	p->bracket = bracket;
	ok = p->row(p, out);
	p->high = was_high;
	p->compact = was_compact;
	p->bracket = was_bracket;
	p->depth--;
	return ok;
}

bool
math_parse_part(struct math_parser *p, struct math_row *out, bool high, bool compact)
{
	return parse_row(p, out, high, compact, false);
}

bool
math_parse_group(struct math_parser *p, struct math_row *out, bool high, bool compact)
{
	return math_take(p, '{') && parse_row(p, out, high, compact, false) && math_take(p, '}');
}

bool
math_parse_bracket(struct math_parser *p, struct math_row *out)
{
	return !math_take(p, '[') || (parse_row(p, out, false, true, true) && math_take(p, ']'));
}

/* ---- arguments ---- */

void
math_put_character(struct math_parser *p, struct math_item *item)
{
	uint32_t character;
	size_t len = utf8_decode(p->s + p->at, p->n - p->at, &character);

	math_box_put(&item->box, p->s + p->at, len);
	item->kind = math_character_kind(character);
	item->limits = item->kind == MATH_LARGE;
	item->name = item->kind == MATH_ORD && (math_is_letter(math_peek(p)) || character >= 0x80);
	p->at += len;
}

/* One digit of a number, and no script. */
static bool
parse_token(struct math_parser *p, struct math_item *item)
{
	char c = math_peek(p);

	if (c == '^' || c == '_' || c == '\'')
		return false;
	if (!math_is_digit(c))
		return p->atom(p, item);
	math_put_character(p, item);
	return true;
}

bool
math_parse_argument(struct math_parser *p, struct math_row *out, bool high, bool compact)
{
	struct math_item item = {0};
	bool was_high = p->high, was_compact = p->compact, ok;

	math_skip_blanks(p);
	if (math_peek(p) == '{')
		return math_parse_group(p, out, high, compact);
	if (++p->depth > MATH_DEPTH_MAX)
		return false;
	p->high = high;
	p->compact = compact;
	ok = parse_token(p, &item);
	p->high = was_high;
	p->compact = was_compact;
	p->depth--;
	out->compact = compact;
	math_row_add(out, &item);
	math_row_end(out);
	return ok;
}

void
math_take_shape(struct math_item *item, const struct math_row *row)
{
	item->apart = row->apart;
	item->word = row->units == 1 && row->word;
	item->name = row->units == 1 && row->name;
	item->scripted = row->scripted;
	item->fraction = row->units == 1 && row->fraction;
}

bool
math_parse_same(struct math_parser *p, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, p->high, p->compact);

	math_box_join(&item->box, &row.box, 0);
	math_take_shape(item, &row);
	math_row_release(&row);
	return ok;
}

void
math_put_closed(struct math_box *out, const struct math_row *row, bool closed)
{
	math_box_puts(out, closed ? "(" : "");
	math_box_join(out, &row->box, out->base);
	math_box_puts(out, closed ? ")" : "");
}
