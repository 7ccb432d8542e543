/*
 * math_command.c - the table of functions by kind of command (text/math_symbols.h), and the simplest of them.
 */
#include "text/math_command.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_chemistry.h"
#include "text/math_delimiter.h"
#include "text/math_environment.h"
#include "text/math_fraction.h"
#include "text/math_stack.h"
#include "text/math_words.h"

static bool
skip_braces(struct math_parser *p)
{
	const char *text;
	size_t n;

	if (math_peek(p) == '*')
		p->at++;
	return math_take_braces(p, &text, &n);
}

static void
put_space(struct math_item *item, const char *blanks)
{
	item->kind = MATH_SPACE;
	math_box_puts(&item->box, blanks);
}

static bool
is_of_length(char c)
{
	return math_is_digit(c) || c == '.' || c == '-' || c == '+';
}

/* A length such as -1.5em. */
static bool
parse_skip(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	size_t start;

	(void)symbol;
	math_skip_blanks(p);
	for (start = p->at; is_of_length(math_peek(p));)
		p->at++;
	put_space(item, p->at > start && p->s[start] != '-' ? " " : "");
	math_skip_blanks(p);
	for (int i = 0; i < 2; i++, p->at++)
		if (!math_is_letter(math_peek(p)))
			return false;
	return true;
}

static bool
parse_argument_skip(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	const char *length;
	size_t n;

	(void)symbol;
	if (!math_take_braces(p, &length, &n))
		return false;
	put_space(item, n > 0 && length[0] != '-' ? " " : "");
	return true;
}

static bool
parse_argument_none(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	(void)symbol;
	item->kind = MATH_SPACE;
	return skip_braces(p);
}

static bool
parse_argument_blank(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, false, p->compact);

	(void)symbol;
	math_box_fill(&item->box, " ", row.box.cols);
	item->kind = MATH_SPACE;
	math_row_release(&row);
	return ok;
}

static bool
parse_argument_same(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	(void)symbol;
	return math_parse_same(p, item);
}

static bool
parse_argument_class(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	static const struct {
		const char *name;
		enum math_kind kind;
	} classes[] = {{"mathbin", MATH_BIN}, {"mathclose", MATH_CLOSE}, {"mathop", MATH_LIMITS},
	        {"mathopen", MATH_OPEN}, {"mathord", MATH_ORD}, {"mathpunct", MATH_PUNCT}, {"mathrel", MATH_REL}};
	bool ok = math_parse_same(p, item);

	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (strcmp(classes[i].name, symbol->name) == 0)
			item->kind = classes[i].kind;
	item->limits = item->kind == MATH_LIMITS;
	return ok;
}

static bool
parse_coloured(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	(void)symbol;
	return skip_braces(p) && math_parse_same(p, item);
}

typedef bool parse_kind(struct math_parser *, const struct math_symbol *, struct math_item *);

/* NULL: the command stands where nothing begins, like \end. */
static parse_kind *const parsers[] = {
        [MATH_SKIP] = parse_skip,
        [MATH_ARG_SKIP] = parse_argument_skip,
        [MATH_ARG_NONE] = parse_argument_none,
        [MATH_ARG_BLANK] = parse_argument_blank,
        [MATH_ARG_SAME] = parse_argument_same,
        [MATH_ARG_CLASS] = parse_argument_class,
        [MATH_COLOUR] = parse_coloured,
        [MATH_ACCENT] = math_parse_accent,
        [MATH_LINE] = math_parse_accent,
        [MATH_LONG] = math_parse_accent,
        [MATH_ALPHABET] = math_parse_alphabet,
        [MATH_FONT] = math_parse_alphabet,
        [MATH_WORDS] = math_parse_words,
        [MATH_NAME] = math_parse_name,
        [MATH_FRACTION] = math_parse_fraction,
        [MATH_BINOMIAL] = math_parse_binomial,
        [MATH_ROOT] = math_parse_root,
        [MATH_OVER] = math_parse_stack,
        [MATH_UNDER] = math_parse_stack,
        [MATH_BRACE] = math_parse_brace,
        [MATH_ARROW] = math_parse_arrow,
        [MATH_NOT] = math_parse_not,
        [MATH_BOX] = math_parse_box,
        [MATH_MODULO] = math_parse_modulo,
        [MATH_TAG] = math_parse_tag,
        [MATH_LEFT] = math_parse_left,
        [MATH_BIG] = math_parse_big,
        [MATH_FENCED] = math_parse_fenced,
        [MATH_BEGIN] = math_parse_environment,
        [MATH_SUBSTACK] = math_parse_substack,
        [MATH_CHEMISTRY] = math_parse_chemistry,
};

bool
math_parse_arguments(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	parse_kind *parse = (size_t)symbol->kind < ARRAY_LEN(parsers) ? parsers[symbol->kind] : NULL;

	return parse && parse(p, symbol, item);
}
