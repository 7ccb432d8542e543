/*
 * transcript_rows.c - each message of the path has a layout, which is made when its rows are asked for.
 */
#include "tui/transcript.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/cluster.h"
#include "tui/message_rows.h"
#include "tui/transcript_inside.h"

void
transcript_drop_messages(struct transcript *t, size_t from)
{
	for (size_t i = from; i < t->n; i++)
		message_rows_free(t->messages[i]);
	t->n = from < t->n ? from : t->n;
}

static const struct message *
message_at(const struct transcript *t, size_t i)
{
	size_t n;

	return conversation_path(t->session->conversation, &n)[i];
}

struct message_rows *
transcript_message(const struct transcript *t, size_t i)
{
	if (!t->messages[i])
		t->messages[i] = message_rows_new();
	return t->messages[i];
}

struct message_rows *
transcript_laid_out(const struct transcript *t, size_t i)
{
	const struct message *m = message_at(t, i);
	size_t unbounded = SIZE_MAX;
	struct message_look look = {
	        .budget = t->budget ? t->budget : &unbounded,
	        .cols = t->cols,
	        .unfolded = transcript_is_unfolded(t, m->id),
	        .raw = t->raw,
	        .bare = t->bare,
	        .folded = !t->bare && transcript_is_folded(t, m->id),
	        .colours = t->colours,
	        .pictures = t->pictures,
	        .picture_rows = t->picture_rows,
	        .retry = i + 1 == t->n ? t->keys.retry : NULL,
	        .go_on = i + 1 == t->n && message_can_continue(m) ? t->keys.go_on : NULL,
	};

	look.statistics = t->statistics;
	look.hides_errors = t->hides_errors;
	look.elsewhere = m->state == MESSAGE_STREAMING && m != t->session->reply;
	look.sequences = cluster_joins();
	look.version = conversation_sibling_number(t->session->conversation, m, &look.versions);
	message_rows_update(transcript_message(t, i), m, &look);
	return t->messages[i];
}

/* The messages from this one on are others now. */
static void
forget_seen(struct transcript *t, size_t from)
{
	t->counted = false;
	if (t->seen.message >= from)
		t->seen = (struct place_in_text){from > 0 ? from - 1 : 0, {from > 0 ? SPOT_TAIL : SPOT_HEAD, 0}};
}

/* How many of the messages are those of the path still. Mostly it has only grown. */
static size_t
count_same(const struct transcript *t, struct message *const *path, size_t n)
{
	size_t same = 0;

	if (conversation_path_only_grew(t->session->conversation, t->path))
		return t->n;
	while (same < t->n && same < n && t->ids[same] == path[same]->id)
		same++;
	return same;
}

void
transcript_match_path(struct transcript *t)
{
	size_t n, same;
	struct message *const *path = conversation_path(t->session->conversation, &n);
	uint64_t number = conversation_path_number(t->session->conversation);

	if (t->path == number)
		return;
	same = count_same(t, path, n);
	t->path = number;
	if (same < t->n)
		forget_seen(t, same);
	transcript_drop_messages(t, same);
	if (n > t->space) {
		t->space = n * 2;
		t->messages = mem_realloc(t->messages, t->space * sizeof(struct message_rows *));
		t->ids = mem_realloc(t->ids, t->space * sizeof(*t->ids));
	}
	for (; t->n < n; t->n++) {
		t->messages[t->n] = NULL;
		t->ids[t->n] = path[t->n]->id;
	}
}

struct place
transcript_first_row(const struct transcript *t, size_t message)
{
	return (struct place){message, message_rows_first(transcript_laid_out(t, message))};
}

struct place
transcript_last_row(const struct transcript *t, size_t message)
{
	return (struct place){message, message_rows_last(transcript_laid_out(t, message))};
}

bool
transcript_is_before(struct place a, struct place b)
{
	return a.message != b.message ? a.message < b.message : a.row < b.row;
}

long
transcript_move(const struct transcript *t, struct place *p, long rows)
{
	long went = message_rows_move(transcript_laid_out(t, p->message), &p->row, rows);

	while (went < rows && p->message + 1 < t->n) {
		*p = transcript_first_row(t, p->message + 1);
		went++;
		went += message_rows_move(transcript_laid_out(t, p->message), &p->row, rows - went);
	}
	while (went > rows && p->message > 0) {
		*p = transcript_last_row(t, p->message - 1);
		went--;
		went += message_rows_move(transcript_laid_out(t, p->message), &p->row, rows - went);
	}
	return went;
}

size_t
transcript_rows_of(const struct transcript *t, size_t message, size_t most)
{
	return message_rows_count(transcript_laid_out(t, message), most);
}

size_t
transcript_count_between(const struct transcript *t, struct place from, struct place to, size_t most, size_t *pieces)
{
	size_t rows = 0;

	while (from.message < to.message && rows<most && * pieces> 0) {
		rows += message_rows_between(transcript_laid_out(t, from.message), from.row,
		                transcript_last_row(t, from.message).row, most, pieces) +
		        1;
		from = transcript_first_row(t, from.message + 1);
	}
	if (from.message == to.message && rows<most && * pieces> 0)
		rows += message_rows_between(
		        transcript_laid_out(t, from.message), from.row, to.row, most - rows, pieces);
	return rows < most ? rows : most;
}

size_t
transcript_rows_between(const struct transcript *t, struct place from, struct place to, size_t most)
{
	size_t pieces = SIZE_MAX;

	return transcript_count_between(t, from, to, most, &pieces);
}

bool
transcript_reaches(const struct transcript *t, struct place_in_text p)
{
	return message_rows_reach(transcript_laid_out(t, p.message), p.spot);
}
