/*
 * transcript_hits.c - what was looked for, in the view: brought into it, and marked.
 */
#include "tui/hits.h"
#include "tui/transcript.h"

enum {
	ABOVE = 3, /* a hit that was not in view stands a third of it below the top */
};

static const struct message *
message_at(const struct transcript *t, size_t i)
{
	size_t n;

	return conversation_path(t->session->conversation, &n)[i];
}

static struct place_in_text
text_place_of(const struct transcript *t, const struct hit *hit)
{
	size_t n;
	const struct mark *marks = hits_marks(t->hits, hit->message, hit->part, message_at(t, hit->message), &n);

	return (struct place_in_text){hit->message, {hit->part, hit->i < n ? marks[hit->i].start : 0}};
}

static bool
is_in_view(const struct transcript *t, struct place p)
{
	int rows = t->rows - (t->follow ? t->failure_rows : !t->bare);

	return rows > 0 && !transcript_is_before(p, t->top) &&
	       transcript_rows_between(t, t->top, p, (size_t)rows) < (size_t)rows;
}

bool
transcript_is_below(const struct transcript *t, struct place p)
{
	return !transcript_is_before(p, t->top) && !is_in_view(t, p);
}

void
transcript_show_hit(struct transcript *t, const struct hit *hit)
{
	struct place_in_text p = text_place_of(t, hit);

	transcript_settle(t);
	if (transcript_reaches(t, p))
		transcript_show_place(t, transcript_place_of(t, p));
	else
		transcript_go(t, (struct transcript_place){message_at(t, hit->message)->id, p.spot});
}

void
transcript_show_place(struct transcript *t, struct place p)
{
	if (is_in_view(t, p))
		return;
	transcript_set_top(t, p);
	/* Near the end there is not enough below it: then it is where it can be seen already. */
	if (t->top.message == p.message && t->top.row == p.row)
		transcript_scroll(t, -(long)(t->rows / ABOVE));
}

static bool
is_before(struct spot a, struct spot b)
{
	return a.part != b.part ? a.part < b.part : a.byte < b.byte;
}

bool
transcript_text_is_above(const struct transcript *t, struct place_in_text p)
{
	if (p.message != t->top.message)
		return p.message < t->top.message;
	return is_before(p.spot, message_rows_spot_of(transcript_message(t, p.message), t->top.row));
}

bool
transcript_text_is_below(const struct transcript *t, struct place_in_text p)
{
	struct place below = t->top;

	if (p.message < t->top.message ||
	        transcript_move(t, &below, transcript_text_rows(t)) < transcript_text_rows(t))
		return false;
	if (p.message != below.message)
		return p.message > below.message;
	return !is_before(p.spot, message_rows_spot_of(transcript_message(t, p.message), below.row));
}

bool
transcript_hit_in_view(const struct transcript *t, struct hit *hit)
{
	bool found = hits_first_in(t->hits, t->top.message, hit);

	while (found && hit->message == t->top.message && transcript_text_is_above(t, text_place_of(t, hit)))
		found = hits_next(t->hits, hit);
	return found || hits_last(t->hits, hit);
}

bool
transcript_hides(const struct transcript *t, const struct hit *hit)
{
	uint64_t id = hits_message(t->hits, hit);

	return hit->part == SPOT_THOUGHT ? !transcript_is_unfolded(t, id) : transcript_is_folded(t, id);
}

/* ---- drawing ---- */

bool
transcript_has_marks(const struct transcript *t, size_t message)
{
	struct hit hit;

	return t->hits && hits_first_in(t->hits, message, &hit) && hit.message == message;
}

void
transcript_mark_row(const struct transcript *t, struct place p, struct grid *g, struct rect line)
{
	static const enum spot_part parts[] = {SPOT_THOUGHT, SPOT_CONTENT};

	for (int i = 0; i < 2; i++) {
		bool here = hits_has(t->hits, &t->here) && t->here.message == p.message && t->here.part == parts[i];
		size_t n;
		const struct mark *marks = hits_marks(t->hits, p.message, parts[i], message_at(t, p.message), &n);

		message_rows_mark(
		        transcript_message(t, p.message), p.row, g, line, parts[i], marks, n, here ? t->here.i : SIZE_MAX);
	}
}
