/*
 * tree_view_draw.c - how a row of the tree looks: a mark where it is on the path that the chat shows, lines for the branches
 * around it, a sign before what the person said, the beginning of the text, and on the right state and model.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/cluster.h"
#include "tui/marks.h"
#include "tui/message_words.h"
#include "tui/rows.h"
#include "tui/tree_view.h"

enum {
	PREVIEW_BYTES = 512,
	MARKS_MAX = 16,
	PATH_COLS = 2,
	LEVEL_COLS = 2,
	SIGN_COLS = 2,
	STATE_FROM_COLS = 30,
	MODEL_FROM_COLS = 56,
	MODEL_COLS_MOST = 20,
	GAP_COLS = 2,
};

static const char ellipsis[] = "…";

/* ---- branches ---- */

static bool
is_last(const struct tree_view *v, size_t row)
{
	return !v->rows[row].message->next_sibling;
}

/* The branch around this one that has a line beside the row: not the last of its siblings, which goes on where they hang. */
static size_t
with_line(const struct tree_view *v, size_t branch)
{
	while (branch != TREE_NO_ROW && is_last(v, branch))
		branch = v->rows[branch].outer;
	return branch;
}

/* The row itself, where it begins a branch, else what it is in. */
static size_t
innermost(const struct tree_view *v, size_t row)
{
	return v->rows[row].branch == row ? row : with_line(v, v->rows[row].branch);
}

/* From the inside out. What there is no room for is the outermost levels; they are one "…". */
static int
draw_levels(const struct tree_view *v, size_t row, struct grid *g, int at, int col, int cols, enum style style)
{
	size_t levels = 0, most = (size_t)(cols / 3 / LEVEL_COLS), shown;
	int end;

	for (size_t b = innermost(v, row); b != TREE_NO_ROW; b = with_line(v, v->rows[b].outer))
		levels++;
	shown = levels < most ? levels : most;
	end = col + (int)shown * LEVEL_COLS;
	for (size_t b = innermost(v, row), i = shown; i > 0; b = with_line(v, v->rows[b].outer), i--) {
		const char *line = b != row ? "│" : is_last(v, b) ? "└" : "├";

		grid_puts(
		        g, at, col + (int)(i - 1) * LEVEL_COLS, end, style, i == 1 && levels > shown ? ellipsis : line);
	}
	return end;
}

/* ---- words ---- */

/* What stands for the message, and the style it has. */
static const struct buf *
text_of(const struct message *m, const char **before, enum style *style)
{
	*before = "";
	*style = m->role == CHAT_USER ? STYLE_PROMPT : STYLE_TEXT;
	if (m->content.len > 0 || m->reasoning.len == 0)
		return &m->content;
	*before = "thought: ";
	*style = STYLE_THINKING;
	return &m->reasoning;
}

static void
set_preview(const struct tree_view *v, const struct message *m, struct marked *preview, enum style *style)
{
	struct mark marks[MARKS_MAX];
	struct find_range hit;
	const char *before;
	const struct buf *whole = text_of(m, &before, style);
	size_t n = 0, len = whole->len;
	struct buf text = {0};

	buf_puts(&text, before);
	if (len > PREVIEW_BYTES)
		len = utf8_floor(buf_text(whole), PREVIEW_BYTES);
	buf_put(&text, buf_text(whole), len);
	if (text.len == 0) {
		buf_puts(&text, m->error ? message_words_told(m->error, v->hides_errors)->text : "(nothing)");
		*style = m->error ? STYLE_ERROR : STYLE_NOTE;
	}
	for (size_t at = 0; v->marks && n < MARKS_MAX && find_next(v->marks, buf_text(&text), text.len, at, &hit);
	        at = hit.start + hit.len)
		marks[n++] = (struct mark){hit.start, hit.start + hit.len};
	marked_set_line(preview, buf_text(&text), text.len, marks, n);
	buf_release(&text);
}

