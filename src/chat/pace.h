/*
 * pace.h - how fast a running reply comes: tokens counted by the event, and their rate over the last seconds.
 *
 * Times are the caller's, in milliseconds of a clock that only goes forward; nothing here asks one.
 */
#ifndef FLYNN_CHAT_PACE_H
#define FLYNN_CHAT_PACE_H

#include <stdint.h>

enum {
	PACE_BUCKET_MS = 250, /* the rate changes this often, so that it can be read */
	PACE_WINDOW = 15,     /* buckets that the rate is of, */
	PACE_LATE = 4,        /* as of so many before the last token's at the earliest */
	PACE_BUCKETS = PACE_WINDOW + PACE_LATE + 1,
};

struct pace {
	int64_t tokens;                /* so far */
	int64_t first_ms, last_ms;     /* when the first and the last one came */
	int64_t bucket;                /* the newest one's number since the clock's beginning */
	unsigned counts[PACE_BUCKETS]; /* by number, modulo PACE_BUCKETS */
};

void pace_start(struct pace *);
void pace_token(struct pace *, int64_t now_ms);
void pace_skip(struct pace *, int64_t now_ms); /* the tokens up to now came all at once: they say nothing of the rate */

/* Of both, `now_ms` is a second before the last token at the earliest. */

/* The tokens that came before the bucket of `now_ms`. */
int64_t pace_tokens_before(const struct pace *, int64_t now_ms);

/* Tokens a second over the last few seconds up to `now_ms`; 0 while it is too early to say. */
double pace_rate(const struct pace *, int64_t now_ms);

#endif
