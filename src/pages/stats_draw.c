/*
 * stats_draw.c - the rows on the screen: measures beside each other as far as they fit, each a number and a bar.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/status.h"
#include "base/compiler.h"
#include "pages/stats_state.h"

enum {
	LABEL_COLS = 6, /* of a reply's number, with the blanks around it */
	COLUMN_LEAST = 14,
	COLUMN_MOST = 30,
	GAP_COLS = 2,
	NOTE_GAP_COLS = 2,
	SLOT_BAR_COLS = 8,
	EIGHTHS = 8, /* that a cell of a bar has */
};

/* ---- bars ---- */

/* Block elements from U+258F, an eighth, to U+2588, a whole cell. What is not nothing shows. */
static void
draw_bar(struct grid *g, int row, int col, int cols, double share)
{
	static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	int eighths = share > 0 ? (int)ceil((share > 1 ? 1 : share) * cols * EIGHTHS) : 0;

	if (cols < 1)
		return;
	grid_fill(g, row, col, col + eighths / EIGHTHS, STYLE_SIGN, "█");
	if (eighths % EIGHTHS > 0)
		grid_puts(g, row, col + eighths / EIGHTHS, col + cols, STYLE_SIGN, parts[eighths % EIGHTHS]);
}

/* Of a percentage all is 100, of another measure the largest value in view of the section. */
static double
full_bar(const struct stats_page *p, const struct stats_row *row, int measure)
{
	return measure == TALLY_CACHED || measure == TALLY_DRAFTS ? 100 : p->most[row->section][measure];
}

/* Right-aligned. */
static void
draw_label(struct grid *g, int at, const char *label)
{
	int width = (int)strlen(label), col = LABEL_COLS - 2 - width;

	grid_puts(g, at, col > 0 ? col : 0, LABEL_COLS - 1, STYLE_TEXT, label);
}

/* ---- columns ---- */

static int
column_cols(int cols)
{
	int room = cols - LABEL_COLS, n = room / COLUMN_LEAST, each;

	n = n < 1 ? 1 : n > TALLY_N_MEASURES ? TALLY_N_MEASURES : n;
	each = room / n;
	return each > COLUMN_MOST ? COLUMN_MOST : each;
}

static void
share_columns(struct stats_page *p, int cols)
{
	int n = (cols - LABEL_COLS) / COLUMN_LEAST;

	p->columns = n < 1 ? 1 : n > TALLY_N_MEASURES ? TALLY_N_MEASURES : n;
	if (p->column > TALLY_N_MEASURES - p->columns)
		p->column = TALLY_N_MEASURES - p->columns;
}

/* Right-aligned in its columns. */
static void
draw_value(struct grid *g, int row, int col, int end, const struct stats_row *r, int measure)
{
	struct buf words = {0};
	int width;

	if (r->known[measure])
		tally_put_value(&words, (enum tally_measure)measure, r->values[measure]);
	else
		buf_puts(&words, "-");
	width = (int)words.len;
	grid_puts(g, row, width < end - col ? end - width : col, end, r->known[measure] ? STYLE_TEXT : STYLE_NOTE,
	        buf_text(&words));
	buf_release(&words);
}

static void
draw_measure(
        const struct stats_page *p, struct grid *g, int row, struct rect r, const struct stats_row *stats, int measure)
{
	int value_end = r.col + TALLY_VALUE_COLS, bar = value_end + 1;

	draw_value(g, row, r.col, value_end, stats, measure);
	if (stats->known[measure])
		draw_bar(g, row, bar, r.col + r.cols - GAP_COLS - bar,
		        stats->values[measure] / full_bar(p, stats, measure));
}

static void
draw_bars(const struct stats_page *p, struct grid *g, int at, const struct stats_row *row)
{
	int width = column_cols(g->cols);

	draw_label(g, at, row->text);
	if (row->note) {
		grid_puts_clipped(g, at, LABEL_COLS, g->cols - 1, STYLE_NOTE, row->note);
		return;
	}
	for (int i = 0; i < p->columns; i++)
		draw_measure(p, g, at, (struct rect){at, LABEL_COLS + i * width, 1, width}, row, p->column + i);
}

