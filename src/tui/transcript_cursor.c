/*
 * transcript_cursor.c - the message cursor: a message of the path, and how the view goes with it.
 *
 * The view moves as little as it can: a message that is shown whole stays where it is. One that is taller than the view is
 * gone through by pages before the cursor leaves it, and a view that is scrolled takes the cursor along.
 */
#include "tui/transcript.h"

enum {
	OVERLAP_ROWS = 2, /* of one page and the next */
};

void
transcript_cursor_put(struct transcript *t, size_t message)
{
	transcript_settle(t);
	if (message >= t->n)
		return;
	t->cursor = message_rows_message(t->messages[message]);
	t->cursor_at = message;
	t->part_end = 0;
}

/* False: there is no cursor, or no more. */
static bool
settle(struct transcript *t)
{
	transcript_settle(t);
	return t->cursor != 0;
}

/* Rows that a message has, without the blank one behind it. */
static long
text_rows_of(const struct transcript *t, size_t message)
{
	return (long)transcript_rows_of(t, message) - 1;
}

/* Rows of the view that messages have. A view that follows shows all from its top on. */
static long
view_rows(const struct transcript *t)
{
	return t->rows > 1 ? t->rows - !t->bare : 1;
}

/* From the view's top down to a message's first row; negative when that is above. Looks at the messages between only. */
static long
rows_down_to(const struct transcript *t, size_t message)
{
	long rows = -(long)t->top.row;

	for (size_t i = t->top.message; i < message; i++)
		rows += (long)transcript_rows_of(t, i);
	for (size_t i = message; i < t->top.message; i++)
		rows -= (long)transcript_rows_of(t, i);
	return rows;
}

static bool
is_shown(const struct transcript *t, size_t message)
{
	long down = rows_down_to(t, message), rows = text_rows_of(t, message);

	return rows > 0 && down + rows > 0 && (t->follow || down < view_rows(t));
}

/* Rows of a message that are below the view. */
static long
rows_below(const struct transcript *t, size_t message)
{
	long rows = t->follow ? 0 : rows_down_to(t, message) + text_rows_of(t, message) - view_rows(t);

	return rows > 0 ? rows : 0;
}

/* Its start, and as much of the rest as there is room for. */
static void
show(struct transcript *t, size_t message)
{
	long down, below;

	if (message < t->top.message || (message == t->top.message && t->top.row > 0)) {
		transcript_set_top(t, (struct place){message, 0});
		return;
	}
	down = rows_down_to(t, message);
	below = rows_below(t, message);
	if (below > 0)
		transcript_scroll(t, below < down ? below : down);
}

static long
page(const struct transcript *t)
{
	return view_rows(t) > OVERLAP_ROWS ? view_rows(t) - OVERLAP_ROWS : 1;
}

/* The next message in this direction that has a row to be marked; the same when there is none. */
static size_t
neighbour(const struct transcript *t, size_t message, int step)
{
	for (size_t i = message + (size_t)step; i < t->n; i += (size_t)step)
		if (text_rows_of(t, i) > 0)
			return i;
	return message;
}

static void
move_to(struct transcript *t, size_t message)
{
	transcript_cursor_put(t, message);
	show(t, message);
}

bool
transcript_cursor_start(struct transcript *t)
{
	size_t i;

	transcript_settle(t);
	i = t->n;
	while (i > 0 && (!is_shown(t, i - 1) || rows_down_to(t, i - 1) < 0))
		i--;
	if (t->n > 0)
		transcript_cursor_put(t, i > 0 ? i - 1 : t->top.message);
	return t->n > 0;
}

void
transcript_cursor_stop(struct transcript *t)
{
	t->cursor = 0;
	t->part_end = 0;
}

void
transcript_cursor_show(struct transcript *t)
{
	if (settle(t))
		show(t, t->cursor_at);
}

void
transcript_cursor_next(struct transcript *t)
{
	size_t i, next;
	long below;

	if (!settle(t))
		return;
	i = t->cursor_at;
	next = neighbour(t, i, 1);
	below = rows_below(t, i);
	t->part_end = 0;
	if (!is_shown(t, i)) {
		show(t, i);
	} else if (below > 0) {
		transcript_scroll(t, below < page(t) ? below : page(t));
	} else if (next != i) {
		move_to(t, next);
	} else {
		transcript_end(t);
	}
}

void
transcript_cursor_previous(struct transcript *t)
{
	size_t i;
	long above;

	if (!settle(t))
		return;
	i = t->cursor_at;
	above = -rows_down_to(t, i);
	t->part_end = 0;
	if (!is_shown(t, i)) {
		show(t, i);
	} else if (above > 0) {
		transcript_scroll(t, above < page(t) ? -above : -page(t));
	} else {
		move_to(t, neighbour(t, i, -1));
	}
}

void
transcript_cursor_first(struct transcript *t)
{
	if (settle(t))
		transcript_cursor_put(t, 0);
	transcript_start(t);
}

void
transcript_cursor_last(struct transcript *t)
{
	if (settle(t))
		transcript_cursor_put(t, t->n - 1);
	transcript_end(t);
}

/* As much of it as there is room for, its beginning above all. */
void
transcript_cursor_to_part(struct transcript *t, size_t message, size_t start, size_t end)
{
	struct place first, last;

	transcript_cursor_put(t, message);
	transcript_settle(t);
	last = transcript_place_of(t, (struct place_in_text){message, {SPOT_CONTENT, end > start ? end - 1 : start}});
	first = transcript_place_of(t, (struct place_in_text){message, {SPOT_CONTENT, start}});
	t->part_start = start;
	t->part_end = end;
	transcript_show_place(t, first);
	if ((long)(last.row - first.row) >= view_rows(t))
		return;
	for (long i = view_rows(t); i > 0 && transcript_is_below(t, last); i--)
		transcript_scroll(t, 1);
}

void
transcript_cursor_keep(struct transcript *t)
{
	if (!settle(t) || is_shown(t, t->cursor_at))
		return;
	if (rows_down_to(t, t->cursor_at) > 0) {
		(void)transcript_cursor_start(t);
		return;
	}
	for (size_t i = t->top.message; i < t->n; i++)
		if (is_shown(t, i) && (rows_down_to(t, i) >= 0 || !(i + 1 < t->n && is_shown(t, i + 1)))) {
			transcript_cursor_put(t, i);
			return;
		}
}
