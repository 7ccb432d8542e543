/*
 * highlight.c - each byte of a line gets its role, rule by rule; then bytes of one role are joined.
 */
#include "syntax/highlight.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	GIVE_UP_MAX = 3,     /* searches of a line that were given up; then it is left as it is */
	ALONE_MAX = 512,     /* strings and comments of a line */
	SEARCHES_MAX = 4096, /* of a line: what is after them stays without a role */
};

/* What a string or a comment covers. */
struct stretch {
	size_t start, end;
	size_t rule;
};

/* A line while it is read. */
struct line {
	const struct grammar *grammar;
	const char *text;
	size_t n;
	unsigned char *roles;
	uint64_t open;
	int gave_up, searches;
	struct stretch alone[ALONE_MAX];
	size_t n_alone;
};

struct match {
	size_t start, end;
};

void
highlight_release(struct highlight *h)
{
	free(h->spans);
	*h = (struct highlight){0};
}

/* ---- searching ---- */

static size_t
behind_character(const struct line *l, size_t at)
{
	uint32_t c;

	return at < l->n ? at + utf8_decode(l->text + at, l->n - at, &c) : at + 1;
}

static bool
find(struct line *l, const struct regex *regex, size_t from, struct match *m)
{
	enum regex_found found;

	if (from > l->n || l->gave_up == GIVE_UP_MAX || l->searches == SEARCHES_MAX)
		return false;
	l->searches++;
	found = regex_find(regex, l->grammar->room, l->text, l->n, from, &m->start, &m->end);
	if (found == REGEX_GAVE_UP)
		l->gave_up++;
	return found == REGEX_FOUND;
}

/* What was not found may be there. */
static bool
is_exhausted(const struct line *l)
{
	return l->gave_up > 0 || l->searches == SEARCHES_MAX;
}

/* The next match of a rule: of one over lines from its start to its end. `is_open`: it does not end on this line. */
static bool
find_rule(struct line *l, const struct grammar_rule *rule, size_t from, struct match *m, bool *is_open)
{
	struct match end;

	*is_open = false;
	while (find(l, rule->start, from, m)) {
		if (rule->end) {
			bool ends = find(l, rule->end, m->end, &end);

			*is_open = !ends && !is_exhausted(l);
			m->end = ends ? end.end : l->n;
		}
		if (m->end > m->start || *is_open)
			return true;
		from = behind_character(l, m->end);
	}
	return false;
}

/* A rule that the lines before left open: how far it goes. */
static size_t
close_rule(struct line *l, const struct grammar_rule *rule)
{
	struct match end;

	if (!find(l, rule->end, 0, &end))
		return l->n;
	l->open &= ~rule->open;
	return end.end;
}

/* ---- strings and comments ---- */

static void
add_alone(struct line *l, size_t rule, size_t start, size_t end)
{
	if (l->n_alone < ALONE_MAX)
		l->alone[l->n_alone++] = (struct stretch){start, end, rule};
}

/* The one that is open, if one is. Returns where it ends. */
static size_t
go_on_alone(struct line *l)
{
	const struct grammar *g = l->grammar;

	for (size_t i = 0; i < g->n; i++)
		if (g->rules[i].alone && (l->open & g->rules[i].open)) {
			size_t end = close_rule(l, &g->rules[i]);

			add_alone(l, i, 0, end);
			return (l->open & g->rules[i].open) ? l->n + 1 : end;
		}
	return 0;
}

/* What each rule finds next; looked for again when the line was read past it. */
struct next {
	struct match match;
	bool known, none;
};

static bool
look_ahead(struct line *l, size_t rule, size_t from, struct next *next)
{
	if (next->none)
		return false;
	if (!next->known || next->match.start < from) {
		next->known = true;
		next->none = !find(l, l->grammar->rules[rule].start, from, &next->match);
	}
	return !next->none;
}

