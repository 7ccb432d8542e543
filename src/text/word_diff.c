/*
 * word_diff.c - words get numbers, the same for the same word; the differences of two lists of numbers are marked in each; runs of
 * marks become parts.
 */
#include "text/word_diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/cjk.h"

enum {
	COST_MAX = 512, /* differences of one part, after which it is cut where it has come furthest */
};

enum word_kind { WORD, SIGN, BLANK, LINE_END };

struct word {
	size_t at, len;
	uint32_t number;
	enum word_kind kind;
	bool differs;
};

struct words {
	const char *text;
	struct word *items;
	size_t n, space;
};

/* ---- words ---- */

static enum word_kind
kind_of(uint32_t c)
{
	if (c == '\n')
		return LINE_END;
	if (c == ' ' || c == '\t' || c == '\r' || c == 0xa0)
		return BLANK;
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? WORD : SIGN;
	return c >= 0x2000 && c <= 0x206f ? SIGN : WORD;
}

/* Does what begins with a character of that kind go on with the next one? */
static bool
goes_on(enum word_kind kind, uint32_t before, uint32_t c)
{
	return kind == kind_of(c) && (kind == BLANK || (kind == WORD && !cjk_holds(before) && !cjk_holds(c)));
}

static size_t
word_length(const char *s, size_t n, enum word_kind *kind)
{
	uint32_t before, c;
	size_t len = utf8_decode(s, n, &before);

	*kind = kind_of(before);
	while (len < n) {
		size_t one = utf8_decode(s + len, n - len, &c);

		if (!goes_on(*kind, before, c))
			break;
		before = c;
		len += one;
	}
	return len;
}

static void
split(struct words *w, const char *text, size_t n)
{
	w->text = text;
	for (size_t at = 0; at < n;) {
		struct word word = {.at = at};

		word.len = word_length(text + at, n - at, &word.kind);
		if (w->n == w->space) {
			w->space = w->space ? w->space * 2 : 256;
			w->items = mem_realloc(w->items, w->space * sizeof(*w->items));
		}
		w->items[w->n++] = word;
		at += word.len;
	}
}

/* ---- numbers: a table of hashes, of which each place holds a word of either text ---- */

struct table {
	const char **texts; /* NULL: free */
	size_t *lengths;
	size_t mask;
};

static uint32_t
hash(const char *s, size_t n)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

static uint32_t
number_of(struct table *t, const char *s, size_t n)
{
	size_t i = hash(s, n) & t->mask;

	while (t->texts[i] && (t->lengths[i] != n || memcmp(t->texts[i], s, n) != 0))
		i = (i + 1) & t->mask;
	t->texts[i] = s;
	t->lengths[i] = n;
	return (uint32_t)i;
}

static void
give_numbers(struct words *a, struct words *b)
{
	struct table t = {.mask = 63};

	while (t.mask < 2 * (a->n + b->n))
		t.mask = t.mask * 2 + 1;
	t.texts = mem_alloc((t.mask + 1) * sizeof(*t.texts));
	t.lengths = mem_alloc((t.mask + 1) * sizeof(*t.lengths));
	for (size_t i = 0; i < a->n; i++)
		a->items[i].number = number_of(&t, a->text + a->items[i].at, a->items[i].len);
	for (size_t i = 0; i < b->n; i++)
		b->items[i].number = number_of(&t, b->text + b->items[i].at, b->items[i].len);
	free(t.texts);
	free(t.lengths);
}

/* ---- the shortest way ---- */

/* A part of both lists: [a, a_end) and [b, b_end). */
struct box {
	ptrdiff_t a, a_end, b, b_end;
};

/* A way from the start of a box, or from its end backward: how far it has come in `a`, by diagonal. */
struct way {
	ptrdiff_t reached[2 * COST_MAX + 3];
	bool back;
};

struct search {
	struct word *a, *b;
	struct way ways[2];
};

