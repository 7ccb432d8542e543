/*
 * math_command.c - a function for each kind of commands with arguments (text/math_symbols.h).
 */
#include "text/math_command.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_delimiter.h"
#include "text/math_environment.h"
#include "text/math_letters.h"
#include "text/math_scripts.h"

/* ---- fractions and roots ---- */

/* The halves and the like, which have a character of their own. */
static const char *
vulgar_fraction(const char *above, const char *below)
{
	static const struct {
		const char *above, *below, *text;
	} vulgar[] = {{"1", "2", "½"}, {"1", "3", "⅓"}, {"2", "3", "⅔"}, {"1", "4", "¼"}, {"3", "4", "¾"},
	        {"1", "5", "⅕"}, {"1", "6", "⅙"}, {"5", "6", "⅚"}, {"1", "8", "⅛"}, {"3", "8", "⅜"}, {"5", "8", "⅝"},
	        {"7", "8", "⅞"}};

	for (size_t i = 0; i < ARRAY_LEN(vulgar); i++)
		if (strcmp(vulgar[i].above, above) == 0 && strcmp(vulgar[i].below, below) == 0)
			return vulgar[i].text;
	return NULL;
}

static void
put_bar(struct math_box *b, int cols)
{
	struct math_box bar = {0};

	for (; cols > 0; cols--)
		math_box_puts(&bar, "─");
	math_box_stack(b, &bar, MATH_ALIGN_CENTRE);
	math_box_release(&bar);
}

static void
stack_fraction(struct math_item *item, const struct math_row *above, const struct math_row *below)
{
	int cols = above->box.cols > below->box.cols ? above->box.cols : below->box.cols;

	math_box_join(&item->box, &above->box, 0);
	put_bar(&item->box, cols > 0 ? cols : 1);
	item->box.base = math_box_rows(&item->box) - 1;
	math_box_stack(&item->box, &below->box, MATH_ALIGN_CENTRE);
	item->fraction = true;
}

static bool
put_fraction(struct math_item *item, const struct math_row *above, const struct math_row *below, bool high)
{
	const char *vulgar = vulgar_fraction(buf_text(&above->box.text), buf_text(&below->box.text));

	if (!math_is_one_row(above) || !math_is_one_row(below))
		return false;
	item->fraction = !vulgar;
	if (vulgar) {
		math_box_puts(&item->box, vulgar);
	} else if (high) {
		stack_fraction(item, above, below);
	} else {
		math_put_closed(&item->box, above, math_row_is_sum(above));
		math_box_puts(&item->box, "/");
		math_put_closed(&item->box, below, math_row_is_product(below));
	}
	return true;
}

static bool
parse_fraction(struct math_parser *p, struct math_item *item)
{
	struct math_row above = {0}, below = {0};
	bool ok =
	        math_parse_argument(p, &above, false, p->compact) && math_parse_argument(p, &below, false, p->compact);

	ok = ok && put_fraction(item, &above, &below, p->high);
	math_row_release(&above);
	math_row_release(&below);
	return ok;
}

static bool
parse_binomial(struct math_parser *p, struct math_item *item)
{
	struct math_row above = {0}, below = {0};
	bool ok =
	        math_parse_argument(p, &above, false, p->compact) && math_parse_argument(p, &below, false, p->compact);

	math_box_join(&item->box, &above.box, 0);
	if (p->high) {
		math_box_stack(&item->box, &below.box, MATH_ALIGN_CENTRE);
	} else {
		math_box_puts(&item->box, " choose ");
		math_box_join(&item->box, &below.box, item->box.base);
	}
	math_box_fence(&item->box, "(", ")");
	item->group = true;
	math_row_release(&above);
	math_row_release(&below);
	return ok;
}

/* The n of an n-th root, as text before the sign. */
static bool
put_root_sign(struct math_item *item, const struct math_row *index)
{
	const char *text = buf_text(&index->box.text);
	struct buf small = {0};
	bool ok = true;

	if (strcmp(text, "3") == 0 || strcmp(text, "4") == 0) {
		math_box_puts(&item->box, *text == '3' ? "∛" : "∜");
	} else if (*text) {
		ok = math_put_raised(text, index->box.text.len, &small);
		math_box_put(&item->box, buf_text(&small), small.len);
		math_box_puts(&item->box, "√");
	} else {
		math_box_puts(&item->box, "√");
	}
	buf_release(&small);
	return ok;
}

static bool
parse_root(struct math_parser *p, struct math_item *item)
{
	struct math_row index = {0}, inside = {0};
	bool ok = math_parse_bracket(p, &index) && math_is_one_row(&index) &&
	          math_parse_argument(p, &inside, false, p->compact) && put_root_sign(item, &index);

	if (ok)
		math_put_closed(&item->box, &inside, math_row_is_product(&inside) || inside.scripted);
	math_row_release(&index);
	math_row_release(&inside);
	return ok;
}

/* ---- letters ---- */

