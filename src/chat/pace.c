/*
 * pace.c - a ring of buckets, one per quarter of a second. Only those that are over count: the rate then changes as
 * often as a bucket ends, not with every token.
 */
#include "chat/pace.h"

#include <string.h>

enum {
	LEAST_MS = 500, /* of tokens, before there is a rate */
};

void
pace_start(struct pace *p)
{
	*p = (struct pace){0};
}

/* Empties the buckets that began since the last token. */
static void
turn_to(struct pace *p, int64_t bucket)
{
	if (bucket - p->bucket >= PACE_BUCKETS)
		memset(p->counts, 0, sizeof(p->counts));
	else
		for (int64_t b = p->bucket + 1; b <= bucket; b++)
			p->counts[b % PACE_BUCKETS] = 0;
	p->bucket = bucket;
}

void
pace_token(struct pace *p, int64_t now_ms)
{
	int64_t bucket = now_ms / PACE_BUCKET_MS;

	if (p->tokens == 0) {
		p->first_ms = now_ms;
		p->bucket = bucket;
	}
	if (bucket > p->bucket)
		turn_to(p, bucket);
	p->counts[p->bucket % PACE_BUCKETS]++;
	p->last_ms = now_ms;
	p->tokens++;
}

void
pace_skip(struct pace *p, int64_t now_ms)
{
	*p = (struct pace){
	        .tokens = p->tokens, .first_ms = now_ms, .last_ms = now_ms, .bucket = now_ms / PACE_BUCKET_MS};
}

int64_t
pace_tokens_before(const struct pace *p, int64_t now_ms)
{
	int64_t n = p->tokens, now = now_ms / PACE_BUCKET_MS;

	for (int64_t b = p->bucket; b >= now && b > p->bucket - PACE_BUCKETS; b--)
		n -= b >= 0 ? p->counts[b % PACE_BUCKETS] : 0;
	return n;
}

double
pace_rate(const struct pace *p, int64_t now_ms)
{
	int64_t now = now_ms / PACE_BUCKET_MS, from = now - PACE_WINDOW, first = p->first_ms / PACE_BUCKET_MS;
	int64_t start_ms, n = 0;

	from = from > first ? from : first;
	start_ms = from == first ? p->first_ms : from * PACE_BUCKET_MS;
	if (p->tokens == 0 || now * PACE_BUCKET_MS - start_ms < LEAST_MS)
		return 0;
	for (int64_t b = from; b < now && b <= p->bucket; b++)
		if (b > p->bucket - PACE_BUCKETS)
			n += p->counts[b % PACE_BUCKETS];
	return (double)n * 1000 / (double)(now * PACE_BUCKET_MS - start_ms);
}
