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
	t->cursor = t->ids[message];
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

static bool
has_text(const struct transcript *t, size_t message)
{
	return transcript_rows_of(t, message, 2) > 1;
}

/* Rows of the view that messages have. A view that follows shows all from its top on. */
static long
view_rows(const struct transcript *t)
{
	return t->rows > 1 ? t->rows - !t->bare : 1;
}

static long
page(const struct transcript *t)
{
	return view_rows(t) > OVERLAP_ROWS ? view_rows(t) - OVERLAP_ROWS : 1;
}

/* Not above the view. */
static bool
begins_below_top(const struct transcript *t, size_t message)
{
	return !transcript_is_before(transcript_first_row(t, message), t->top);
}

/* From the view's top down to the first row of a message that begins there or below, as far as there are `most`. */
static long
rows_down_to(const struct transcript *t, size_t message, long most)
{
	return (long)transcript_rows_between(t, t->top, transcript_first_row(t, message), (size_t)most);
}

/* Does it begin below the view, or is it all above? */
static bool
is_out_of_reach(const struct transcript *t, size_t message)
{
	return message < t->top.message ||
	       (!t->follow && begins_below_top(t, message) && rows_down_to(t, message, view_rows(t)) >= view_rows(t));
}

static bool
is_shown(const struct transcript *t, size_t message)
{
	if (!has_text(t, message) || is_out_of_reach(t, message))
		return false;
	return message > t->top.message || t->top.row < message_rows_last(transcript_message(t, message));
}

/* Rows of a message that are below the view; a page at the most. */
static long
rows_below(const struct transcript *t, size_t message)
{
	struct place end = {message, message_rows_last(transcript_message(t, message))};
	long rows = 0;

	if (!t->follow && !transcript_is_before(end, t->top))
		rows = (long)transcript_rows_between(t, t->top, end, (size_t)(view_rows(t) + page(t))) - view_rows(t);
	return rows > 0 ? rows : 0;
}

/* Its start, and as much of the rest as there is room for. */
static void
show(struct transcript *t, size_t message)
{
	struct place p = transcript_first_row(t, message);
	long text = (long)transcript_rows_of(t, message, (size_t)view_rows(t) + 1) - 1;

	if (begins_below_top(t, message)) {
		if (t->follow || rows_down_to(t, message, view_rows(t)) + text <= view_rows(t))
			return;
		transcript_move(t, &p, text - view_rows(t));
	}
	transcript_set_top(t, p);
}

/* The next message in this direction that has a row to be marked; the same when there is none. */
static size_t
neighbour(const struct transcript *t, size_t message, int step)
{
	for (size_t i = message + (size_t)step; i < t->n; i += (size_t)step)
		if (has_text(t, i))
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
	size_t message;

	transcript_settle(t);
	message = t->top.message;
	if (t->n == 0)
		return false;
	for (size_t i = t->top.message; i < t->n && !is_out_of_reach(t, i); i++)
		if (is_shown(t, i) && begins_below_top(t, i))
			message = i;
	transcript_cursor_put(t, message);
	return true;
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
		transcript_scroll(t, below);
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
	t->part_end = 0;
	above = (long)transcript_rows_between(t, transcript_first_row(t, i), t->top, (size_t)page(t));
	if (!is_shown(t, i)) {
		show(t, i);
	} else if (above > 0) {
		transcript_scroll(t, -above);
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

/* As much of it as there is room for: one that has no room begins at the top. */
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
	if ((long)transcript_rows_between(t, first, last, (size_t)view_rows(t)) >= view_rows(t)) {
		transcript_set_top(t, first);
		return;
	}
	for (long i = view_rows(t); i > 0 && transcript_is_below(t, last); i--)
		transcript_scroll(t, 1);
}

void
transcript_cursor_keep(struct transcript *t)
{
	if (!settle(t) || is_shown(t, t->cursor_at))
		return;
	if (t->cursor_at > t->top.message) {
		(void)transcript_cursor_start(t);
		return;
	}
	for (size_t i = t->top.message; i < t->n; i++)
		if (is_shown(t, i) && (begins_below_top(t, i) || !(i + 1 < t->n && is_shown(t, i + 1)))) {
			transcript_cursor_put(t, i);
			return;
		}
}
