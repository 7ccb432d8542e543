/*
 * transcript.c - which rows of which messages stand in the view.
 */
#include "tui/transcript.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/wrap.h"
#include "tui/message_rows.h"

void
transcript_init(struct transcript *t, struct session *session)
{
	*t = (struct transcript){.session = session, .follow = true};
}

static void
drop_messages(struct transcript *t, size_t from)
{
	for (size_t i = from; i < t->n; i++) {
		message_rows_free(t->messages[i]);
		t->messages[i] = NULL;
	}
	t->n = from < t->n ? from : t->n;
}

void
transcript_release(struct transcript *t)
{
	drop_messages(t, 0);
	free(t->messages);
	*t = (struct transcript){0};
}

/* ---- rows ---- */

static const struct message *
message_at(const struct transcript *t, size_t i)
{
	size_t n;

	return conversation_path(t->session->conversation, &n)[i];
}

/* The layout of a message of the path, up to date. */
static struct message_rows *
laid_out(const struct transcript *t, size_t i)
{
	struct message_look look = {t->cols, t->unfolded, i + 1 == t->n ? t->keys.retry : NULL};

	message_rows_update(t->messages[i], message_at(t, i), &look);
	return t->messages[i];
}

static size_t
rows_at(const struct transcript *t, size_t i)
{
	return message_rows_count(laid_out(t, i));
}

/* As many layouts as the path has messages, each of the right one. */
static void
match_path(struct transcript *t)
{
	size_t n, same = 0;
	struct message *const *path = conversation_path(t->session->conversation, &n);

	while (same < t->n && same < n && message_rows_message(t->messages[same]) == path[same]->id)
		same++;
	drop_messages(t, same);
	if (n > t->space) {
		t->space = n * 2;
		t->messages = mem_realloc(t->messages, t->space * sizeof(struct message_rows *));
	}
	for (; t->n < n; t->n++)
		t->messages[t->n] = message_rows_new(path[t->n]->id);
}

/* Moves a place by so many rows, as far as there are any; returns how many it went. */
static long
move_place(const struct transcript *t, struct place *p, long rows)
{
	long went = 0;

	while (went < rows) {
		long left = (long)(rows_at(t, p->message) - p->row), step = rows - went;

		if (step < left) {
			p->row += (size_t)step;
			return rows;
		}
		if (p->message + 1 == t->n) {
			p->row += (size_t)left - 1;
			return went + left - 1;
		}
		p->message++;
		p->row = 0;
		went += left;
	}
	while (went > rows) {
		long step = went - rows;

		if ((size_t)step <= p->row) {
			p->row -= (size_t)step;
			return rows;
		}
		went -= (long)p->row + 1;
		if (p->message == 0) {
			p->row = 0;
			return went + 1;
		}
		p->message--;
		p->row = rows_at(t, p->message) - 1;
	}
	return went;
}

/* ---- the view ---- */

/* The prompt is in the composer again, or it has an older reply. */
static char *
failure_words(const struct transcript *t)
{
	return message_rows_error_words(
	        &t->session->failed, t->session->gave_back ? t->keys.send : t->keys.retry, t->cols);
}

static int
count_failure_rows(const struct transcript *t)
{
	struct wrap w;
	char *words;
	int rows;

	if (t->session->failed.code == ERR_NONE)
		return 0;
	words = failure_words(t);
	wrap_init(&w, t->cols);
	wrap_text(&w, words, strlen(words));
	rows = (int)w.n;
	wrap_release(&w);
	free(words);
	return rows;
}

/* The rows that messages have: a failure, or the mark while the view does not follow, has its own. */
static int
text_rows(const struct transcript *t)
{
	int rows = t->rows - (t->follow ? t->failure_rows : 1);

	return rows < 1 ? 1 : rows;
}

static size_t
count_below(const struct transcript *t)
{
	struct place p = t->top;
	size_t count;

	move_place(t, &p, text_rows(t) - 1);
	/* The blank row behind the last message is not worth telling. */
	count = rows_at(t, p.message) - p.row - 1;
	for (size_t i = p.message + 1; i < t->n; i++)
		count += rows_at(t, i);
	return count > 0 ? count - 1 : 0;
}

/* The top of a view that shows the end. The blank row behind the last message is not shown. */
static void
place_at_end(struct transcript *t)
{
	t->top = (struct place){t->n - 1, rows_at(t, t->n - 1) - 1};
	move_place(t, &t->top, -(long)text_rows(t));
}

