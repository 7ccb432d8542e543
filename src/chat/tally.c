/*
 * tally.c - each measure is a ratio of two sums, so that a long reply weighs as much as its tokens. A rate is what the server says;
 * the time beside it is made from the rate, since servers do not count every token into their own time.
 */
#include "chat/tally.h"

#include <math.h>

const char *
tally_heading(enum tally_measure measure)
{
	static const char *const headings[] = {
#define X(measure, heading) [TALLY_##measure] = (heading),
	        TALLY_MEASURES(X)
#undef X
	};

	return headings[measure];
}

static void
put_seconds(struct buf *out, double seconds)
{
	if (seconds < 0.00995)
		buf_printf(out, "%.1f ms", seconds * 1000);
	else if (seconds < 0.9995)
		buf_printf(out, "%.0f ms", seconds * 1000);
	else
		buf_printf(out, "%.2f s", seconds);
}

void
tally_put_value(struct buf *out, enum tally_measure measure, double value)
{
	if (measure == TALLY_FIRST)
		put_seconds(out, value);
	else
		buf_printf(out, "%.1f%s", value, measure == TALLY_CACHED || measure == TALLY_DRAFTS ? " %" : "");
}

/* ---- adding: numbers come from servers and from files ---- */

enum {
	TOKENS_MAX = 1000000000, /* of a reply: a larger number is a mistake, and must not spoil the sums */
};

static bool
is_count(int64_t tokens)
{
	return tokens >= 0 && tokens <= TOKENS_MAX;
}

static void
add_ratio(struct tally *t, enum tally_measure measure, double n, double of)
{
	if (!(n >= 0 && of > 0) || !isfinite(n) || !isfinite(of))
		return;
	t->ratios[measure].n += n;
	t->ratios[measure].of += of;
}

/* Without a rate the first events of a stream have a time too, of a microsecond. */
static void
add_rate(struct tally *t, enum tally_measure measure, int64_t tokens, double per_second)
{
	if (tokens > 0 && is_count(tokens) && per_second > 0)
		add_ratio(t, measure, (double)tokens, (double)tokens / per_second);
}

static void
add_tokens(struct tally *t, const struct chat_usage *usage, const struct chat_timings *timings)
{
	int64_t tokens = usage->completion_tokens > 0 ? usage->completion_tokens : timings->predicted_n;

	if (!is_count(tokens) || (tokens == 0 && usage->completion_tokens != 0))
		return;
	t->n_tokens++;
	t->tokens += tokens;
}

static void
add_cached(struct tally *t, const struct chat_usage *usage, const struct chat_timings *timings)
{
	bool is_timed = timings->cache_n + timings->prompt_n > 0;
	int64_t cached = usage->cached_tokens >= 0 ? usage->cached_tokens
	                 : is_timed                ? timings->cache_n
	                                           : -1,
	        prompt = usage->prompt_tokens > 0 ? usage->prompt_tokens : timings->cache_n + timings->prompt_n;

	if (!is_count(cached))
		return;
	t->n_cached++;
	t->cached_tokens += cached;
	if (cached <= prompt && is_count(prompt))
		add_ratio(t, TALLY_CACHED, 100.0 * (double)cached, (double)prompt);
}

static void
add_drafts(struct tally *t, const struct chat_timings *timings)
{
	if (timings->draft_n <= 0 || !is_count(timings->draft_n) || !is_count(timings->draft_n_accepted))
		return;
	t->n_drafts++;
	t->draft_tokens += timings->draft_n;
	t->draft_accepted += timings->draft_n_accepted;
	add_ratio(t, TALLY_DRAFTS, 100.0 * (double)timings->draft_n_accepted, (double)timings->draft_n);
}

void
tally_add(struct tally *t, const struct chat_usage *usage, const struct chat_timings *timings)
{
	double first_ms = timings->first_ms > 0 ? (double)timings->first_ms : timings->prompt_ms;

	t->replies++;
	add_tokens(t, usage, timings);
	add_rate(t, TALLY_SPEED, timings->predicted_n, timings->predicted_per_second);
	add_rate(t, TALLY_PROMPT, timings->prompt_n, timings->prompt_per_second);
	add_ratio(t, TALLY_FIRST, first_ms / 1000, first_ms > 0);
	add_cached(t, usage, timings);
	add_drafts(t, timings);
}

bool
tally_value(const struct tally *t, enum tally_measure measure, double *value)
{
	const struct tally_ratio *r = &t->ratios[measure];

	*value = r->of > 0 ? r->n / r->of : 0;
	return r->of > 0;
}
