/*
 * math_environment.c - \begin, cells, rows, \end.
 */
#include "text/math_environment.h"

#include <string.h>

#include "text/math_grid.h"

/* ---- columns ---- */

/* After the braces that begin at text[at]. */
static size_t
skip_group(const char *text, size_t n, size_t at)
{
	int depth = 0;

	while (at < n) {
		depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
		at++;
		if (depth == 0)
			break;
	}
	return at;
}

/* The letters and bars of {r@{\,}c|p{2cm}}; a paragraph is a column at the left. */
static bool
read_columns(const char *text, size_t n, char *columns, size_t space)
{
	size_t len = 0;

	for (size_t at = 0; at < n; at++) {
		char c = text[at];

		if (c == '*')
			return false;
		if (c == '{') {
			at = skip_group(text, n, at) - 1;
			continue;
		}
		if (!strchr("lcr|pmbX", c))
			continue;
		if (len + 1 >= space)
			return false;
		columns[len++] = strchr("pmbX", c) ? 'l' : c;
	}
	columns[len] = '\0';
	return len > 0;
}

static bool
take_columns(struct math_parser *p, char *columns, size_t space)
{
	const char *text;
	size_t n;

	return math_take_braces(p, &text, &n) && read_columns(text, n, columns, space);
}

/* [t], which says how an environment stands in its line. */
static void
skip_place(struct math_parser *p)
{
	if (p->n - p->at > 2 && p->s[p->at] == '[' && strchr("tbc", p->s[p->at + 1]) && p->s[p->at + 2] == ']')
		p->at += 3;
}

/* ---- rows ---- */

static bool
parse_cell(struct math_parser *p, struct math_grid *g)
{
	struct math_row row = {0};
	struct math_box *cell = math_grid_add(g);
	bool ok = cell && math_parse_part(p, &row, p->high && g->environment->equations, p->compact);

	if (ok)
		math_box_join(cell, &row.box, 0);
	math_row_release(&row);
	return ok;
}

static void
take_rules(struct math_parser *p, struct math_grid *g)
{
	math_skip_blanks(p);
	while (math_is_command(p, "hline")) {
		math_take_command(p);
		math_skip_blanks(p);
		g->rules[g->n_rows] = true;
	}
}

static bool
ends_grid(const struct math_parser *p)
{
	return math_is_command(p, "end") || math_peek(p) == '}';
}

static bool
parse_rows(struct math_parser *p, struct math_grid *g)
{
	take_rules(p, g);
	for (;;) {
		if (!parse_cell(p, g))
			return false;
		if (math_take(p, '&'))
			continue;
		if (!math_grid_end_row(g))
			return false;
		if (!math_take_row_end(p))
			return true;
		take_rules(p, g);
		if (ends_grid(p))
			return true;
	}
}

static bool
take_end(struct math_parser *p, const char *name, size_t n)
{
	const char *other;
	size_t len;

	if (!math_is_command(p, "end"))
		return false;
	math_take_command(p);
	return math_take_braces(p, &other, &len) && len == n && memcmp(name, other, n) == 0;
}

/* ---- both ---- */

static void
put_grid(const struct math_parser *p, const struct math_grid *g, struct math_item *item)
{
	const struct math_environment *e = g->environment;

	if (p->high)
		math_grid_stack(g, &item->box);
	else if (p->lines && p->depth == 0 && e->equations)
		math_grid_lines(g, &item->box);
	else
		math_grid_line(g, &item->box);
	item->group = e->open[0] || e->close[0];
	item->kind = item->group ? MATH_OPEN : MATH_ORD;
}

bool
math_parse_environment(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	const struct math_environment *environment;
	struct math_grid grid;
	const char *name, *unused;
	size_t n, unused_len;
	char columns[MATH_GRID_COLS * 2 + 1] = "";
	bool ok;

	(void)symbol;
	if (!math_take_braces(p, &name, &n) || !(environment = math_find_environment(name, n)))
		return false;
	skip_place(p);
	math_grid_init(&grid, environment);
	if (!environment->columns[0])
		grid.columns = columns;
	ok = (environment->columns[0] || take_columns(p, columns, sizeof(columns))) &&
	     (!environment->counts || math_take_braces(p, &unused, &unused_len)) && parse_rows(p, &grid) &&
	     take_end(p, name, n);
	if (ok)
		put_grid(p, &grid, item);
	math_grid_release(&grid);
	return ok;
}

bool
math_parse_substack(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_grid grid;
	bool ok;

	(void)symbol;
	math_grid_init(&grid, math_find_environment("substack", strlen("substack")));
	ok = math_take(p, '{') && ++p->depth < MATH_DEPTH_MAX && parse_rows(p, &grid) && math_take(p, '}');
	p->depth--;
	if (ok)
		put_grid(p, &grid, item);
	math_grid_release(&grid);
	return ok;
}