static void
hold(struct transcript *t)
{
	t->held = message_rows_spot_of(laid_out(t, t->top.message), t->top.row);
}

static void
find_top(struct transcript *t, bool other_layout)
{
	if (t->top.message >= t->n)
		t->follow = true;
	if (!t->follow && other_layout)
		t->top.row = message_rows_row_of(laid_out(t, t->top.message), t->held);
	if (!t->follow && t->top.row >= rows_at(t, t->top.message))
		t->top.row = rows_at(t, t->top.message) - 1;
	if (!t->follow)
		t->below = count_below(t);
	if (t->follow || t->below == 0)
		transcript_end(t);
}

void
transcript_layout(struct transcript *t, int rows, int cols)
{
	bool other_layout = cols != t->cols || t->unfolded != t->was_unfolded;

	t->rows = rows;
	t->cols = cols;
	t->was_unfolded = t->unfolded;
	t->failure_rows = count_failure_rows(t);
	match_path(t);
	if (t->n > 0)
		find_top(t, other_layout);
	else
		t->follow = true;
}

void
transcript_scroll(struct transcript *t, long rows)
{
	if (t->n == 0 || (t->follow && rows > 0))
		return;
	/* The mark takes a row from the bottom: what is at the top stays there. */
	t->follow = false;
	move_place(t, &t->top, rows);
	if (count_below(t) == 0) {
		transcript_end(t);
		return;
	}
	hold(t);
	t->below = count_below(t);
}

void
transcript_end(struct transcript *t)
{
	t->follow = true;
	t->below = 0;
	if (t->n > 0)
		place_at_end(t);
}

void
transcript_start(struct transcript *t)
{
	if (t->n == 0)
		return;
	t->top = (struct place){0, 0};
	transcript_scroll(t, 0);
}

void
transcript_fold(struct transcript *t)
{
	t->unfolded = !t->unfolded;
}

/* ---- drawing ---- */

/* Text that is no message, wrapped to the view. */
static void
draw_words(const char *words, struct grid *g, struct rect r, enum style style)
{
	struct wrap w;

	wrap_init(&w, r.cols);
	wrap_text(&w, words, strlen(words));
	for (size_t i = 0; i < w.n && (int)i < r.rows; i++)
		grid_put(g, r.row + (int)i, r.col, r.col + r.cols, style, words + w.lines[i].start, w.lines[i].len);
	wrap_release(&w);
}

static void
draw_mark(const struct transcript *t, struct grid *g, struct rect r)
{
	char words[64];
	int row = r.row + r.rows - 1, end;

	snprintf(words, sizeof(words), "+%zu line%s, End to follow", t->below, t->below == 1 ? "" : "s");
	if ((int)strlen(words) > r.cols)
		snprintf(words, sizeof(words), "+%zu, End", t->below);
	end = grid_puts(g, row, r.col, r.col + r.cols, STYLE_MARK, words);
	grid_paint(g, row, r.col, end, STYLE_MARK);
}

/* Returns the row behind the last one drawn. */
static int
draw_messages(const struct transcript *t, struct grid *g, struct rect r)
{
	struct place p = t->top;
	int row = 0, rows = text_rows(t) < r.rows ? text_rows(t) : r.rows;

	for (; row < rows && p.message < t->n; row++) {
		message_rows_draw(t->messages[p.message], p.row, g, (struct rect){r.row + row, r.col, 1, r.cols});
		if (++p.row >= message_rows_count(t->messages[p.message]))
			p = (struct place){p.message + 1, 0};
	}
	return row;
}

static void
draw_failure(const struct transcript *t, struct grid *g, struct rect r, int row)
{
	char *words = failure_words(t);

	draw_words(words, g, (struct rect){r.row + row, r.col, r.rows - row, r.cols}, STYLE_ERROR);
	free(words);
}

void
transcript_draw(const struct transcript *t, struct grid *g, struct rect r)
{
	int row = 0;

	if (t->n > 0)
		row = draw_messages(t, g, r);
	if (t->failure_rows > 0 && t->follow && row < r.rows)
		draw_failure(t, g, r, row);
	else if (t->n == 0 && t->hint)
		draw_words(t->hint, g, r, STYLE_NOTE);
	if (!t->follow && t->below > 0)
		draw_mark(t, g, r);
}
