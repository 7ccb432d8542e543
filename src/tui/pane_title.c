/*
 * pane_title.c - words on a line, from both ends.
 */
#include "tui/pane_title.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"

static const char dot[] = " · ";

enum {
	RULE_COLS = 1,  /* at either end */
	TITLE_COLS = 6, /* the model goes before the title gets shorter than this */
};

static int
width_of(const char *text)
{
	return cluster_width(text, strlen(text));
}

/* With a space on each side; nothing for nothing. */
static int
width_with_blanks(const char *text)
{
	return *text ? width_of(text) + 2 : 0;
}

/* "zoomed · tiny · translator · 38.2 tok/s"; the caller's to free. */
static char *
join(const struct pane_title *t, bool with_model)
{
	const char *const parts[] = {t->zoomed ? "zoomed" : "", with_model ? t->model : "",
	        with_model && t->preset ? t->preset : "", t->state};
	struct buf out = {0};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (*parts[i])
			buf_printf(&out, "%s%s", out.len > 0 ? dot : "", parts[i]);
	return buf_take(&out);
}

/* Columns that the number and the title have, with what stands to the right of them. */
static int
left_cols(struct rect line, const char *right)
{
	return line.cols - 2 * RULE_COLS - width_with_blanks(right);
}

static char *
make_right(const struct pane_title *t, struct rect line, int number_cols)
{
	char *right = join(t, true);
	int wanted = number_cols + width_of(t->title);

	if (wanted > number_cols + TITLE_COLS)
		wanted = number_cols + TITLE_COLS;
	if (left_cols(line, right) >= wanted)
		return right;
	free(right);
	right = join(t, false);
	if (left_cols(line, right) >= number_cols)
		return right;
	free(right);
	return mem_strdup("");
}

/* With a space after it, which may be there already. Returns the column after that. */
static int
put_title(struct grid *g, int row, int col, int end, bool blank, enum style style, const char *title)
{
	if (!*title || col >= end - !blank)
		return col;
	col = grid_puts_clipped(g, row, col, end - !blank, style, title);
	return col < end ? grid_puts(g, row, col, end, style, " ") : col;
}

static void
put_tags(struct grid *g, int row, int col, int end, enum style style, const char *tags)
{
	if (tags && *tags && col + width_of(tags) < end)
		grid_puts(g, row, grid_puts(g, row, col, end, style, tags), end, style, " ");
}

void
pane_title_draw(const struct pane_title *t, struct grid *g, struct rect line)
{
	enum style style = t->focused ? STYLE_PANE_FOCUSED : STYLE_PANE;
	int end = line.col + line.cols, col = line.col + RULE_COLS;
	char number[24], *right;

	snprintf(number, sizeof(number), " %u ", t->number);
	right = make_right(t, line, width_of(number));
	grid_fill(g, line.row, line.col, end, style, t->focused ? "━" : "─");
	col = grid_puts(g, line.row, col, end, style, number);
	if (*right)
		end -= RULE_COLS + width_with_blanks(right);
	col = put_title(g, line.row, col, *right ? end : end - RULE_COLS, *right, style, t->title);
	put_tags(g, line.row, col, *right ? end : end - RULE_COLS, style, t->tags);
	if (*right) {
		end = grid_puts(g, line.row, end, line.col + line.cols, style, " ");
		end = grid_puts(g, line.row, end, line.col + line.cols, style, right);
		grid_puts(g, line.row, end, line.col + line.cols, style, " ");
	}
	free(right);
}
