/*
 * reply_times.c - a piece with a time is one step. One without is told token by token, as long after one another as the server said
 * that its tokens came.
 */
#include "chat/reply_times.h"

#include "base/utf8.h"

enum {
	FIRST_MS = 400, /* where nothing is known: until the first token, */
	FIRST_MS_MOST = 3600000,
	TOKEN_MS = 40, /* between two, */
	TOKEN_MS_MOST = 60000,
	TOKEN_LEN = 4, /* and bytes of one */
};

/* ---- figures: any numbers ---- */

static double
between(double value, double least, double most)
{
	return value < least ? least : value > most ? most : value;
}

static void
read_figures(struct reply_times *t)
{
	const struct chat_timings *told = &t->reply->timings;
	double tokens = (double)(told->predicted_n > 0 ? told->predicted_n : t->reply->usage.completion_tokens);
	double len = (double)(t->reply->content.len + t->reply->reasoning.len);
	double first_ms = told->first_ms > 0 ? (double)told->first_ms : told->prompt_ms;

	t->first_ms = first_ms > 0 ? between(first_ms, 0, FIRST_MS_MOST) : FIRST_MS;
	t->token_len = tokens > 0 ? between(len / tokens, 1, len) : TOKEN_LEN;
	t->token_ms = told->predicted_per_second > 0 ? between(1000 / told->predicted_per_second, 0, TOKEN_MS_MOST)
	                                             : TOKEN_MS;
}

void
reply_times_init(struct reply_times *t, const struct message *reply)
{
	size_t content, reasoning;

	*t = (struct reply_times){.reply = reply};
	read_figures(t);
	if (recording_sums(&reply->pieces, &content, &reasoning) && content <= reply->content.len &&
	        reasoning <= reply->reasoning.len)
		recording_read(&t->reader, &reply->pieces);
}

/* ---- steps ---- */

static struct reply_text *
text_of(struct reply_times *t, bool is_thought)
{
	return is_thought ? &t->thought : &t->content;
}

static const struct buf *
source_of(const struct reply_times *t, bool is_thought)
{
	return is_thought ? &t->reply->reasoning : &t->reply->content;
}

/* What no piece was of, the thought first. */
static bool
take_rest(struct reply_times *t)
{
	bool is_thought = t->thought.due < t->reply->reasoning.len;
	size_t left = source_of(t, is_thought)->len - text_of(t, is_thought)->due;

	t->piece = (struct recording_piece){RECORDING_UNTIMED, is_thought, left};
	return left > 0;
}

static bool
take_piece(struct reply_times *t)
{
	if (!recording_next(&t->reader, &t->piece) && !take_rest(t))
		return false;
	t->left = t->piece.len;
	if (t->piece.ms == RECORDING_UNTIMED)
		t->ms += t->ms == 0 ? t->first_ms - t->token_ms : 0;
	else
		t->ms += (double)t->piece.ms;
	return true;
}

/* How much of an untimed piece is a token: as many bytes as make the whole come out. */
static size_t
token_of(struct reply_times *t)
{
	double told = (double)(t->piece.len - t->left), tokens = (double)(int64_t)(told / t->token_len + 0.5) + 1;
	size_t end = (size_t)(tokens * t->token_len + 0.5);

	t->ms += t->token_ms;
	return end >= t->piece.len ? t->left : end - (t->piece.len - t->left);
}

/* Whole characters only: the rest of one comes with the next step. */
static void
tell(struct reply_times *t, size_t len, struct reply_step *step)
{
	bool is_thought = t->piece.is_thought;
	struct reply_text *text = text_of(t, is_thought);
	const struct buf *source = source_of(t, is_thought);
	size_t end;

	text->due += len;
	end = text->due < source->len ? utf8_floor(source->data, text->due) : source->len;
	end = end > text->told ? end : text->told;
	*step = (struct reply_step){.ms = t->ms > 0 ? (int64_t)t->ms : 0,
	        .is_thought = is_thought,
	        .text = buf_text(source) + text->told,
	        .len = end - text->told};
	text->told = end;
}

bool
reply_times_next(struct reply_times *t, struct reply_step *step)
{
	do {
		size_t len;

		if (t->left == 0 && !take_piece(t))
			return false;
		len = t->piece.ms == RECORDING_UNTIMED && t->left > 0 ? token_of(t) : t->left;
		t->left -= len;
		tell(t, len, step);
	} while (step->len == 0);
	return true;
}