static const char *
state_word(const struct message *m)
{
	return m->state == MESSAGE_COMPLETE    ? ""
	       : m->state == MESSAGE_STREAMING ? "writing"
	                                       : message_state_name(m->state);
}

/* Right-aligned before `end`; returns where the rest of the row ends. */
static int
put_right(struct grid *g, int row, int end, enum style style, const char *words, int most)
{
	struct marked m = {0};
	int width;

	marked_set_line(&m, words, strlen(words), NULL, 0);
	width = cluster_width(buf_text(&m.text), m.text.len);
	width = width > most ? most : width;
	if (width > 0) {
		marked_put_clipped(&m, g, row, end - width, end, style, style);
		end -= width + GAP_COLS;
	}
	marked_release(&m);
	return end;
}

static int
put_facts(const struct message *m, struct grid *g, int row, int end, int cols, bool chosen,
        const struct tree_names *names)
{
	const char *state = state_word(m);
	enum style note = chosen ? STYLE_CHOSEN : STYLE_NOTE;

	if (cols >= MODEL_FROM_COLS && m->model.len > 0)
		end = put_right(g, row, end, note, names->shown(names->arg, buf_text(&m->model)), MODEL_COLS_MOST);
	if (*state && cols < STATE_FROM_COLS)
		state = "!";
	return put_right(g, row, end,
	        chosen                       ? STYLE_CHOSEN
	        : m->state == MESSAGE_FAILED ? STYLE_ERROR
	                                     : note,
	        state, cols);
}

static int
put_below(size_t below, struct grid *g, int row, int col, int end)
{
	char words[32];

	if (below == 0)
		return col;
	snprintf(words, sizeof(words), "+%zu", below);
	return grid_puts(g, row, col, end, STYLE_MARK, words) + 1;
}

/* ---- rows ---- */

static void
draw_row(const struct tree_view *v, size_t i, struct grid *g, struct rect r, const struct tree_names *names)
{
	const struct message *m = v->rows[i].message;
	bool chosen = i == v->chosen;
	enum style style, note = chosen ? STYLE_CHOSEN : STYLE_NOTE;
	struct marked preview = {0};
	int col = r.col + PATH_COLS, end = r.col + r.cols - 1;

	if (chosen)
		grid_paint(g, r.row, r.col, r.col + r.cols, STYLE_CHOSEN);
	if (tree_view_is_on_path(v, m))
		grid_puts(g, r.row, r.col, end, chosen ? STYLE_CHOSEN : STYLE_PROMPT, "*");
	col = draw_levels(v, i, g, r.row, col, r.cols, note);
	set_preview(v, m, &preview, &style);
	style = chosen ? STYLE_CHOSEN : style;
	if (m->role == CHAT_USER)
		grid_puts(g, r.row, col, end, style, ">");
	col = put_below(v->rows[i].below, g, r.row, col + SIGN_COLS, end);
	end = put_facts(m, g, r.row, end, r.cols, chosen, names);
	marked_put_clipped(&preview, g, r.row, col, end, style, chosen ? STYLE_HIT_CHOSEN : STYLE_HIT);
	marked_release(&preview);
}

static void
bring_into_view(struct tree_view *v, int rows)
{
	v->page = rows > 0 ? (size_t)rows : 1;
	v->top = rows_top(v->top, v->chosen, v->page, v->n);
}

void
tree_view_draw(struct tree_view *v, struct grid *g, struct rect r, const struct tree_names *names)
{
	grid_blank(g, r);
	bring_into_view(v, r.rows);
	for (int row = 0; row < r.rows && v->top + (size_t)row < v->n; row++)
		draw_row(v, v->top + (size_t)row, g, (struct rect){r.row + row, r.col, 1, r.cols}, names);
	if (v->n == 0)
		grid_puts(g, r.row, r.col + PATH_COLS, r.col + r.cols, STYLE_NOTE, "nothing was said here yet");
	g->cursor_row = r.row + (int)(v->chosen - v->top);
	g->cursor_col = r.col;
}