static ptrdiff_t *
reached(struct way *way, ptrdiff_t diagonal)
{
	return &way->reached[diagonal + COST_MAX + 1];
}

static bool
are_same(const struct search *s, const struct box *box, const struct way *way, ptrdiff_t x, ptrdiff_t y)
{
	ptrdiff_t a = way->back ? box->a_end - 1 - x : box->a + x, b = way->back ? box->b_end - 1 - y : box->b + y;

	return s->a[a].number == s->b[b].number;
}

static bool
is_inside(const struct box *box, ptrdiff_t x, ptrdiff_t y)
{
	return x >= 0 && y >= 0 && x <= box->a_end - box->a && y <= box->b_end - box->b;
}

/* With one more difference on this diagonal, and all that is the same after it. */
static ptrdiff_t
go_on(const struct search *s, const struct box *box, struct way *way, ptrdiff_t cost, ptrdiff_t diagonal)
{
	ptrdiff_t left = *reached(way, diagonal - 1), right = *reached(way, diagonal + 1);
	ptrdiff_t x = diagonal == -cost || (diagonal != cost && left < right) ? right : left + 1, y = x - diagonal;

	while (is_inside(box, x + 1, y + 1) && y >= 0 && are_same(s, box, way, x, y)) {
		x++;
		y++;
	}
	*reached(way, diagonal) = x;
	return x;
}

/* Has the other way, which had so many differences, come to x on this diagonal, or past it? */
static bool
meets(const struct box *box, struct way *other, ptrdiff_t cost, ptrdiff_t diagonal, ptrdiff_t x)
{
	ptrdiff_t n = box->a_end - box->a, m = box->b_end - box->b, theirs = n - m - diagonal, come;

	if (theirs < -cost || theirs > cost)
		return false;
	come = *reached(other, theirs);
	return is_inside(box, x, x - diagonal) && is_inside(box, come, come - theirs) && x + come >= n;
}

/* One more difference on each diagonal. True: the ways have met, at *a, *b. */
static bool
step(struct search *s, const struct box *box, bool back, ptrdiff_t cost, ptrdiff_t *a, ptrdiff_t *b)
{
	ptrdiff_t delta = (box->a_end - box->a) - (box->b_end - box->b);
	bool may_meet = (delta % 2 == 0) == back;

	for (ptrdiff_t diagonal = -cost; diagonal <= cost; diagonal += 2) {
		ptrdiff_t x = go_on(s, box, &s->ways[back], cost, diagonal), y = x - diagonal;

		if (may_meet && meets(box, &s->ways[!back], back ? cost : cost - 1, diagonal, x)) {
			*a = back ? box->a_end - x : box->a + x;
			*b = back ? box->b_end - y : box->b + y;
			return true;
		}
	}
	return false;
}

/* Where the way from the start has come furthest. */
static void
cut_furthest(struct search *s, const struct box *box, ptrdiff_t cost, ptrdiff_t *a, ptrdiff_t *b)
{
	ptrdiff_t most = 0;

	for (ptrdiff_t diagonal = -cost; diagonal <= cost; diagonal += 2) {
		ptrdiff_t x = *reached(&s->ways[0], diagonal), y = x - diagonal;

		if (is_inside(box, x, y) && x + y > most) {
			most = x + y;
			*a = box->a + x;
			*b = box->b + y;
		}
	}
}

/* A point that the way goes through, neither the start nor the end. */
static void
find_middle(struct search *s, const struct box *box, ptrdiff_t *a, ptrdiff_t *b)
{
	*reached(&s->ways[0], 1) = *reached(&s->ways[1], 1) = 0;
	for (ptrdiff_t cost = 0; cost <= COST_MAX; cost++)
		if (step(s, box, false, cost, a, b) || step(s, box, true, cost, a, b))
			return;
	cut_furthest(s, box, COST_MAX, a, b);
}

static void
mark(struct word *words, ptrdiff_t from, ptrdiff_t end)
{
	for (ptrdiff_t i = from; i < end; i++)
		words[i].differs = true;
}

