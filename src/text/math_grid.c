/*
 * math_grid.c - a column is as wide as its widest cell. The vertical bars of an array's columns are drawn.
 */
#include "text/math_grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "text/cluster.h"
#include "text/math_fence.h"

static const struct math_environment environments[] = {
        {"Bmatrix", "{", "}", "c", false, false},
        {"Vmatrix", "‖", "‖", "c", false, false},
        {"align", "", "", "rl", true, false},
        {"align*", "", "", "rl", true, false},
        {"alignat", "", "", "rl", true, true},
        {"alignat*", "", "", "rl", true, true},
        {"aligned", "", "", "rl", true, false},
        {"alignedat", "", "", "rl", true, true},
        {"array", "", "", "", false, false},
        {"bmatrix", "[", "]", "c", false, false},
        {"bmatrix*", "[", "]", "c", false, false},
        {"cases", "{", "", "l", false, false},
        {"darray", "", "", "", false, false},
        {"dcases", "{", "", "l", false, false},
        {"displaymath", "", "", "l", true, false},
        {"drcases", "", "}", "l", false, false},
        {"eqnarray", "", "", "rcl", true, false},
        {"eqnarray*", "", "", "rcl", true, false},
        {"equation", "", "", "l", true, false},
        {"equation*", "", "", "l", true, false},
        {"flalign", "", "", "rl", true, false},
        {"flalign*", "", "", "rl", true, false},
        {"gather", "", "", "c", true, false},
        {"gather*", "", "", "c", true, false},
        {"gathered", "", "", "c", true, false},
        {"math", "", "", "l", true, false},
        {"matrix", "", "", "c", false, false},
        {"matrix*", "", "", "c", false, false},
        {"multline", "", "", "l", true, false},
        {"multline*", "", "", "l", true, false},
        {"multlined", "", "", "l", true, false},
        {"pmatrix", "(", ")", "c", false, false},
        {"pmatrix*", "(", ")", "c", false, false},
        {"rcases", "", "}", "l", false, false},
        {"smallmatrix", "", "", "c", false, false},
        {"split", "", "", "rl", true, false},
        {"subarray", "", "", "", false, false},
        {"subequations", "", "", "l", true, false},
        {"substack", "", "", "c", false, false},
        {"vmatrix", "|", "|", "c", false, false},
        {"vmatrix*", "|", "|", "c", false, false},
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

/* The text between a column and the one before it. */
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
	if (column_width(g, col - 1) == 0)
		return "";
	return letter == 'r' ? "    " : " ";
}

/* A bar after the last column. */
static const char *
closing_bar(const struct math_grid *g)
{
	size_t n = strlen(g->columns);

	return n > 1 && g->columns[n - 1] == '|' ? " │" : "";
}

static void
stack_line(struct math_box *out, const struct math_box *line)
{
	if (out->n_lines == 0)
		math_box_join(out, line, 0);
	else
		math_box_stack(out, line, MATH_ALIGN_LEFT);
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

/* A rule crosses the bars between columns. */
static void
put_rule(const struct math_grid *g, int n_cols, struct math_box *line)
{
	for (int col = 0; col < n_cols; col++) {
		const char *gap = gap_before(g, col);
		const char *bar = strstr(gap, "│");
		int cols = cluster_width(gap, strlen(gap)), before = bar ? (int)(bar - gap) : cols;

		math_box_fill(line, "─", before);
		math_box_puts(line, bar ? "┼" : "");
		math_box_fill(line, "─", bar ? cols - before - 1 : 0);
		math_box_fill(line, "─", column_width(g, col));
	}
	math_box_puts(line, closing_bar(g));
}

static void
stack_row(const struct math_grid *g, int row, int n_cols, struct math_box *out)
{
	struct math_box line = {0}, rule = {0};

	for (int col = 0; col < n_cols && row < g->n_rows; col++)
		put_cell(g, row, col, &line);
	if (g->rules[row]) {
		put_rule(g, n_cols, &rule);
		stack_line(out, &rule);
	}
	if (row < g->n_rows) {
		math_box_puts(&line, closing_bar(g));
		stack_line(out, &line);
	}
	math_box_release(&rule);
	math_box_release(&line);
}

/* The rule below the last row, too. */
void
math_grid_stack(const struct math_grid *g, struct math_box *out)
{
	int n_cols = count_columns(g);

	for (int row = 0; row <= g->n_rows; row++)
		stack_row(g, row, n_cols, out);
	out->base = (math_box_rows(out) - 1) / 2;
	math_fence(out, g->environment->open, g->environment->close);
}

/* ---- one row, or one for each equation ---- */

static bool
ends_with_comma(const struct math_box *b)
{
	size_t n = math_box_length(b, 0);

	return n > 0 && math_box_text(b, 0)[n - 1] == ',';
}

static void
put_cells(const struct math_grid *g, int row, struct math_box *out)
{
	for (int i = g->starts[row]; i < g->starts[row + 1]; i++) {
		if (i > g->starts[row] && !(g->environment->equations && g->cells[i - 1].cols == 0))
			math_box_puts(out, g->environment->equations || ends_with_comma(out) ? " " : ", ");
		math_box_join(out, &g->cells[i], out->base);
	}
}

void
math_grid_line(const struct math_grid *g, struct math_box *out)
{
	math_box_puts(out, g->environment->open);
	for (int row = 0; row < g->n_rows; row++) {
		if (row > 0 && ends_with_comma(out))
			math_box_cut(out);
		if (row > 0)
			math_box_puts(out, strcmp(g->environment->name, "substack") == 0 ? ", " : "; ");
		put_cells(g, row, out);
	}
	math_box_puts(out, g->environment->close);
}

void
math_grid_lines(const struct math_grid *g, struct math_box *out)
{
	for (int row = 0; row < g->n_rows; row++) {
		struct math_box line = {0};

		put_cells(g, row, &line);
		stack_line(out, &line);
		math_box_release(&line);
	}
}
