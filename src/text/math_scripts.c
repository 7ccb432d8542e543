/*
 * math_scripts.c - small letters where Unicode has them all, else ^( ) and _( ); beside and around what is high, rows of their
 * own.
 */
#include "text/math_scripts.h"

#include <string.h>

#include "text/math_fence.h"
#include "text/math_letters.h"

enum {
	PRIMES_MAX = 3,     /* in one character */
	SMALL_WORD_MAX = 4, /* letters */
};

void
math_scripts_release(struct math_scripts *s)
{
	math_row_release(&s->raised);
	math_row_release(&s->lowered);
}

/* Is the next token one of a script? */
static bool
parse_script(struct math_parser *p, struct math_scripts *s, bool *ok)
{
	bool raised = s->raised.begun, lowered = s->lowered.begun;

	math_skip_blanks(p);
	if (math_take(p, '\''))
		s->primes++;
	else if (!raised && math_take(p, '^'))
		*ok = math_parse_argument(p, &s->raised, false, true);
	else if (!lowered && math_take(p, '_'))
		*ok = math_parse_argument(p, &s->lowered, false, true);
	else if (math_is_command(p, "limits") || math_is_command(p, "nolimits"))
		s->limits = math_take_command(p)->name[0] == 'l' ? MATH_WITH_LIMITS : MATH_NO_LIMITS;
	else
		return false;
	return *ok;
}

bool
math_parse_scripts(struct math_parser *p, struct math_scripts *s)
{
	bool ok = true;

	while (parse_script(p, s, &ok))
		s->any = true;
	return ok && math_peek(p) != '^' && math_peek(p) != '_';
}

/* In letters of full size: does it need no parentheses? x_eff and e^x do not, e^(tX) does. */
static bool
is_word(const struct math_row *row, char sign)
{
	const char *text = math_box_text(&row->box, 0);
	size_t n = math_box_length(&row->box, 0);

	if (row->box.cols == 1)
		return true;
	if (sign == '^' && row->units > 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!math_is_letter(text[i]) && !math_is_digit(text[i]))
			return false;
	return n > 0;
}

/* Words of small letters are hard to read. */
static bool
is_long_word(const struct math_row *row)
{
	return row->word && row->box.cols > SMALL_WORD_MAX;
}

static bool
put_small(const struct math_row *row, char sign, struct buf *out)
{
	const char *text = math_box_text(&row->box, 0);

	return (sign == '^' ? math_put_raised : math_put_lowered)(text, math_box_length(&row->box, 0), out);
}

static void
put_script(struct math_item *item, const struct math_row *row, char sign)
{
	struct buf small = {0};
	bool closed = !is_word(row, sign);

	if (!is_long_word(row) && put_small(row, sign, &small)) {
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

	put_corner_script(&beside, &s->raised, '^');
	put_corner_script(&lower, &s->lowered, '_');
	for (int i = 2; i < math_box_rows(&item->box); i++)
		math_box_stack(&beside, &none, MATH_ALIGN_LEFT);
	math_box_stack(&beside, &lower, MATH_ALIGN_LEFT);
	beside.base = item->box.base;
	math_box_join(&item->box, &beside, item->box.base);
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
	bool above = s->raised.box.cols > 0;

	math_box_join(&box, above ? &s->raised.box : &item->box, 0);
	box.base = item->box.base;
	if (above) {
		math_box_stack(&box, &item->box, MATH_ALIGN_CENTRE);
		box.base += math_box_rows(&s->raised.box);
	}
	if (s->lowered.box.cols > 0)
		math_box_stack(&box, &s->lowered.box, MATH_ALIGN_CENTRE);
	math_box_release(&item->box);
	item->box = box;
}

static bool
has_limits(const struct math_parser *p, const struct math_item *item, const struct math_scripts *s)
{
	return p->high && (s->limits == MATH_WITH_LIMITS || (item->limits && s->limits == MATH_AS_USUAL));
}

/* A fraction in one row is put in parentheses: (a/b)². Before a letter, what is raised comes first: ²³⁵₉₂U. */
static void
put_beside(struct math_item *item, const struct math_scripts *s)
{
	bool nothing = math_box_is_empty(&item->box);

	if (item->fraction)
		math_fence(&item->box, "(", ")");
	item->fraction = false;
	if (nothing)
		put_script(item, &s->raised, '^');
	put_script(item, &s->lowered, '_');
	if (!nothing)
		put_script(item, &s->raised, '^');
}

void
math_attach_scripts(const struct math_parser *p, struct math_item *item, const struct math_scripts *s)
{
	put_primes(item, s->primes);
	if (has_limits(p, item, s))
		put_limits(item, s);
	else if (math_box_rows(&item->box) > 1)
		put_corner_scripts(item, s);
	else
		put_beside(item, s);
	item->scripted = true;
}