static bool
parse_accent(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	struct buf text = {0};
	bool ok = math_parse_argument(p, &row, false, true) && math_is_one_row(&row) && row.box.cols > 0 &&
	          (symbol->kind == MATH_LINE || row.box.cols == 1);

	if (ok) {
		math_put_accented(symbol->text, buf_text(&row.box.text), row.box.text.len, &text);
		math_box_put(&item->box, buf_text(&text), text.len);
		item->name = true;
	}
	buf_release(&text);
	math_row_release(&row);
	return ok;
}

static bool
parse_alphabet(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	static const char letters[] = "bdsf";
	enum math_alphabet alphabet = (enum math_alphabet)(strchr(letters, symbol->text[0]) - letters);
	struct math_row row = {0};
	struct buf text = {0};
	bool ok = math_parse_argument(p, &row, false, p->compact) && math_is_one_row(&row);

	ok = ok && math_put_alphabet(alphabet, buf_text(&row.box.text), row.box.text.len, &text);
	math_box_put(&item->box, buf_text(&text), text.len);
	item->name = true;
	buf_release(&text);
	math_row_release(&row);
	return ok;
}

static bool
parse_pass(struct math_parser *p, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, p->high, p->compact);

	math_box_join(&item->box, &row.box, 0);
	item->name = row.units == 1 && row.name;
	item->apart = row.apart;
	item->fraction = row.units == 1 && row.sums;
	math_row_release(&row);
	return ok;
}

/* A blank of text for each run of blanks; what a backslash escapes is itself. False: there is mathematics in it. */
static bool
put_words(const char *text, size_t n, bool scripts, struct math_box *out)
{
	struct buf words = {0};
	bool ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		if (math_is_blank(text[i])) {
			if (words.len == 0 || words.data[words.len - 1] != ' ')
				buf_putc(&words, ' ');
		} else if (text[i] == '\\' && i + 1 < n && strchr("%_&#{}$ ,", text[i + 1])) {
			buf_putc(&words, text[++i] == ',' ? ' ' : text[i]);
		} else if (text[i] == '\\' || text[i] == '$' || (scripts && (text[i] == '_' || text[i] == '^'))) {
			ok = false;
		} else if (text[i] != '{' && text[i] != '}') {
			buf_putc(&words, text[i]);
		}
	}
	if (ok)
		math_box_put(out, buf_text(&words), words.len);
	buf_release(&words);
	return ok;
}

static bool
parse_words(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	bool scripts = strncmp(symbol->name, "math", 4) == 0; /* \\mathrm{H_2}, but not \\text{a_b} */
	size_t start = p->at, n;
	const char *text;

	math_skip_blanks(p);
	if (math_peek(p) != '{')
		return parse_pass(p, item);
	if (math_take_braces(p, &text, &n) && put_words(text, n, scripts, &item->box)) {
		item->name = true;
		return true;
	}
	p->at = start;
	return parse_pass(p, item);
}

static bool
parse_name(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	bool ok = parse_words(p, symbol, item);

	item->kind = symbol->name[strlen(symbol->name) - 1] == '*' ? MATH_LIMITS : MATH_FUNCTION;
	return ok;
}

/* ---- above, below and around ---- */

static bool
parse_not(struct math_parser *p, struct math_item *item)
{
	static const char *const pairs[][2] = {{"=", "≠"}, {"∈", "∉"}, {"<", "≮"}, {">", "≯"}, {"≡", "≢"}, {"⊂", "⊄"},
	        {"⊆", "⊈"}, {"⊃", "⊅"}, {"⊇", "⊉"}, {"∃", "∄"}, {"∼", "≁"}, {"≈", "≉"}, {"≤", "≰"}, {"≥", "≱"},
	        {"∣", "∤"}, {"∥", "∦"}, {"≅", "≇"}, {"∋", "∌"}, {"→", "↛"}, {"⇒", "⇏"}, {"⇔", "⇎"}};
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, false, true) && row.box.cols == 1;
	const char *text = buf_text(&row.box.text);

	for (size_t i = 0; ok && i < ARRAY_LEN(pairs) && item->box.cols == 0; i++)
		if (strcmp(pairs[i][0], text) == 0)
			math_box_puts(&item->box, pairs[i][1]);
	if (ok && item->box.cols == 0) {
		struct buf struck = {0};

		math_put_accented("\u0338", text, strlen(text), &struck);
		math_box_put(&item->box, buf_text(&struck), struck.len);
		buf_release(&struck);
	}
	item->kind = row.before;
	math_row_release(&row);
	return ok;
}