/* Above the numbers' end where there is room. */
static void
draw_measures(const struct stats_page *p, struct grid *g, int at)
{
	int width = column_cols(g->cols);

	for (int i = 0; i < p->columns; i++)
		grid_puts_clipped(g, at, LABEL_COLS + i * width, LABEL_COLS + (i + 1) * width - 1, STYLE_NOTE,
		        tally_heading((enum tally_measure)(p->column + i)));
}

/* ---- rows ---- */

/* The note gives way where there is no room for both. */
static void
draw_named(struct grid *g, int at, int col, enum style style, const struct stats_row *row)
{
	int end = grid_puts_clipped(g, at, col, g->cols - 1, style, row->text), width;

	if (!row->note)
		return;
	width = cluster_width(row->note, strlen(row->note));
	if (end + NOTE_GAP_COLS + width <= g->cols - 1)
		grid_puts(g, at, g->cols - 1 - width, g->cols, STYLE_NOTE, row->note);
}

static void
draw_slot(struct grid *g, int at, const struct stats_row *row)
{
	const struct slot *slot = &row->slot;
	char label[24];

	snprintf(label, sizeof(label), "%lld", (long long)slot->id);
	draw_label(g, at, label);
	draw_bar(g, at, LABEL_COLS, SLOT_BAR_COLS, slot->n_ctx > 0 ? (double)slot->used / (double)slot->n_ctx : 0);
	grid_puts_clipped(g, at, LABEL_COLS + SLOT_BAR_COLS + 1, g->cols - 1, slot->is_busy ? STYLE_STRONG : STYLE_TEXT,
	        row->text);
}

static void
draw_row(const struct stats_page *p, struct grid *g, int at, const struct stats_row *row)
{
	switch (row->type) {
	case STATS_ROW_BLANK:
		break;
	case STATS_ROW_HEADING:
		draw_named(g, at, 1, STYLE_HEADING, row);
		break;
	case STATS_ROW_NAME:
		draw_named(g, at, 2, STYLE_STRONG, row);
		break;
	case STATS_ROW_TEXT:
		grid_puts_clipped(g, at, 2, g->cols - 1, STYLE_TEXT, row->text);
		break;
	case STATS_ROW_MEASURES:
		draw_measures(p, g, at);
		break;
	case STATS_ROW_BARS:
		draw_bars(p, g, at, row);
		break;
	case STATS_ROW_SLOT:
		draw_slot(g, at, row);
		break;
	}
}

static void
put_keys(const struct app *app, const struct stats_page *p, int cols, struct buf *out)
{
	static const struct hint_row all[] = {{"stats-close", "close"}, {"stats-right", "more measures"},
	        {"stats-left", "measures before"}, {"stats-section", "next part"}, {"stats-page-down", "down"}};
	struct hint_row rows[ARRAY_LEN(all)];
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if ((i == 1 && p->column + p->columns == TALLY_N_MEASURES) || (i == 2 && p->column == 0) ||
		        (i > 2 && (long)p->n <= p->scroll.height))
			continue;
		rows[n++] = all[i];
	}
	hint_put_rows(out, &app->keymap, CONTEXT_STATS, rows, n, cols);
}

void
stats_draw(struct app *app, struct stats_page *p, struct grid *g)
{
	struct buf keys = {0};
	long top;

	grid_clear(g);
	share_columns(p, g->cols);
	p->scroll.height = g->rows - 1;
	p->scroll.n_rows = (long)p->n;
	top = page_scroll_top(&p->scroll);
	for (int i = 0; i < p->scroll.height && top + i < (long)p->n; i++)
		draw_row(p, g, i, &p->rows[top + i]);
	put_keys(app, p, status_words_cols(app, g->cols), &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}
