/*
 * math_fraction.c - high ones have a bar; fractions inside of them have a slash, as all others do.
 */
#include "text/math_fraction.h"

#include <string.h>

#include "base/compiler.h"
#include "text/math_fence.h"
#include "text/math_letters.h"

/* The halves and the like, which have a character of their own. */
static const char *
vulgar_fraction(const char *above, const char *below)
{
	static const char *const vulgar[][3] = {{"1", "2", "½"}, {"1", "3", "⅓"}, {"2", "3", "⅔"}, {"1", "4", "¼"},
	        {"3", "4", "¾"}, {"1", "5", "⅕"}, {"2", "5", "⅖"}, {"3", "5", "⅗"}, {"4", "5", "⅘"}, {"1", "6", "⅙"},
	        {"5", "6", "⅚"}, {"1", "8", "⅛"}, {"3", "8", "⅜"}, {"5", "8", "⅝"}, {"7", "8", "⅞"}};

	for (size_t i = 0; i < ARRAY_LEN(vulgar); i++)
		if (strcmp(vulgar[i][0], above) == 0 && strcmp(vulgar[i][1], below) == 0)
			return vulgar[i][2];
	return NULL;
}

static void
stack_fraction(struct math_box *out, const struct math_box *above, const struct math_box *below)
{
	int cols = above->cols > below->cols ? above->cols : below->cols;
	struct math_box bar = {0};

	math_box_fill(&bar, "─", cols > 0 ? cols : 1);
	math_box_join(out, above, 0);
	math_box_stack(out, &bar, MATH_ALIGN_CENTRE);
	out->base = math_box_rows(out) - 1;
	math_box_stack(out, below, MATH_ALIGN_CENTRE);
	math_box_release(&bar);
}

static void
put_fraction(struct math_item *item, const struct math_row *above, const struct math_row *below, bool high)
{
	const char *vulgar = vulgar_fraction(math_box_text(&above->box, 0), math_box_text(&below->box, 0));

	item->fraction = !vulgar;
	if (vulgar) {
		math_box_puts(&item->box, vulgar);
	} else if (high) {
		stack_fraction(&item->box, &above->box, &below->box);
		item->bar = true;
	} else {
		math_put_closed(&item->box, above, math_row_is_sum(above));
		math_box_puts(&item->box, "/");
		math_put_closed(&item->box, below, math_row_is_product(below));
	}
}

bool
math_parse_fraction(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row above = {0}, below = {0};
	bool ok =
	        math_parse_argument(p, &above, false, p->compact) && math_parse_argument(p, &below, false, p->compact);

	(void)symbol;
	if (ok)
		put_fraction(item, &above, &below, p->high);
	math_row_release(&above);
	math_row_release(&below);
	return ok;
}

bool
math_parse_binomial(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row above = {0}, below = {0};
	bool ok =
	        math_parse_argument(p, &above, false, p->compact) && math_parse_argument(p, &below, false, p->compact);

	(void)symbol;
	math_box_join(&item->box, &above.box, 0);
	if (p->high) {
		math_box_stack(&item->box, &below.box, MATH_ALIGN_CENTRE);
	} else {
		math_box_puts(&item->box, " choose ");
		math_box_join(&item->box, &below.box, item->box.base);
	}
	math_fence(&item->box, "(", ")");
	item->group = true;
	math_row_release(&above);
	math_row_release(&below);
	return ok;
}

/* ---- roots ---- */

static const char *
root_sign(const char *index)
{
	return strcmp(index, "3") == 0 ? "∛" : strcmp(index, "4") == 0 ? "∜" : NULL;
}

/* The n of an n-th root is raised before the sign. False: there are no such letters. */
static bool
put_root_sign(struct math_item *item, const struct math_row *index)
{
	const char *text = math_box_text(&index->box, 0), *sign = root_sign(text);
	struct buf small = {0};
	bool ok = sign || !*text || math_put_raised(text, math_box_length(&index->box, 0), &small);

	math_box_put(&item->box, buf_text(&small), small.len);
	math_box_puts(&item->box, sign ? sign : "√");
	buf_release(&small);
	return ok;
}

/* √x y: without parentheses the root must not go on. */
bool
math_parse_root(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row index = {0}, inside = {0};
	bool ok = math_parse_bracket(p, &index) && put_root_sign(item, &index) &&
	          math_parse_argument(p, &inside, false, p->compact);
	bool closed = math_row_is_product(&inside) || inside.scripted;

	(void)symbol;
	math_put_closed(&item->box, &inside, closed);
	item->apart = !closed;
	math_row_release(&index);
	math_row_release(&inside);
	return ok;
}
