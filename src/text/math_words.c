/*
 * math_words.c - in \text{…} blanks count and letters are no products. Commands in it are those that stand for a character,
 * and $…$.
 */
#include "text/math_words.h"

#include <string.h>

#include "base/utf8.h"
#include "text/math_letters.h"

/* ---- accents ---- */

/* x₁ under a hat is x with one: the letter alone has it. */
static bool
put_accent(const struct math_row *row, const struct math_symbol *symbol, struct buf *out)
{
	const char *text = math_box_text(&row->box, 0);
	size_t n = math_box_length(&row->box, 0);
	size_t first = symbol->kind == MATH_LONG ? utf8_prefix(symbol->text, strlen(symbol->text), 1) : 0;
	bool alone = row->units == 1 && row->scripted;

	if (symbol->kind == MATH_LINE)
		return math_put_struck(symbol->text, text, n, out);
	if (symbol->kind == MATH_LONG && !alone)
		return math_put_long(symbol->text, text, n, out);
	return math_put_accented(symbol->text + first, text, n, alone, out);
}

bool
math_parse_accent(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	struct buf text = {0};
	bool ok = math_parse_argument(p, &row, false, true) && put_accent(&row, symbol, &text);

	math_box_put(&item->box, buf_text(&text), text.len);
	item->name = true;
	item->scripted = row.scripted;
	buf_release(&text);
	math_row_release(&row);
	return ok;
}

/* ---- alphabets ---- */

static bool
parse_letters(struct math_parser *p, enum math_kind kind, struct math_row *out)
{
	return kind == MATH_FONT ? math_parse_part(p, out, false, p->compact)
	                         : math_parse_argument(p, out, false, p->compact);
}

bool
math_parse_alphabet(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	struct buf text = {0};
	bool ok = parse_letters(p, symbol->kind, &row);

	math_put_alphabet(
	        math_alphabet(symbol->text[0]), math_box_text(&row.box, 0), math_box_length(&row.box, 0), &text);
	math_box_put(&item->box, buf_text(&text), text.len);
	math_take_shape(item, &row);
	item->name = true;
	buf_release(&text);
	math_row_release(&row);
	return ok;
}

/* ---- words ---- */

struct words {
	const char *text;
	size_t n, at;
	bool scripts; /* _ and ^ are mathematics: \mathrm{H_2O}, but not \text{a_b} */
	struct buf *out;
};

static void
put_blank(struct buf *out)
{
	if (out->len == 0 || out->data[out->len - 1] != ' ')
		buf_putc(out, ' ');
}

static bool
put_formula(struct math_parser *p, struct words *w)
{
	const char *begin = w->text + w->at + 1, *end = memchr(begin, '$', w->n - w->at - 1);
	struct math_parser inner = *p;
	struct math_row row = {0};
	bool ok;

	if (!end)
		return false;
	inner.s = begin;
	inner.n = (size_t)(end - begin);
	inner.at = 0;
	ok = math_parse_part(&inner, &row, false, false) && inner.at == inner.n;
	buf_put(w->out, math_box_text(&row.box, 0), math_box_length(&row.box, 0));
	w->at += inner.n + 2;
	math_row_release(&row);
	return ok;
}

static bool
put_words_command(struct math_parser *p, struct words *w)
{
	struct math_parser inner = *p;
	const struct math_symbol *symbol;

	inner.s = w->text;
	inner.n = w->n;
	inner.at = w->at;
	symbol = math_take_command(&inner);
	if (!symbol || symbol->kind > MATH_NOTHING)
		return false;
	buf_puts(w->out, symbol->text);
	if (math_is_letter(w->text[inner.at - 1]))
		math_skip_blanks(&inner);
	w->at = inner.at;
	return true;
}

/* ``quoted'' */
static bool
put_quote(struct words *w)
{
	const char *at = w->text + w->at;

	if (w->n - w->at < 2 || at[0] != at[1] || (at[0] != '`' && at[0] != '\''))
		return false;
	buf_puts(w->out, at[0] == '`' ? "“" : "”");
	w->at += 2;
	return true;
}

static bool
put_word_character(struct math_parser *p, struct words *w)
{
	char c = w->text[w->at];

	if (c == '$')
		return put_formula(p, w);
	if (c == '\\')
		return put_words_command(p, w);
	if (w->scripts && (c == '_' || c == '^'))
		return false;
	if (put_quote(w))
		return true;
	if (math_is_blank(c) || c == '~')
		put_blank(w->out);
	else if (c != '{' && c != '}')
		buf_putc(w->out, c);
	w->at++;
	return true;
}

bool
math_put_words(struct math_parser *p, const char *text, size_t n, bool scripts, struct math_box *out)
{
	struct buf words = {0};
	struct words w = {.text = text, .n = n, .scripts = scripts, .out = &words};
	bool ok = true;

	while (ok && w.at < n)
		ok = put_word_character(p, &w);
	if (ok)
		math_box_put(out, buf_text(&words), words.len);
	buf_release(&words);
	return ok;
}

/* Mathematics where it is no text. */
bool
math_parse_words(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	bool scripts = strncmp(symbol->name, "text", 4) != 0;
	size_t start, n;
	const char *text;

	math_skip_blanks(p);
	start = p->at;
	item->name = true;
	if (math_take_braces(p, &text, &n) && math_put_words(p, text, n, scripts, &item->box)) {
		item->word = item->box.cols > 1;
		return true;
	}
	p->at = start;
	return math_parse_same(p, item);
}

bool
math_parse_name(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	bool ok = math_parse_words(p, symbol, item);

	item->limits = symbol->name[strlen(symbol->name) - 1] == '*';
	item->kind = item->limits ? MATH_LIMITS : MATH_FUNCTION;
	return ok;
}
