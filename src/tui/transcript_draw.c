/*
 * transcript_draw.c - the rows of messages that are in the view, the cursor's mark beside them, and what stands below them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/cluster.h"
#include "text/wrap.h"
#include "tui/message_rows.h"
#include "tui/transcript.h"

enum {
	CURSOR_KEY = 2, /* for grid_line: of the mark; messages have other keys */
	ROWS_AT_ONCE = 64,
};

/* Text that is no message, wrapped to the view; where that is too small for it, without its empty rows. */
static void
draw_words(const char *words, struct grid *g, struct rect r, enum style style)
{
	int row = r.row;
	struct wrap w;
	bool all;

	wrap_init(&w, r.cols);
	wrap_text(&w, words, strlen(words));
	all = w.n <= (size_t)r.rows;
	for (size_t i = 0; i < w.n && row < r.row + r.rows; i++)
		if (all || w.lines[i].len > 0)
			grid_put(g, row++, r.col, r.col + r.cols, style, words + w.lines[i].start, w.lines[i].len);
	wrap_release(&w);
}

/* How much is new; when nothing is, how much there is. */
static char *
mark_words(const struct transcript *t, bool brief)
{
	const char *end = t->keys.end;
	size_t n = t->fresh > 0 ? t->fresh : t->below;
	bool many = n == TRANSCRIPT_COUNT_MAX;
	struct buf words = {0};

	buf_printf(&words, "%s%zu%s", many ? "over " : t->fresh > 0 ? "" : "+", n, t->fresh > 0 ? " new" : "");
	if (!brief)
		buf_puts(&words, n == 1 ? " line" : " lines");
	if (end)
		buf_printf(&words, ", %s%s", end, brief ? "" : " to follow");
	return buf_take(&words);
}

static void
draw_mark(const struct transcript *t, struct grid *g, struct rect line)
{
	char *words = mark_words(t, false);
	int end;

	if (cluster_width(words, strlen(words)) > line.cols) {
		free(words);
		words = mark_words(t, true);
	}
	grid_blank(g, line);
	end = grid_puts(g, line.row, line.col, line.col + line.cols, STYLE_MARK, words);
	grid_paint(g, line.row, line.col, end, STYLE_MARK);
	free(words);
}

static void
draw_row(const struct transcript *t, struct place p, uint64_t key, struct grid *g, struct rect line)
{
	const struct message_rows *rows = transcript_message(t, p.message);

	if (!grid_line_stands(g, line, key) && !message_rows_grow(rows, p.row, key, g, line) && grid_line(g, line, key))
		message_rows_draw(rows, p.row, g, line);
}

/* What may have marks on it is drawn again each time. */
static void
draw_marked_row(const struct transcript *t, struct place p, struct grid *g, struct rect line)
{
	grid_blank(g, line);
	message_rows_draw(transcript_message(t, p.message), p.row, g, line);
	transcript_mark_row(t, p, g, line);
}

/* Left of each row of the cursor's message; a terminal without the block gets a letter. */
static void
draw_cursor(struct grid *g, struct rect margin)
{
	static const uint32_t block = 0x258c;
	const char *mark = cluster_character_width(block) == 1 ? "▌" : ">";

	if (grid_line(g, margin, CURSOR_KEY))
		grid_puts(g, margin.row, margin.col, margin.col + 1, STYLE_PROMPT, mark);
	if (g->cursor_row < 0) {
		g->cursor_row = margin.row;
		g->cursor_col = margin.col;
	}
}

static uint64_t
row_of(const struct transcript *t, size_t byte)
{
	return message_rows_row_of(transcript_message(t, t->cursor_at), (struct spot){SPOT_CONTENT, byte});
}

/* Is the cursor at that row, or at a part that it shows? */
static bool
is_at_cursor(const struct transcript *t, struct place p)
{
	if (t->cursor == 0 || t->bare || p.message != t->cursor_at ||
	        p.row == message_rows_last(transcript_message(t, p.message)))
		return false;
	return t->part_end == 0 || (p.row >= row_of(t, t->part_start) && p.row <= row_of(t, t->part_end - 1));
}

/* The columns that the layout leaves free. */
static void
draw_margin(const struct transcript *t, struct place p, struct grid *g, struct rect margin)
{
	if (is_at_cursor(t, p))
		draw_cursor(g, margin);
	else if (margin.cols > 0)
		grid_line(g, margin, GRID_BLANK_KEY);
}

/* Rows that follow each other in a piece of a message, from this place on: as many of those of `r` as there are. The place becomes that
 * of the last one. Returns how many. */
static int
draw_piece(const struct transcript *t, struct place *p, struct grid *g, struct rect r)
{
	uint64_t keys[ROWS_AT_ONCE];
	size_t most = r.rows < ROWS_AT_ONCE ? (size_t)r.rows : ROWS_AT_ONCE;
	int n = (int)message_rows_keys(transcript_message(t, p->message), &p->row, most, keys);
	int text = r.col + r.cols - t->cols;
	bool marks = transcript_has_marks(t, p->message);

	for (int i = 0; i < n; i++) {
		struct rect line = {r.row + i, text, 1, t->cols};
		struct place at = {p->message, p->row + (uint64_t)i};

		draw_margin(t, at, g, (struct rect){r.row + i, r.col, 1, text - r.col});
		if (marks)
			draw_marked_row(t, at, g, line);
		else
			draw_row(t, at, keys[i], g, line);
	}
	p->row += (uint64_t)n - 1;
	return n;
}

/* Returns the row after the last one drawn. */
static int
draw_messages(const struct transcript *t, struct grid *g, struct rect r)
{
	struct place p = t->top;
	int row = 0, rows = transcript_text_rows(t) < r.rows ? transcript_text_rows(t) : r.rows;

	while (row < rows && p.message < t->n) {
		row += draw_piece(t, &p, g, (struct rect){r.row + row, r.col, rows - row, r.cols});
		if (message_rows_move(transcript_message(t, p.message), &p.row, 1) == 0 && ++p.message < t->n)
			p.row = message_rows_first(transcript_message(t, p.message));
	}
	return row;
}

static void
draw_failure(const struct transcript *t, struct grid *g, struct rect r)
{
	char *words = transcript_failure_words(t);

	draw_words(words, g, (struct rect){r.row, r.col + r.cols - t->cols, r.rows, t->cols}, STYLE_ERROR);
	free(words);
}

/* What stands below the messages. */
static void
draw_rest(const struct transcript *t, struct grid *g, struct rect r)
{
	bool failure = t->failure_rows > 0 && t->follow, hint = t->n == 0 && t->hint && !t->bare;

	if (failure || hint)
		grid_blank(g, r);
	if (failure)
		draw_failure(t, g, r);
	else if (hint)
		draw_words(t->hint, g, r, STYLE_NOTE);
	else
		for (int row = r.row; row < r.row + r.rows; row++)
			grid_line(g, (struct rect){row, r.col, 1, r.cols}, GRID_BLANK_KEY);
}

void
transcript_draw(const struct transcript *t, struct grid *g, struct rect r)
{
	int mark = !t->follow && !t->bare, row = t->n > 0 ? draw_messages(t, g, r) : 0;

	draw_rest(t, g, (struct rect){r.row + row, r.col, r.rows - row - mark, r.cols});
	if (mark)
		draw_mark(t, g, (struct rect){r.row + r.rows - 1, r.col, 1, r.cols});
}
