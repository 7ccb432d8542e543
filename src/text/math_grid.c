/*
 * math_grid.c - a column is as wide as its widest cell. The vertical bars of an array's columns are drawn.
 */
#include "text/math_grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

static const struct math_environment environments[] = {
        {"matrix", "", "", "c", false},
        {"pmatrix", "(", ")", "c", false},
        {"bmatrix", "[", "]", "c", false},
        {"Bmatrix", "{", "}", "c", false},
        {"vmatrix", "|", "|", "c", false},
        {"Vmatrix", "‖", "‖", "c", false},
        {"smallmatrix", "", "", "c", false},
        {"array", "", "", "", false},
        {"cases", "{", "", "l", false},
        {"dcases", "{", "", "l", false},
        {"rcases", "", "}", "l", false},
        {"aligned", "", "", "rl", true},
        {"align", "", "", "rl", true},
        {"align*", "", "", "rl", true},
        {"split", "", "", "rl", true},
        {"eqnarray", "", "", "rcl", true},
        {"eqnarray*", "", "", "rcl", true},
        {"gather", "", "", "c", true},
        {"gather*", "", "", "c", true},
        {"gathered", "", "", "c", true},
        {"multline", "", "", "l", true},
        {"multline*", "", "", "l", true},
        {"equation", "", "", "l", true},
        {"equation*", "", "", "l", true},
};

const struct math_environment *
math_find_environment(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(environments); i++)
		if (strlen(environments[i].name) == n && memcmp(environments[i].name, name, n) == 0)
			return &environments[i];
	return NULL;
}

/* ---- cells ---- */

void
math_grid_init(struct math_grid *g, const struct math_environment *environment)
{
	*g = (struct math_grid){.environment = environment, .columns = environment->columns};
}

void
math_grid_release(struct math_grid *g)
{
	for (int i = 0; i < g->n_cells; i++)
		math_box_release(&g->cells[i]);
	free(g->cells);
	g->cells = NULL;
	g->n_cells = 0;
}

struct math_box *
math_grid_add(struct math_grid *g)
{
	if (g->n_cells - g->starts[g->n_rows] == MATH_GRID_COLS)
		return NULL;
	g->cells = mem_realloc(g->cells, (size_t)(g->n_cells + 1) * sizeof(*g->cells));
	g->cells[g->n_cells] = (struct math_box){0};
	return &g->cells[g->n_cells++];
}

bool
math_grid_end_row(struct math_grid *g)
{
	if (g->n_rows == MATH_GRID_ROWS)
		return false;
	g->starts[++g->n_rows] = g->n_cells;
	return true;
}

static const struct math_box *
cell(const struct math_grid *g, int row, int col)
{
	static const struct math_box none;
	int i = g->starts[row] + col;

	return i < g->starts[row + 1] ? &g->cells[i] : &none;
}

static int
count_columns(const struct math_grid *g)
{
	int most = 0;

	for (int row = 0; row < g->n_rows; row++)
		if (g->starts[row + 1] - g->starts[row] > most)
			most = g->starts[row + 1] - g->starts[row];
	return most;
}

/* ---- columns ---- */

/* The letter of the col-th column. `bar`: a vertical one stands before it. */
static char
column_letter(const struct math_grid *g, int col, bool *bar)
{
	const char *at = g->columns;

	*bar = false;
	for (int left = col; *at; at++) {
		if (*at == '|')
			*bar = true;
		if (!strchr("lcr", *at))
			continue;
		if (left-- == 0)
			return *at;
		*bar = false;
		if (!at[1] && g->environment->columns[0])
			at = g->columns - 1;
	}
	return 'c';
}

static enum math_align
align_of(char letter)
{
	return letter == 'l' ? MATH_ALIGN_LEFT : letter == 'r' ? MATH_ALIGN_RIGHT : MATH_ALIGN_CENTRE;
}

static int
column_width(const struct math_grid *g, int col)
{
	int width = 0;

	for (int row = 0; row < g->n_rows; row++)
		if (cell(g, row, col)->cols > width)
			width = cell(g, row, col)->cols;
	return width;
}

/* What stands between a column and the one before it. */
static const char *
gap_before(const struct math_grid *g, int col)
{
	bool bar;
	char letter = column_letter(g, col, &bar);

	if (col == 0)
		return bar ? "│ " : "";
	if (bar)
		return " │ ";
	if (!g->environment->equations)
		return "  ";
	return letter == 'r' ? "    " : " ";
}

/* ---- rows above each other ---- */

static void
put_cell(const struct math_grid *g, int row, int col, struct math_box *line)
{
	struct math_box padded = {0};
	bool bar;
	char letter = column_letter(g, col, &bar);

	math_box_join(&padded, cell(g, row, col), 0);
	math_box_pad(&padded, column_width(g, col), align_of(letter));
	math_box_puts(line, gap_before(g, col));
	math_box_join(line, &padded, line->base);
	math_box_release(&padded);
}

void
math_grid_stack(const struct math_grid *g, struct math_box *out)
{
	int n = count_columns(g);

	for (int row = 0; row < g->n_rows; row++) {
		struct math_box line = {0};

		for (int col = 0; col < n; col++)
			put_cell(g, row, col, &line);
		if (row == 0)
			math_box_join(out, &line, 0);
		else
			math_box_stack(out, &line, MATH_ALIGN_LEFT);
		math_box_release(&line);
	}
	out->base = (math_box_rows(out) - 1) / 2;
	math_box_fence(out, g->environment->open, g->environment->close);
}

/* ---- one row ---- */

static bool
ends_with_comma(const struct math_box *b)
{
	return b->text.len > 0 && b->text.data[b->text.len - 1] == ',';
}

void
math_grid_line(const struct math_grid *g, struct math_box *out)
{
	math_box_puts(out, g->environment->open);
	for (int row = 0; row < g->n_rows; row++) {
		if (row > 0)
			math_box_puts(out, "; ");
		for (int i = g->starts[row]; i < g->starts[row + 1]; i++) {
			if (i > g->starts[row])
				math_box_puts(out, g->environment->equations || ends_with_comma(out) ? " " : ", ");
			math_box_join(out, &g->cells[i], out->base);
		}
	}
	math_box_puts(out, g->environment->close);
}