/* The rule that begins first, the later one of two; grammar->n: none does. */
static size_t
first_alone(struct line *l, size_t from, struct next *next)
{
	size_t first = l->grammar->n;

	for (size_t i = 0; i < l->grammar->n; i++)
		if (l->grammar->rules[i].alone && look_ahead(l, i, from, &next[i]) &&
		        (first == l->grammar->n || next[i].match.start <= next[first].match.start))
			first = i;
	return first;
}

static void
find_alone(struct line *l)
{
	struct next next[GRAMMAR_RULES_MAX] = {0};
	size_t at = go_on_alone(l), i;

	while (at <= l->n && (i = first_alone(l, at, next)) < l->grammar->n) {
		const struct grammar_rule *rule = &l->grammar->rules[i];
		struct match m = next[i].match, end;

		if (rule->end && !find(l, rule->end, m.end, &end)) {
			l->open |= is_exhausted(l) ? 0 : rule->open;
			add_alone(l, i, m.start, l->n);
			return;
		}
		if (rule->end)
			m.end = end.end;
		add_alone(l, i, m.start, m.end);
		at = m.end > m.start ? m.end : behind_character(l, m.end);
	}
}

static bool
is_inside_alone(const struct line *l, size_t at)
{
	for (size_t i = 0; i < l->n_alone; i++)
		if (at > l->alone[i].start && at < l->alone[i].end)
			return true;
	return false;
}

/* ---- painting ---- */

static void
paint(struct line *l, size_t start, size_t end, enum code_role role)
{
	if (end > start)
		memset(l->roles + start, (int)role, end - start);
}

static void
paint_alone(struct line *l, size_t rule)
{
	for (size_t i = 0; i < l->n_alone; i++)
		if (l->alone[i].rule == rule)
			paint(l, l->alone[i].start, l->alone[i].end, l->grammar->rules[rule].role);
}

static void
paint_rule(struct line *l, const struct grammar_rule *rule)
{
	size_t at = 0;
	struct match m;
	bool is_open;

	if (rule->end && (l->open & rule->open)) {
		at = close_rule(l, rule);
		paint(l, 0, at, rule->role);
		if (l->open & rule->open)
			return;
	}
	while (find_rule(l, rule, at, &m, &is_open)) {
		if (rule->end && is_inside_alone(l, m.start)) {
			at = behind_character(l, m.start);
			continue;
		}
		paint(l, m.start, m.end, rule->role);
		if (is_open) {
			l->open |= rule->open;
			return;
		}
		at = m.end;
	}
}

static void
add_span(struct highlight *h, size_t start, size_t end, enum code_role role)
{
	if (h->n == h->space) {
		h->space = h->space ? h->space * 2 : 32;
		h->spans = mem_realloc(h->spans, h->space * sizeof(*h->spans));
	}
	h->spans[h->n++] = (struct code_span){start, end - start, role};
}

static void
join_roles(struct highlight *h, size_t n)
{
	size_t start = 0;

	h->n = 0;
	for (size_t at = 1; at <= n; at++) {
		if (at < n && h->roles[at] == h->roles[start])
			continue;
		if (h->roles[start] != CODE_TEXT)
			add_span(h, start, at, h->roles[start]);
		start = at;
	}
}

uint64_t
highlight_line(struct highlight *h, const struct grammar *grammar, uint64_t open, const char *text, size_t n)
{
	struct line l = {.grammar = grammar, .text = text, .roles = h->roles, .open = open};

	l.n = n > CODE_LINE_MAX ? utf8_floor(text, CODE_LINE_MAX) : n;
	memset(h->roles, CODE_TEXT, l.n);
	find_alone(&l);
	for (size_t i = 0; i < grammar->n; i++) {
		if (grammar->rules[i].alone)
			paint_alone(&l, i);
		else
			paint_rule(&l, &grammar->rules[i]);
	}
	join_roles(h, l.n);
	return l.open;
}
