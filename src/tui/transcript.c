/*
 * transcript.c - which rows of which messages stand in the view.
 */
#include "tui/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/cluster.h"
#include "text/wrap.h"
#include "tui/message_rows.h"
#include "tui/message_words.h"
#include "tui/transcript_inside.h"

enum {
	CURSOR_COLS = 2,
	COUNT_PIECES = 8, /* of long messages that are laid out at once to be counted; some rows are shown of each */
	FIRST_ROWS = 24,  /* of a view that no frame has shown yet */
	FIRST_COLS = 80,
};

void
transcript_init(struct transcript *t, struct session *session)
{
	*t = (struct transcript){.session = session, .follow = true};
	transcript_size(t, FIRST_ROWS, FIRST_COLS);
}

void
transcript_size(struct transcript *t, int rows, int cols)
{
	t->rows = rows;
	t->width = t->cols = cols;
}

void
transcript_release(struct transcript *t)
{
	transcript_drop_messages(t, 0);
	free(t->messages);
	free(t->ids);
	transcript_folds_release(t);
	*t = (struct transcript){0};
}

char *
transcript_failure_words(const struct transcript *t)
{
	const struct session *s = t->session;
	const struct message_room room = {.compact = t->keys.compact,
	        .begin = t->keys.begin,
	        .has_turns = t->n > (s->gave_back ? 0 : 1),
	        .in_input = s->gave_back,
	        .on_server = t->keys.on_server};

	if (s->failed.code == ERR_CONTEXT && !t->hides_errors)
		return message_words_full(&s->failed, &room, t->cols);
	return message_words_error(message_words_told(&s->failed, t->hides_errors), NULL,
	        s->gave_back ? t->keys.send : t->keys.retry, t->cols);
}

static int
count_failure_rows(const struct transcript *t)
{
	struct wrap w;
	char *words;
	int rows;

	if (t->session->failed.code == ERR_NONE || t->bare)
		return 0;
	words = transcript_failure_words(t);
	wrap_init(&w, t->cols);
	wrap_text(&w, words, strlen(words));
	rows = (int)w.n;
	wrap_release(&w);
	free(words);
	return rows;
}

int
transcript_text_rows(const struct transcript *t)
{
	int rows = t->rows - (t->follow ? t->failure_rows : !t->bare);

	return rows < 1 ? 1 : rows;
}

/* The last row shown. */
static struct place
bottom(const struct transcript *t)
{
	struct place p = t->top;

	transcript_move(t, &p, transcript_text_rows(t) - 1);
	return p;
}

/* Only what is counted has to be laid out. The blank row after the last message is not worth telling. */
static size_t
count_behind(const struct transcript *t, struct place p, size_t *pieces)
{
	size_t count =
	        transcript_count_between(t, p, transcript_last_row(t, t->n - 1), TRANSCRIPT_COUNT_MAX + 1, pieces);

	if (count > TRANSCRIPT_COUNT_MAX)
		return TRANSCRIPT_COUNT_MAX;
	return count > 0 ? count - 1 : 0;
}

/* What is shown has been seen; text that comes after it has not. */
static void
see(struct transcript *t)
{
	struct place last = bottom(t);

	/* A blank row at the very end moves with the text. */
	if (last.message + 1 == t->n && last.row == transcript_last_row(t, last.message).row)
		transcript_move(t, &last, -1);
	t->seen = (struct place_in_text){
	        last.message, message_rows_spot_of(transcript_laid_out(t, last.message), last.row)};
	t->has_seen = true;
}

static struct place
seen(const struct transcript *t)
{
	return (struct place){
	        t->seen.message, message_rows_row_of(transcript_laid_out(t, t->seen.message), t->seen.spot)};
}

/* For the mark, while the view stands somewhere above the end. Of rows that are far longer than they are wide this takes several
 * frames. */