static void
compare(struct search *s, struct box box)
{
	for (;;) {
		struct box first = box;

		while (box.a < box.a_end && box.b < box.b_end && are_same(s, &box, &s->ways[0], 0, 0)) {
			box.a++;
			box.b++;
		}
		while (box.a < box.a_end && box.b < box.b_end && are_same(s, &box, &s->ways[1], 0, 0)) {
			box.a_end--;
			box.b_end--;
		}
		if (box.a == box.a_end || box.b == box.b_end)
			break;
		first.a = box.a;
		first.b = box.b;
		find_middle(s, &box, &first.a_end, &first.b_end);
		compare(s, first);
		box.a = first.a_end;
		box.b = first.b_end;
	}
	mark(s->a, box.a, box.a_end);
	mark(s->b, box.b, box.b_end);
}

/* ---- parts ---- */

static void
add_part(struct word_diff *d, enum word_diff_type type, const struct words *w, size_t from, size_t end)
{
	if (from == end)
		return;
	if (d->n == d->space) {
		d->space = d->space ? d->space * 2 : 32;
		d->parts = mem_realloc(d->parts, d->space * sizeof(*d->parts));
	}
	d->parts[d->n++] = (struct word_diff_part){
	        type, w->items[from].at, w->items[end - 1].at + w->items[end - 1].len - w->items[from].at};
}

static size_t
run_end(const struct words *w, size_t i, bool differs)
{
	while (i < w->n && w->items[i].differs == differs)
		i++;
	return i;
}

static size_t
count_words(const struct words *w, bool differs)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += w->items[i].kind == WORD && w->items[i].differs == differs;
	return n;
}

/* Blanks that both have between two changes. */
static void
mark_blanks(struct words *a, struct words *b)
{
	for (size_t i = run_end(a, 0, true), k = run_end(b, 0, true); i < a->n && k < b->n;
	        i = run_end(a, i + 1, true), k = run_end(b, k + 1, true)) {
		bool after = (i > 0 && a->items[i - 1].differs) || (k > 0 && b->items[k - 1].differs),
		     before = (i + 1 < a->n && a->items[i + 1].differs) || (k + 1 < b->n && b->items[k + 1].differs);

		if (a->items[i].kind == BLANK && after && before)
			a->items[i].differs = b->items[k].differs = true;
	}
}

static void
make_parts(struct word_diff *d, const struct words *a, const struct words *b)
{
	for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
		size_t a_end = run_end(a, i, true), b_end = run_end(b, k, true), same_end = run_end(a, a_end, false);

		add_part(d, WORD_DIFF_REMOVED, a, i, a_end);
		add_part(d, WORD_DIFF_ADDED, b, k, b_end);
		/* As many words of both are the same, up to the next one of either that differs. */
		i = a_end;
		k = b_end;
		while (i < same_end && k < b->n && !b->items[k].differs) {
			i++;
			k++;
		}
		add_part(d, WORD_DIFF_SAME, a, a_end, i);
	}
}

void
word_diff_make(struct word_diff *d, const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct words words[2] = {0};
	struct search *s = mem_alloc(sizeof(*s));

	split(&words[0], a, a_len);
	split(&words[1], b, b_len);
	give_numbers(&words[0], &words[1]);
	s->a = words[0].items;
	s->b = words[1].items;
	s->ways[1].back = true;
	compare(s, (struct box){0, (ptrdiff_t)words[0].n, 0, (ptrdiff_t)words[1].n});
	mark_blanks(&words[0], &words[1]);
	d->n = 0;
	make_parts(d, &words[0], &words[1]);
	d->same = count_words(&words[0], false);
	d->removed = count_words(&words[0], true);
	d->added = count_words(&words[1], true);
	free(words[0].items);
	free(words[1].items);
	free(s);
}

void
word_diff_release(struct word_diff *d)
{
	free(d->parts);
	*d = (struct word_diff){0};
}