/* The first argument above or below the second. In one row it is a script of it. */
static bool
parse_stack(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row beside = {0}, base = {0};
	bool ok = math_parse_argument(p, &beside, false, true) && math_parse_argument(p, &base, false, p->compact);
	struct math_scripts scripts = {.any = true};

	if (ok) {
		math_box_join(&item->box, &base.box, 0);
		item->kind = p->high ? MATH_LIMITS : base.before;
		*(symbol->kind == MATH_OVER ? &scripts.raised : &scripts.lowered) = beside;
		beside = (struct math_row){0};
		math_attach_scripts(p, item, &scripts);
		item->kind = base.before;
	}
	math_scripts_release(&scripts);
	math_row_release(&beside);
	math_row_release(&base);
	return ok;
}

static bool
parse_arrow(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	bool left = strcmp(symbol->text, "←") == 0 || strcmp(symbol->text, "⇐") == 0;
	struct math_row under = {0}, over = {0};
	bool ok = math_parse_bracket(p, &under) && under.box.cols == 0 && math_parse_argument(p, &over, false, true) &&
	          math_is_one_row(&over);

	math_box_puts(&item->box, left ? symbol->text : "─");
	math_box_join(&item->box, &over.box, 0);
	math_box_puts(&item->box, left ? "─" : symbol->text);
	item->kind = MATH_REL;
	math_row_release(&under);
	math_row_release(&over);
	return ok;
}

static bool
parse_modulo(struct math_parser *p, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, false, p->compact);

	math_box_puts(&item->box, " (mod ");
	math_box_join(&item->box, &row.box, 0);
	math_box_puts(&item->box, ")");
	item->kind = MATH_SPACE;
	math_row_release(&row);
	return ok;
}

static void
put_frame_line(struct math_box *b, const char *left, int cols, const char *right)
{
	math_box_puts(b, left);
	for (; cols > 0; cols--)
		math_box_puts(b, "─");
	math_box_puts(b, right);
}

static bool
parse_box(struct math_parser *p, struct math_item *item)
{
	struct math_row row = {0};
	struct math_box lower = {0}, middle = {0};
	bool ok = math_parse_argument(p, &row, p->high, p->compact);

	math_box_join(&middle, &row.box, 0);
	if (p->high) {
		put_frame_line(&item->box, "┌", middle.cols, "┐");
		put_frame_line(&lower, "└", middle.cols, "┘");
		for (int i = 0, rows = math_box_rows(&middle); i < 1 && rows == 1; i++)
			math_box_fence(&middle, "│", "│");
		if (math_box_rows(&middle) > 1)
			math_box_fence(&middle, "|", "|");
		math_box_stack(&item->box, &middle, MATH_ALIGN_LEFT);
		item->box.base = 1 + middle.base;
		math_box_stack(&item->box, &lower, MATH_ALIGN_LEFT);
	} else {
		math_box_fence(&middle, "[", "]");
		math_box_join(&item->box, &middle, 0);
	}
	item->kind = MATH_OPEN;
	item->group = true;
	math_box_release(&lower);
	math_box_release(&middle);
	math_row_release(&row);
	return ok;
}

static bool
parse_tag(struct math_parser *p, struct math_item *item)
{
	const char *text;
	size_t n;

	if (!math_take_braces(p, &text, &n))
		return false;
	math_box_puts(&item->box, "    (");
	item->kind = MATH_SPACE;
	if (!put_words(text, n, false, &item->box))
		return false;
	math_box_puts(&item->box, ")");
	return true;
}

static bool
skip_argument(struct math_parser *p)
{
	const char *text;
	size_t n;

	if (math_peek(p) == '*')
		p->at++;
	return math_take_braces(p, &text, &n);
}

/* ---- all of them ---- */

bool
math_parse_with_arguments(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	switch (symbol->kind) {
	case MATH_NOTHING_ARG:
		item->kind = MATH_SPACE;
		return skip_argument(p);
	case MATH_COLOUR:
		return skip_argument(p) && parse_pass(p, item);
	case MATH_PASS_ARG:
		return parse_pass(p, item);
	case MATH_ACCENT:
	case MATH_LINE:
		return parse_accent(p, symbol, item);
	case MATH_ALPHABET:
		return parse_alphabet(p, symbol, item);
	case MATH_WORDS:
		return parse_words(p, symbol, item);
	case MATH_NAME:
		return parse_name(p, symbol, item);
	case MATH_FRACTION:
		return parse_fraction(p, item);
	case MATH_BINOMIAL:
		return parse_binomial(p, item);
	case MATH_ROOT:
		return parse_root(p, item);
	case MATH_LEFT:
		return math_parse_left(p, item);
	case MATH_BIG:
		return math_parse_big(p, item);
	case MATH_BEGIN:
		return math_parse_environment(p, item);
	case MATH_NOT:
		return parse_not(p, item);
	case MATH_OVER:
	case MATH_UNDER:
		return parse_stack(p, symbol, item);
	case MATH_ARROW:
		return parse_arrow(p, symbol, item);
	case MATH_MODULO:
		return parse_modulo(p, item);
	case MATH_BOX:
		return parse_box(p, item);
	case MATH_TAG:
		return parse_tag(p, item);
	default:
		return false;
	}
}