static void
count(struct transcript *t)
{
	size_t pieces = COUNT_PIECES;

	if (t->counted && t->counted_version == t->session->version)
		return;
	t->below = count_behind(t, bottom(t), &pieces);
	if (transcript_is_before(seen(t), bottom(t)))
		see(t);
	t->fresh = count_behind(t, seen(t), &pieces);
	t->fresh = t->fresh < t->below ? t->fresh : t->below;
	t->counted = message_rows_are_all(transcript_message(t, t->top.message)) && pieces > 0;
	if (pieces == 0 && t->budget)
		*t->budget = 0;
	t->counted_version = t->session->version;
}

/* The top of a view that shows the end. The blank row after the last message is not shown. */
static void
place_at_end(struct transcript *t)
{
	t->top = transcript_last_row(t, t->n - 1);
	transcript_move(t, &t->top, -(long)transcript_text_rows(t));
}

static void
hold(struct transcript *t)
{
	t->held = message_rows_spot_of(transcript_laid_out(t, t->top.message), t->top.row);
}

static void
show_end(struct transcript *t)
{
	t->follow = !t->bare;
	t->counted = false;
	if (t->n > 0)
		place_at_end(t);
	if (t->bare && t->n > 0)
		hold(t);
}

/* Where the view would show the end. False, and it stands where it is: that would move what the cursor is at. */
static bool
follow_end(struct transcript *t, bool other_layout)
{
	struct place top = t->top;

	show_end(t);
	if (t->cursor == 0 || t->cursor_at + 1 == t->n || other_layout || !transcript_is_before(top, t->top))
		return true;
	t->follow = false;
	t->top = top;
	hold(t);
	count(t);
	return false;
}

/* Rows above it may be others: a table has found its widths, a line is a heading after all. */
static bool
has_moved(const struct transcript *t)
{
	struct spot now;

	if (!message_rows_has(transcript_laid_out(t, t->top.message), t->top.row))
		return true;
	now = message_rows_spot_of(transcript_laid_out(t, t->top.message), t->top.row);
	return now.part != t->held.part || now.byte != t->held.byte;
}

/* Where it was held. Until the text is read up to there the view shows the end of what is read. False: it does so. */
static bool
find_held(struct transcript *t, bool other_layout)
{
	if (!transcript_reaches(t, (struct place_in_text){t->top.message, t->held})) {
		t->top = transcript_last_row(t, t->top.message);
		message_rows_move(transcript_message(t, t->top.message), &t->top.row, -(long)transcript_text_rows(t));
		return false;
	}
	if (other_layout || has_moved(t))
		t->top.row = message_rows_row_of(transcript_laid_out(t, t->top.message), t->held);
	return true;
}

static void
find_top(struct transcript *t, bool other_layout)
{
	bool found = true;

	if (t->top.message >= t->n)
		t->follow = true;
	if (!t->follow)
		found = find_held(t, other_layout);
	if (!t->follow)
		count(t);
	if (!t->follow && (t->below > 0 || t->bare || !found))
		return;
	if (follow_end(t, other_layout))
		see(t);
}

/* The cursor's message may have another place in the path, or none. */
static void
find_cursor(struct transcript *t)
{
	size_t i = t->cursor_at;

	if (t->cursor == 0 || (i < t->n && t->ids[i] == t->cursor))
		return;
	for (i = 0; i < t->n && t->ids[i] != t->cursor;)
		i++;
	if (i == t->n)
		i = t->cursor_at < t->n ? t->cursor_at : t->n - 1;
	t->cursor = t->n > 0 ? t->ids[i] : 0;
	t->cursor_at = i;
}

/* Columns left of the text, for the cursor's mark. */
static int
mark_cols(const struct transcript *t)
{
	return t->cursor != 0 && !t->bare ? CURSOR_COLS : 0;
}

void
transcript_place(struct transcript *t, struct transcript_place *place)
{
	*place = t->wanted;
	if (place->message != 0)
		return;
	transcript_settle(t);
	if (!t->follow && t->n > 0)
		*place = (struct transcript_place){t->ids[t->top.message], t->held};
}

void
transcript_go(struct transcript *t, struct transcript_place place)
{
	t->wanted = place;
}

/* All that there is so far. */
static void
see_all(struct transcript *t)
{
	const struct message *last = conversation_find(t->session->conversation, t->ids[t->n - 1]);

	t->seen = (struct place_in_text){t->n - 1, {SPOT_CONTENT, last->content.len}};
	t->has_seen = true;
}

