/*
 * lens_draw.c - a row with the title and what the shades mean, the reply, and a panel with the candidates.
 */
#include "tui/lens_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "text/cluster.h"
#include "tui/page_parts.h"

enum {
	MARGIN_COLS = 1,
	BESIDE_LEAST = 66, /* columns of the screen from which on the panel stands beside the reply */
	PANEL_COLS = 30,
	BELOW_ROWS_MOST = 10, /* of the panel below it */
	TEXT_COLS_LEAST = 4,
	SHARE_COLS = 7, /* "100.0 %" */
	BAR_COLS_MOST = 8,
};

static const enum style styles[] = {[LENS_SURE] = STYLE_TEXT,
        [LENS_LIKELY] = STYLE_LENS_LIKELY,
        [LENS_UNSURE] = STYLE_LENS_UNSURE,
        [LENS_RARE] = STYLE_LENS_RARE};

static bool
is_beside(int cols)
{
	return cols >= BESIDE_LEAST;
}

int
lens_text_cols(int cols)
{
	int left = cols - 2 * MARGIN_COLS - (is_beside(cols) ? PANEL_COLS + 2 : 0);

	return left > TEXT_COLS_LEAST ? left : TEXT_COLS_LEAST;
}

/* ---- the first row ---- */

static int
draw_legend(struct grid *g, struct rect r)
{
	static const struct {
		const char *words;
		enum lens_class class;
	} rows[] = {{"≥90%", LENS_SURE}, {"≥50%", LENS_LIKELY}, {"≥20%", LENS_UNSURE}, {"<20%", LENS_RARE}};
	int cols = (int)ARRAY_LEN(rows) * 5 - 1, begin = r.col + r.cols - cols - MARGIN_COLS, col = begin;

	if (begin < r.col)
		return r.col + r.cols;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		col = grid_puts(g, r.row, col, r.col + r.cols, styles[rows[i].class], rows[i].words) + 1;
	return begin;
}

/* ---- the reply ---- */

