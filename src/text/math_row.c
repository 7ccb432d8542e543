/*
 * math_row.c - whether a minus is a sign, and whether a fraction stands beside a factor, is known when the next atom comes.
 */
#include "text/math_row.h"

#include <string.h>

#include "base/utf8.h"
#include "text/math_fence.h"

void
math_item_release(struct math_item *item)
{
	math_box_release(&item->box);
	*item = (struct math_item){0};
}

void
math_row_release(struct math_row *row)
{
	math_box_release(&row->box);
	math_item_release(&row->last);
	*row = (struct math_row){0};
}

/* ---- kinds ---- */

static bool
is_operator(enum math_kind kind)
{
	return kind == MATH_FUNCTION || kind == MATH_LIMITS || kind == MATH_LARGE || kind == MATH_INTEGRAL;
}

static bool
is_binary(enum math_kind kind)
{
	return kind == MATH_BIN || kind == MATH_REL;
}

/* Does a binary operator after this have nothing on its left? */
static bool
lacks_left(const struct math_row *row)
{
	enum math_kind kind = row->before;

	return !row->begun || is_binary(kind) || kind == MATH_OPEN || kind == MATH_PUNCT || is_operator(kind);
}

static bool
lacks_right(const struct math_item *next)
{
	return !next || next->kind == MATH_REL || next->kind == MATH_CLOSE || next->kind == MATH_PUNCT;
}

/* ---- space ---- */

/* The character that ends with the byte before `end`. */
static uint32_t
character_before(const char *text, size_t end)
{
	size_t at = end > 0 ? end - 1 : 0;
	uint32_t character = 0;

	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	if (end > 0)
		utf8_decode(text + at, end - at, &character);
	return character;
}

/* Of the Latin or Greek script, or one of the Mathematical Alphanumeric Symbols. */
static bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= 0xc0 && c <= 0x3ff && c != 0xd7 && c != 0xf7) || (c >= 0x1d400 && c <= 0x1d7ff);
}

static bool
has_space_after_operator(const struct math_row *row, enum math_kind left, enum math_kind right)
{
	if (right == MATH_OPEN)
		return left == MATH_LARGE || left == MATH_INTEGRAL || (left == MATH_LIMITS && row->limited);
	return right == MATH_ORD || is_operator(right);
}

static bool
has_space(const struct math_row *row, enum math_kind left, enum math_kind right)
{
	if (left == MATH_SPACE || right == MATH_SPACE)
		return false;
	if (is_operator(left))
		return has_space_after_operator(row, left, right) || (!row->compact && is_binary(right));
	if (is_operator(right) && (left == MATH_ORD || left == MATH_CLOSE))
		return true;
	if (row->compact)
		return false;
	if (left == MATH_PUNCT)
		return right != MATH_CLOSE && right != MATH_PUNCT;
	if (left == MATH_REL && right == MATH_REL)
		return false;
	return (is_binary(left) && right != MATH_CLOSE && right != MATH_PUNCT) || is_binary(right);
}

/* Would the letters of a word run into others? */
static bool
joins_word(const struct math_row *row, const struct math_item *item)
{
	const struct math_box *left = &row->box, *right = &item->box;
	size_t n = math_box_length(right, right->base);
	uint32_t first = 0;

	if (n == 0 || item->kind != MATH_ORD || (!row->word && !item->word))
		return false;
	utf8_decode(math_box_text(right, right->base), n, &first);
	return is_letter(first) &&
	       is_letter(character_before(math_box_text(left, left->base), math_box_length(left, left->base)));
}

static bool
has_space_before_last(const struct math_row *row)
{
	const struct math_item *item = &row->last;

	if (!row->begun || row->spaced)
		return false;
	if (row->bar || item->bar)
		return row->before != MATH_OPEN && item->kind != MATH_CLOSE && item->kind != MATH_PUNCT;
	if (row->sign)
		return false;
	if (math_box_rows(&row->box) > 1 && math_box_rows(&item->box) > 1 && item->kind != MATH_CLOSE)
		return true;
	return has_space(row, row->before, item->kind) || (row->apart && item->kind == MATH_ORD) ||
	       joins_word(row, item);
}

