/*
 * grammar.c - the lines of one syntax become rules.
 */
#include "syntax/grammar.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "syntax/grammar_role.h"
#include "syntax/nanorc.h"

/* A syntax while it is read. */
struct reader {
	struct grammar *grammar;
	struct nanorc_piece colours[GRAMMAR_RULES_MAX]; /* of its rules */
	bool known[GRAMMAR_RULES_MAX];                  /* their roles are, by samples */
	struct nanorc_piece comment;                    /* what its comments begin with; n is 0: not said */
	size_t n_open;
};

void
grammar_free(struct grammar *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->n; i++) {
		regex_free(g->rules[i].start);
		regex_free(g->rules[i].end);
	}
	regex_room_free(g->room);
	free(g);
}

/* ---- a line ---- */

/* "//", or "<!--|-->" in front of and after what is said. */
static void
read_comment(struct reader *r, struct nanorc_line *line)
{
	struct nanorc_piece sign;
	const char *bar;

	if (!nanorc_argument(line, &sign))
		return;
	bar = memchr(sign.text, '|', sign.n);
	r->comment = (struct nanorc_piece){sign.text, bar ? (size_t)(bar - sign.text) : sign.n};
}

static void
add_rule(struct reader *r, struct grammar_rule rule, struct nanorc_piece colour)
{
	struct grammar *g = r->grammar;

	if (g->n == GRAMMAR_RULES_MAX || (rule.end && r->n_open == GRAMMAR_OPEN_MAX)) {
		regex_free(rule.start);
		regex_free(rule.end);
		return;
	}
	if (rule.end)
		rule.open = UINT64_C(1) << r->n_open++;
	r->colours[g->n] = colour;
	r->known[g->n] = piece_is(colour, "normal") || grammar_role_try(&rule, g->room, r->comment);
	g->rules[g->n++] = rule;
}

static void
read_color(struct reader *r, struct nanorc_line *line)
{
	bool fold_case = line->command == NANORC_ICOLOR;
	struct nanorc_piece colour, start, end;

	if (!nanorc_argument(line, &colour) || (colour = grammar_role_foreground(colour)).n == 0)
		return;
	while (nanorc_expression(line, &start, &end)) {
		struct grammar_rule rule = {.start = regex_new(start.text, start.n, fold_case)};

		if (rule.start && end.text)
			rule.end = regex_new(end.text, end.n, fold_case);
		if (rule.start && (rule.end || !end.text))
			add_rule(r, rule, colour);
		else
			regex_free(rule.start);
	}
}

/* ---- the syntax ---- */

static bool
begins(struct nanorc_line *line, const char *name)
{
	struct nanorc_piece word;

	return nanorc_argument(line, &word) && piece_is(word, name);
}

/* `only_comment`: what the roles are found by must be known first, and may stand anywhere. */
static void
read_syntax(struct reader *r, const char *nanorc, size_t n, const char *name, bool only_comment)
{
	struct nanorc lines = nanorc_of(nanorc, n);
	struct nanorc_line line;
	bool inside = false;

	while (nanorc_next(&lines, &line)) {
		if (line.command == NANORC_SYNTAX)
			inside = begins(&line, name);
		else if (!inside)
			continue;
		else if (line.command == NANORC_COMMENT && only_comment)
			read_comment(r, &line);
		else if ((line.command == NANORC_COLOR || line.command == NANORC_ICOLOR) && !only_comment)
			read_color(r, &line);
	}
}

/* A rule that no sample is like, by the first one of its colour that some sample is. */
static enum code_role
role_like(const struct reader *r, size_t rule)
{
	const struct grammar *g = r->grammar;

	for (size_t i = 0; i < g->n; i++) {
		enum code_role role = g->rules[i].role;
		bool same = r->colours[i].n == r->colours[rule].n &&
		            memcmp(r->colours[i].text, r->colours[rule].text, r->colours[rule].n) == 0;

		if (r->known[i] && same &&
		        (role == CODE_KEYWORD || role == CODE_TYPE || role == CODE_NAME || role == CODE_NUMBER))
			return role;
	}
	return grammar_role_of_colour(r->colours[rule]);
}

struct grammar *
grammar_new(const char *nanorc, size_t n, const char *name)
{
	struct reader r = {.grammar = mem_alloc(sizeof(*r.grammar))};

	r.grammar->room = regex_room_new();
	read_syntax(&r, nanorc, n, name, true);
	read_syntax(&r, nanorc, n, name, false);
	for (size_t i = 0; i < r.grammar->n; i++)
		if (!r.known[i])
			r.grammar->rules[i].role = role_like(&r, i);
	if (r.grammar->n > 0)
		return r.grammar;
	grammar_free(r.grammar);
	return NULL;
}