/* To where the view is wanted. */
static void
go(struct transcript *t)
{
	struct transcript_place wanted = t->wanted;

	if (wanted.message != 0 && !t->has_seen)
		see_all(t);
	t->wanted.message = 0;
	for (size_t i = 0; wanted.message != 0 && i < t->n; i++)
		if (t->ids[i] == wanted.message) {
			t->follow = false;
			t->counted = false;
			t->top = transcript_place_of(t, (struct place_in_text){i, wanted.spot});
			t->held = wanted.spot;
		}
}

/* Messages are shown otherwise than in the last layout. */
static bool
has_other_look(const struct transcript *t)
{
	return t->width - mark_cols(t) != t->cols || t->unfolded != t->was_unfolded || t->refolded ||
	       t->raw != t->was_raw || t->bare != t->was_bare || t->sequences != cluster_joins();
}

void
transcript_layout(struct transcript *t, int rows, int cols)
{
	bool other_look;

	transcript_match_path(t);
	find_cursor(t);
	t->width = cols;
	other_look = has_other_look(t);
	if (other_look || rows != t->rows)
		t->counted = false;
	t->rows = rows;
	t->cols = t->width - mark_cols(t);
	t->was_unfolded = t->unfolded;
	t->refolded = false;
	t->was_raw = t->raw;
	t->was_bare = t->bare;
	t->sequences = cluster_joins();
	t->failure_rows = count_failure_rows(t);
	if (t->n > 0)
		go(t);
	if (t->n > 0)
		find_top(t, other_look);
	else
		t->follow = true;
}

/* Texts that only grew move nothing of a view that follows: it goes on from what was seen last. */
void
transcript_settle(struct transcript *t)
{
	bool other_path = t->path != conversation_path_number(t->session->conversation);

	if (other_path || t->wanted.message != 0 || has_other_look(t)) {
		transcript_layout(t, t->rows, t->width);
		return;
	}
	if (t->n > 0 && !t->follow && has_moved(t))
		t->top.row = message_rows_row_of(transcript_laid_out(t, t->top.message), t->held);
	if (t->n > 0 && !message_rows_has(transcript_laid_out(t, t->top.message), t->top.row))
		t->top = transcript_last_row(t, t->top.message);
}

static void
scroll(struct transcript *t, long rows)
{
	if (t->n == 0 || (t->follow && rows > 0))
		return;
	/* The mark takes a row from the bottom: what is at the top stays there. */
	t->follow = false;
	t->counted = false;
	transcript_move(t, &t->top, rows);
	count(t);
	if (t->below == 0)
		show_end(t);
	else
		hold(t);
}

void
transcript_scroll(struct transcript *t, long rows)
{
	transcript_settle(t);
	scroll(t, rows);
}

/* While somebody selects, the view stands. */
void
transcript_set_bare(struct transcript *t, bool bare)
{
	transcript_settle(t);
	if (bare && t->n > 0) /* rows are others from here on */
		hold(t);
	if (bare) {
		t->bare_followed = t->follow;
		t->follow = t->follow && t->n == 0;
	} else if (t->bare_followed) {
		t->follow = true;
	}
	t->bare = bare;
	t->counted = false;
}

void
transcript_end(struct transcript *t)
{
	transcript_settle(t);
	show_end(t);
	if (t->n > 0)
		see(t);
}

void
transcript_start(struct transcript *t)
{
	transcript_settle(t);
	if (t->n == 0)
		return;
	transcript_set_top(t, transcript_first_row(t, 0));
}

struct place
transcript_place_of(const struct transcript *t, struct place_in_text p)
{
	return (struct place){p.message, message_rows_row_of(transcript_laid_out(t, p.message), p.spot)};
}

void
transcript_set_top(struct transcript *t, struct place top)
{
	transcript_settle(t);
	t->top = top;
	scroll(t, 0);
}

void
transcript_show_raw(struct transcript *t)
{
	t->raw = !t->raw;
}
