/*
 * math_stack.c - in one row, what stands above or below is a script.
 */
#include "text/math_stack.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_fence.h"
#include "text/math_letters.h"
#include "text/math_scripts.h"
#include "text/math_words.h"

/* Takes the rows of both. */
static void
attach(const struct math_parser *p, struct math_item *item, struct math_row *over, struct math_row *under)
{
	struct math_scripts scripts = {.raised = *over, .lowered = *under, .any = true};

	item->limits = true;
	math_attach_scripts(p, item, &scripts);
	item->limits = false;
	*over = (struct math_row){0};
	*under = (struct math_row){0};
	math_scripts_release(&scripts);
}

bool
math_parse_stack(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row beside = {0}, base = {0}, none = {0};
	bool ok = math_parse_argument(p, &beside, false, true) && math_parse_argument(p, &base, p->high, p->compact);

	math_put_closed(&item->box, &base, !p->high && base.units > 1 && !base.word);
	math_take_shape(item, &base);
	item->kind = base.before;
	if (ok && symbol->kind == MATH_OVER)
		attach(p, item, &beside, &none);
	else if (ok)
		attach(p, item, &none, &beside);
	math_row_release(&beside);
	math_row_release(&base);
	return ok;
}

/* ---- braces ---- */

/* A brace, parenthesis or bracket that lies: its ends, what it is made of, and its tip. */
static const struct lying {
	const char *one, *left, *line, *tip, *right;
	bool over;
} lying[] = {
        {"⏟", "╰", "─", "┬", "╯", false},
        {"⏞", "╭", "─", "┴", "╮", true},
        {"⏝", "╰", "─", "─", "╯", false},
        {"⏜", "╭", "─", "─", "╮", true},
        {"⎵", "└", "─", "─", "┘", false},
        {"⎴", "┌", "─", "─", "┐", true},
};

static const struct lying *
find_lying(const char *one)
{
	for (size_t i = 0; i < ARRAY_LEN(lying); i++)
		if (strcmp(lying[i].one, one) == 0)
			return &lying[i];
	return &lying[0];
}

static void
make_lying(struct math_box *out, const struct lying *l, int cols)
{
	int before = (cols - 3) / 2;

	if (cols < 3) {
		math_box_puts(out, cols < 2 ? l->one : l->left);
		math_box_puts(out, cols < 2 ? "" : l->right);
		return;
	}
	math_box_puts(out, l->left);
	math_box_fill(out, l->line, before);
	math_box_puts(out, l->tip);
	math_box_fill(out, l->line, cols - 3 - before);
	math_box_puts(out, l->right);
}

static void
put_brace(struct math_box *out, const struct lying *l, const struct math_box *inside)
{
	struct math_box brace = {0};

	make_lying(&brace, l, inside->cols);
	math_box_join(out, l->over ? &brace : inside, 0);
	if (!l->over)
		out->base = inside->base;
	math_box_stack(out, l->over ? inside : &brace, MATH_ALIGN_CENTRE);
	if (l->over)
		out->base = 1 + inside->base;
	math_box_release(&brace);
}

/* Its scripts, which come after it, are words about it. */
bool
math_parse_brace(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, p->high, p->compact);

	if (ok && p->high) {
		put_brace(&item->box, find_lying(symbol->text), &row.box);
		item->limits = true;
	} else if (ok) {
		math_box_puts(&item->box, symbol->text);
		math_put_closed(&item->box, &row, true);
	}
	math_row_release(&row);
	return ok;
}

/* ---- arrows ---- */

static const struct arrow {
	const char *one, *left, *line, *right;
} arrows[] = {
        {"→", "", "─", "→"},
        {"←", "←", "─", ""},
        {"↔", "←", "─", "→"},
        {"⇒", "", "═", "⇒"},
        {"⇐", "⇐", "═", ""},
        {"⇔", "⇐", "═", "⇒"},
        {"↦", "├", "─", "→"},
        {"↪", "╰", "─", "→"},
        {"=", "", "═", "═"},
};

static const struct arrow *
find_arrow(const char *one)
{
	for (size_t i = 0; i < ARRAY_LEN(arrows); i++)
		if (strcmp(arrows[i].one, one) == 0)
			return &arrows[i];
	return NULL;
}

/* ─f→ with what is over it in the line, or as long as what is over and under it. */
static void
put_arrow(struct math_box *out, const struct arrow *a, const struct math_box *over, int cols)
{
	math_box_puts(out, a->left);
	if (cols == 0)
		math_box_puts(out, a->line);
	math_box_fill(out, a->line, cols);
	if (over && over->cols > 0) {
		math_box_join(out, over, 0);
		math_box_puts(out, *a->right ? "" : a->line);
	}
	math_box_puts(out, a->right);
}