static size_t
first_piece(const struct lens *l, long row)
{
	size_t low = 0, high = l->n_pieces;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->pieces[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The rows of the token with the cursor come into view, with one above and below. */
static void
scroll(struct lens *l, int rows)
{
	long last = l->n_pieces > 0 ? l->pieces[l->n_pieces - 1].row : 0, first, end;
	long least = rows > 4 ? 1 : 0;

	if (lens_token(l)) {
		first = l->pieces[l->items[l->cursor].piece].row;
		end = first;
		for (size_t i = l->items[l->cursor].piece; i < l->n_pieces && l->pieces[i].item == l->cursor; i++)
			end = l->pieces[i].row;
		if (end + least >= l->top + rows)
			l->top = end + least - rows + 1;
		if (first - least < l->top)
			l->top = first - least;
	}
	if (l->top > last - rows + 1)
		l->top = last - rows + 1;
	if (l->top < 0)
		l->top = 0;
}

static enum style
style_of(const struct lens *l, size_t item)
{
	if (l->items[item].is_gap)
		return STYLE_NOTE;
	return item == l->cursor ? STYLE_MARK : styles[lens_class(&l->items[item].token)];
}

static void
draw_text(struct lens *l, struct grid *g, struct rect r)
{
	scroll(l, r.rows);
	for (size_t i = first_piece(l, l->top); i < l->n_pieces && l->pieces[i].row < l->top + r.rows; i++) {
		const struct lens_piece *p = &l->pieces[i];

		grid_put(g, r.row + (int)(p->row - l->top), r.col + p->col, r.col + r.cols, style_of(l, p->item),
		        l->shown.data + p->at, p->n);
	}
}

/* ---- the panel ---- */

/* A candidate, or the token itself. */
struct choice {
	struct token_candidate candidate;
	bool is_own, is_chosen;
};

static struct choice
read_choice(const struct lens *l, const struct message *m, size_t i)
{
	const struct token *t = lens_token(l);
	struct choice choice = {.is_chosen = i == l->choice};
	size_t own;
	const struct buf *text = t->flags & TOKEN_THOUGHT ? &m->reasoning : &m->content;

	(void)lens_rows(t, &own);
	choice.is_own = i == own;
	if (!tokens_candidate(&m->tokens, t, i, &choice.candidate))
		choice.candidate = (struct token_candidate){buf_text(text) + t->at, t->n, t->nats};
	return choice;
}

/* "34.2 %". A share that is not 0 is not shown as 0. */
static void
put_share(char words[16], unsigned nats)
{
	double p = token_probability(nats) * 100;

	snprintf(words, 16, p > 0 && p < 0.05 ? "<0.1 %%" : "%.1f %%", p);
}

static void
draw_choice(struct grid *g, struct rect r, const struct choice *choice)
{
	static const char full[] = "▇";
	enum style style = choice->is_chosen ? STYLE_CHOSEN : STYLE_TEXT;
	int end = r.col + r.cols, bar = r.cols > PANEL_COLS - 4 ? BAR_COLS_MOST : 0, share = end - bar - SHARE_COLS - 1;
	int filled = (int)(token_probability(choice->candidate.nats) * bar + 0.5);
	struct buf shown = {0};
	char words[16];

	lens_show(&shown, choice->candidate.s, choice->candidate.n, true);
	put_share(words, choice->candidate.nats);
	grid_paint(g, r.row, r.col, end, style);
	grid_puts(g, r.row, r.col, end, style, choice->is_chosen ? "›" : " ");
	grid_puts(g, r.row, r.col + 1, end, style, choice->is_own ? "•" : " ");
	grid_puts_clipped(g, r.row, r.col + 3, share - 1, style, shown.len > 0 ? shown.data : "(no text)");
	grid_puts(g, r.row, share + SHARE_COLS - (int)strlen(words), end, style, words);
	grid_fill(g, r.row, end - bar, end - bar + filled, style, full);
	buf_release(&shown);
}

static const char *
note_of(const struct token *t)
{
	if (t->flags & TOKEN_TAKEN)
		return "taken by you";
	if (t->flags & TOKEN_PART)
		return "may end a character of several tokens";
	if (t->flags & TOKEN_CUT)
		return "only a part of it is text";
	return t->own == 0 ? "was none of the candidates" : "";
}

static void
put_heading(const struct lens *l, struct buf *out)
{
	buf_printf(out, "token %zu of %zu", lens_number(l), l->n_tokens);
	if (lens_token(l)->flags & TOKEN_THOUGHT)
		buf_puts(out, " · thought");
	if (*note_of(lens_token(l)))
		buf_printf(out, " · %s", note_of(lens_token(l)));
}

/* As many rows as there are; the chosen one among them. */
static void
draw_choices(const struct lens *l, const struct message *m, struct grid *g, struct rect r)
{
	size_t own, n = lens_rows(lens_token(l), &own), rows = (size_t)(r.rows > 0 ? r.rows : 0);
	size_t first = l->choice >= rows ? l->choice + 1 - rows : 0;

	for (size_t i = 0; i < rows && first + i < n; i++) {
		struct choice choice = read_choice(l, m, first + i);

		draw_choice(g, (struct rect){r.row + (int)i, r.col, 1, r.cols}, &choice);
	}
}

static void
draw_beside(const struct lens *l, const struct message *m, struct grid *g, struct rect r)
{
	struct buf heading = {0};

	for (int i = 0; i < r.rows; i++)
		grid_puts(g, r.row + i, r.col, r.col + 1, STYLE_PANE, "│");
	put_heading(l, &heading);
	page_words_draw(g, (struct rect){r.row, r.col + 2, 2, r.cols - 3}, heading.data);
	draw_choices(l, m, g, (struct rect){r.row + 3, r.col + 2, r.rows - 3, r.cols - 3});
	buf_release(&heading);
}

static void
draw_below(const struct lens *l, const struct message *m, struct grid *g, struct rect r)
{
	struct buf heading = {0};

	put_heading(l, &heading);
	page_rule_draw(g, r.row, heading.data);
	draw_choices(l, m, g, (struct rect){r.row + 1, r.col + MARGIN_COLS, r.rows - 1, r.cols - 2 * MARGIN_COLS});
	buf_release(&heading);
}

/* Below the reply: as many rows as the candidates need, up to half of the area. */
static int
panel_rows(const struct lens *l, int rows)
{
	size_t own, n = lens_rows(lens_token(l), &own);
	int want = (int)(n < BELOW_ROWS_MOST ? n : BELOW_ROWS_MOST) + 1;

	return want > rows / 2 ? rows / 2 : want;
}

/* ---- all of it ---- */

static void
draw_parts(struct lens *l, const struct message *m, struct grid *g, struct rect r)
{
	struct rect text = {r.row, r.col + MARGIN_COLS, r.rows, lens_text_cols(r.cols)};

	if (!lens_token(l)) {
		draw_text(l, g, text);
	} else if (is_beside(r.cols)) {
		draw_text(l, g, text);
		draw_beside(l, m, g, (struct rect){r.row, r.col + r.cols - PANEL_COLS - 1, r.rows, PANEL_COLS + 1});
	} else {
		int below = panel_rows(l, r.rows);

		text.rows -= below;
		draw_text(l, g, text);
		draw_below(l, m, g, (struct rect){r.row + text.rows, r.col, below, r.cols});
	}
}

void
lens_draw(struct lens *l, const struct message *m, struct grid *g, struct rect r, const char *title, const char *empty)
{
	int end;

	lens_read(l, m, lens_text_cols(r.cols));
	end = draw_legend(g, r);
	grid_puts_clipped(g, r.row, r.col + MARGIN_COLS, end - 1, STYLE_PROMPT, title);
	if (l->n_tokens == 0 && *empty)
		page_words_draw(
		        g, (struct rect){r.row + 2, r.col + MARGIN_COLS, r.rows - 2, r.cols - 2 * MARGIN_COLS}, empty);
	else
		draw_parts(l, m, g, (struct rect){r.row + 1, r.col, r.rows - 1, r.cols});
}
