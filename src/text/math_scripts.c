/*
 * math_scripts.c - small letters where Unicode has them all, else ^( ) and _( ); beside and around what is high, rows of their
 * own.
 */
#include "text/math_scripts.h"

#include <string.h>

#include "text/math_letters.h"

enum {
	PRIMES_MAX = 3, /* in one character */
};

void
math_scripts_release(struct math_scripts *s)
{
	math_row_release(&s->raised);
	math_row_release(&s->lowered);
}

bool
math_parse_scripts(struct math_parser *p, struct math_scripts *s)
{
	bool raised = false, lowered = false;

	for (;; s->any = true) {
		math_skip_blanks(p);
		if (math_peek(p) == '\'') {
			p->at++;
			s->primes++;
		} else if (math_peek(p) == '^' && !raised) {
			p->at++;
			raised = true;
			if (!math_parse_argument(p, &s->raised, false, true))
				return false;
		} else if (math_peek(p) == '_' && !lowered) {
			p->at++;
			lowered = true;
			if (!math_parse_argument(p, &s->lowered, false, true))
				return false;
		} else if (math_is_command(p, "limits") || math_is_command(p, "nolimits")) {
			math_take_command(p);
		} else {
			return math_peek(p) != '^' && math_peek(p) != '_';
		}
	}
}

/* In letters of full size: does it need no parentheses? x_eff and e^x do not, e^(tX) does. */
static bool
is_word(const struct math_row *row, char sign)
{
	const char *text = buf_text(&row->box.text);
	size_t n = row->box.text.len;

	if (row->box.cols == 1 && row->box.rows == 1)
		return true;
	if (sign == '^' && row->units > 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!math_is_letter(text[i]) && !math_is_digit(text[i]))
			return false;
	return n > 0;
}

static bool
put_small(const struct math_row *row, char sign, struct buf *out)
{
	const char *text = buf_text(&row->box.text);

	return (sign == '^' ? math_put_raised : math_put_lowered)(text, row->box.text.len, out);
}

static void
put_script(struct math_item *item, const struct math_row *row, char sign)
{
	struct buf small = {0};
	bool closed = !is_word(row, sign);

	if (put_small(row, sign, &small)) {
		math_box_put(&item->box, buf_text(&small), small.len);
	} else if (row->box.cols > 0) {
		math_box_puts(&item->box, sign == '^' ? "^" : "_");
		math_put_closed(&item->box, row, closed);
		item->apart = !closed;
	}
	buf_release(&small);
}

/* What stands there raises or lowers it already; small it is nicer. */
static void
put_corner_script(struct math_box *out, const struct math_row *row, char sign)
{
	struct buf small = {0};

	if (put_small(row, sign, &small))
		math_box_put(out, buf_text(&small), small.len);
	else
		math_box_join(out, &row->box, 0);
	buf_release(&small);
}

/* Beside a box of several rows: at its top and its bottom. */
static void
put_corner_scripts(struct math_item *item, const struct math_scripts *s)
{
	struct math_box beside = {0}, lower = {0}, none = {0};
	int rows = math_box_rows(&item->box);

	put_corner_script(&beside, &s->raised, '^');
	put_corner_script(&lower, &s->lowered, '_');
	for (int i = 2; i < rows; i++)
		math_box_stack(&beside, &none, MATH_ALIGN_LEFT);
	math_box_stack(&beside, &lower, MATH_ALIGN_LEFT);
	math_box_join(&item->box, &beside, 0);
	math_box_release(&lower);
	math_box_release(&beside);
}

static void
put_primes(struct math_item *item, int n)
{
	static const char *const primes[] = {"", "′", "″", "‴"};

	for (; n > 0; n -= PRIMES_MAX)
		math_box_puts(&item->box, primes[n < PRIMES_MAX ? n : PRIMES_MAX]);
}

/* Above and below: ∑ with its limits. */
static void
put_limits(struct math_item *item, const struct math_scripts *s)
{
	struct math_box box = {0};

	math_box_join(&box, &s->raised.box, 0);
	if (s->raised.box.cols > 0)
		math_box_stack(&box, &item->box, MATH_ALIGN_CENTRE);
	else
		math_box_join(&box, &item->box, 0);
	box.base = math_box_rows(&box) - 1;
	if (s->lowered.box.cols > 0)
		math_box_stack(&box, &s->lowered.box, MATH_ALIGN_CENTRE);
	math_box_release(&item->box);
	item->box = box;
}

void
math_attach_scripts(const struct math_parser *p, struct math_item *item, const struct math_scripts *s)
{
	put_primes(item, s->primes);
	if (p->high && (item->kind == MATH_LARGE || item->kind == MATH_LIMITS)) {
		put_limits(item, s);
	} else if (math_box_rows(&item->box) > 1) {
		put_corner_scripts(item, s);
	} else {
		if (item->fraction)
			math_box_fence(&item->box, "(", ")");
		item->fraction = false;
		put_script(item, &s->lowered, '_');
		put_script(item, &s->raised, '^');
	}
	item->scripted = true;
}