bool
math_parse_arrow(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	const struct arrow *a = find_arrow(symbol->text);
	struct math_row under = {0}, over = {0};
	bool ok = math_parse_bracket(p, &under) && math_parse_argument(p, &over, false, true);
	int cols = over.box.cols > under.box.cols ? over.box.cols : under.box.cols;

	if (ok && a && p->high)
		put_arrow(&item->box, a, NULL, cols + 1);
	else if (ok && a && under.box.cols == 0 && over.box.cols > 0)
		put_arrow(&item->box, a, &over.box, 0);
	else
		math_box_puts(&item->box, symbol->text);
	if (ok && (p->high || item->box.cols == 1))
		attach(p, item, &over, &under);
	item->kind = MATH_REL;
	math_row_release(&under);
	math_row_release(&over);
	return ok;
}

/* ---- negation ---- */

static const char *
find_negation(const char *text)
{
	static const char *const pairs[][2] = {{"=", "≠"}, {"∈", "∉"}, {"<", "≮"}, {">", "≯"}, {"≡", "≢"}, {"⊂", "⊄"},
	        {"⊆", "⊈"}, {"⊃", "⊅"}, {"⊇", "⊉"}, {"∃", "∄"}, {"∼", "≁"}, {"≈", "≉"}, {"≤", "≰"}, {"≥", "≱"},
	        {"∣", "∤"}, {"|", "∤"}, {"∥", "∦"}, {"≅", "≇"}, {"∋", "∌"}, {"→", "↛"}, {"←", "↚"}, {"⇒", "⇏"},
	        {"⇔", "⇎"}, {"⟹", "⇏"}, {"⟺", "⇎"}, {"⊢", "⊬"}, {"⊨", "⊭"}, {"≺", "⊀"}, {"≻", "⊁"}};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (strcmp(pairs[i][0], text) == 0)
			return pairs[i][1];
	return NULL;
}

bool
math_parse_not(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	struct buf struck = {0};
	bool ok = math_parse_argument(p, &row, false, true) && row.box.cols == 1;
	const char *text = math_box_text(&row.box, 0), *negation = find_negation(text);

	(void)symbol;
	ok = ok && (negation || math_put_struck("\u0338", text, strlen(text), &struck));
	math_box_puts(&item->box, negation ? negation : buf_text(&struck));
	item->kind = row.before == MATH_ORD ? MATH_ORD : MATH_REL;
	buf_release(&struck);
	math_row_release(&row);
	return ok;
}

/* ---- around ---- */

static void
put_frame(struct math_box *out, const struct math_box *inside)
{
	struct math_box lower = {0}, middle = {0}, side = {0};

	for (int i = 0; i < math_box_rows(inside); i++) {
		struct math_box piece = {0};

		math_box_puts(&piece, "│");
		if (i == 0)
			math_box_join(&side, &piece, 0);
		else
			math_box_stack(&side, &piece, MATH_ALIGN_LEFT);
		math_box_release(&piece);
	}
	side.base = inside->base;
	math_box_join(&middle, &side, 0);
	math_box_join(&middle, inside, middle.base);
	math_box_join(&middle, &side, middle.base);
	math_box_puts(out, "┌");
	math_box_fill(out, "─", inside->cols);
	math_box_puts(out, "┐");
	math_box_stack(out, &middle, MATH_ALIGN_LEFT);
	out->base = 1 + middle.base;
	math_box_puts(&lower, "└");
	math_box_fill(&lower, "─", inside->cols);
	math_box_puts(&lower, "┘");
	math_box_stack(out, &lower, MATH_ALIGN_LEFT);
	math_box_release(&lower);
	math_box_release(&middle);
	math_box_release(&side);
}

bool
math_parse_box(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, p->high, p->compact);

	(void)symbol;
	if (ok && p->high) {
		put_frame(&item->box, &row.box);
	} else {
		math_box_puts(&item->box, "[");
		math_box_join(&item->box, &row.box, 0);
		math_box_puts(&item->box, "]");
	}
	item->group = true;
	math_row_release(&row);
	return ok;
}

bool
math_parse_modulo(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	bool ok = math_parse_argument(p, &row, false, p->compact);

	math_box_puts(&item->box, strcmp(symbol->name, "pod") == 0 ? " (" : " (mod ");
	math_box_join(&item->box, &row.box, 0);
	math_box_puts(&item->box, ")");
	item->kind = MATH_SPACE;
	math_row_release(&row);
	return ok;
}

bool
math_parse_tag(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	bool starred = symbol->name[strlen(symbol->name) - 1] == '*', ok;
	const char *text;
	size_t n;

	item->kind = MATH_SPACE;
	math_box_puts(&item->box, starred ? "    " : "    (");
	ok = math_take_braces(p, &text, &n) && math_put_words(p, text, n, false, &item->box);
	math_box_puts(&item->box, starred ? "" : ")");
	return ok;
}