/* ---- factors ---- */

static bool
is_factor(enum math_kind kind)
{
	return kind == MATH_ORD || kind == MATH_OPEN || kind == MATH_CLOSE;
}

static bool
is_beside_factor(const struct math_row *row, const struct math_item *next)
{
	bool left = row->begun && !row->sign && row->before != MATH_OPEN &&
	            (is_factor(row->before) || row->before == MATH_FUNCTION);
	bool right = next && next->kind != MATH_CLOSE && (is_factor(next->kind) || is_operator(next->kind));

	return left || right;
}

static void
count_group(struct math_row *row)
{
	if (row->units != 1 || !row->name)
		row->units++;
}

static void
count_factor(struct math_row *row)
{
	const struct math_item *item = &row->last;

	if (item->postfix)
		return;
	if (item->kind == MATH_CLOSE && row->depth > 0) {
		row->depth--;
		return;
	}
	if (row->depth == 0) {
		if (item->group || item->kind == MATH_OPEN)
			count_group(row);
		else
			row->units++;
		row->sums = row->sums || is_binary(item->kind) || item->kind == MATH_PUNCT || item->fraction;
		row->scripted = row->scripted || item->scripted;
		row->fraction = row->fraction || (item->fraction && math_box_rows(&item->box) == 1);
	}
	if (item->kind == MATH_OPEN && !item->group)
		row->depth++;
}

/* ---- putting ---- */

/* Outside of parentheses. */
static bool
has_blank(const struct math_item *item)
{
	int depth = 0;

	for (const char *at = math_box_text(&item->box, item->box.base); *at; at++) {
		depth += strchr("([{", *at) ? 1 : strchr(")]}", *at) ? -1 : 0;
		if (*at == ' ' && depth <= 0)
			return true;
	}
	return false;
}

static bool
ends_with_blank(const struct math_item *item)
{
	size_t n = math_box_length(&item->box, 0);

	return math_box_rows(&item->box) == 1 && n > 0 && math_box_text(&item->box, 0)[n - 1] == ' ';
}

static void
close_fraction(struct math_item *item)
{
	math_fence(&item->box, "(", ")");
	item->fraction = false;
	item->group = true;
	item->kind = MATH_OPEN;
}

static void
put_last(struct math_row *row, const struct math_item *next)
{
	struct math_item *item = &row->last;
	bool sign = item->kind == MATH_BIN && lacks_left(row), spaced;

	if (sign || (item->kind == MATH_BIN && lacks_right(next)))
		item->kind = MATH_ORD;
	if (item->fraction && math_box_rows(&item->box) == 1 && is_beside_factor(row, next))
		close_fraction(item);
	spaced = has_space_before_last(row);
	row->gaps = row->gaps || (row->depth == 0 && !item->group && (spaced || has_blank(item)));
	count_factor(row);
	math_box_puts(&row->box, spaced ? " " : "");
	math_box_join(&row->box, &item->box, row->box.base);
	row->begun = true;
	row->before = item->group ? MATH_CLOSE : item->kind;
	row->apart = item->apart;
	row->sign = sign;
	row->name = item->name;
	row->word = item->word;
	row->bar = item->bar;
	row->limited = item->scripted;
	row->spaced = ends_with_blank(item);
	math_item_release(item);
	row->waits = false;
}

void
math_row_add(struct math_row *row, struct math_item *item)
{
	if (row->waits)
		put_last(row, item);
	row->last = *item;
	row->waits = true;
	*item = (struct math_item){0};
}

void
math_row_end(struct math_row *row)
{
	if (row->waits)
		put_last(row, NULL);
}

/* ---- looking ---- */

bool
math_row_is_sum(const struct math_row *row)
{
	return row->sums || row->units == 0 || row->gaps;
}

/* dx and ∂x are one, as what a derivative is taken by. */
static bool
is_differential(const struct math_row *row)
{
	const char *text = math_box_text(&row->box, 0);

	return row->units == 2 && (text[0] == 'd' || strncmp(text, "∂", strlen("∂")) == 0);
}

bool
math_row_is_product(const struct math_row *row)
{
	return math_row_is_sum(row) || (row->units > 1 && !is_differential(row));
}
