/*
 * math_environment.c - \begin, cells, rows, \end.
 */
#include "text/math_environment.h"

#include <string.h>

#include "text/math_grid.h"

bool
math_take_row_end(struct math_parser *p)
{
	math_skip_blanks(p);
	if (!math_is_command(p, "\\"))
		return false;
	p->at += 2;
	if (math_peek(p) == '*')
		p->at++;
	if (math_peek(p) == '[') { /* \\[2pt] */
		const char *end = memchr(p->s + p->at, ']', p->n - p->at);

		p->at = end ? (size_t)(end - p->s) + 1 : p->n;
	}
	return true;
}

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

static bool
parse_rows(struct math_parser *p, struct math_grid *g)
{
	for (;;) {
		if (!parse_cell(p, g))
			return false;
		if (math_take(p, '&'))
			continue;
		if (!math_grid_end_row(g))
			return false;
		if (!math_take_row_end(p))
			return true;
		math_skip_blanks(p);
		if (math_is_command(p, "end"))
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

static void
stack_lines(const struct math_grid *g, struct math_box *out)
{
	for (int row = 0; row < g->n_rows; row++) {
		struct math_grid one = {.environment = g->environment,
		        .columns = g->columns,
		        .cells = g->cells + g->starts[row],
		        .starts = {0, g->starts[row + 1] - g->starts[row]},
		        .n_rows = 1};
		struct math_box line = {0};

		math_grid_line(&one, &line);
		if (row == 0)
			math_box_join(out, &line, 0);
		else
			math_box_stack(out, &line, MATH_ALIGN_LEFT);
		math_box_release(&line);
	}
}

static void
put_grid(const struct math_parser *p, const struct math_grid *g, struct math_box *out)
{
	if (p->high)
		math_grid_stack(g, out);
	else if (p->lines && g->environment->equations)
		stack_lines(g, out);
	else
		math_grid_line(g, out);
}

bool
math_parse_environment(struct math_parser *p, struct math_item *item)
{
	const struct math_environment *environment;
	struct math_grid grid;
	const char *name, *columns;
	size_t n, columns_len;
	char spec[MATH_GRID_COLS * 2 + 1] = "";
	bool ok;

	if (!math_take_braces(p, &name, &n) || !(environment = math_find_environment(name, n)))
		return false;
	math_grid_init(&grid, environment);
	if (!environment->columns[0]) {
		if (!math_take_braces(p, &columns, &columns_len) || columns_len >= sizeof(spec))
			return false;
		memcpy(spec, columns, columns_len);
		grid.columns = spec;
	}
	ok = parse_rows(p, &grid) && take_end(p, name, n);
	if (ok)
		put_grid(p, &grid, &item->box);
	item->group = environment->open[0] || environment->close[0];
	item->kind = item->group ? MATH_OPEN : MATH_ORD;
	math_grid_release(&grid);
	return ok;
}
