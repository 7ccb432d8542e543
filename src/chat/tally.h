/*
 * tally.h - what is known of how fast replies came, of one or summed up over many. A reply of which a measure is not known
 * does not count for that measure.
 */
#ifndef FLYNN_CHAT_TALLY_H
#define FLYNN_CHAT_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "llama/chat.h"

/* Measure and its heading. */
#define TALLY_MEASURES(X)                                                                                              \
	X(SPEED, "tokens/s")      /* of the reply */                                                                   \
	X(FIRST, "first token")   /* seconds from the request to it */                                                 \
	X(PROMPT, "prompt/s")     /* tokens of the prompt read a second, those in the cache not counted */             \
	X(CACHED, "from cache")   /* percent of the prompt's tokens */                                                 \
	X(DRAFTS, "drafts taken") /* percent of the tokens that a draft model proposed */

enum tally_measure {
#define X(measure, heading) TALLY_##measure,
	TALLY_MEASURES(X)
#undef X
	        TALLY_N_MEASURES
};

const char *tally_heading(enum tally_measure);

enum {
	TALLY_VALUE_COLS = 7, /* cells that hold most values; a few are wider */
};

/* "38.2", "310 ms", "66.7 %". */
void tally_put_value(struct buf *, enum tally_measure, double value);

/* Tokens, and what they were part of, or the milliseconds that they took; `of` 0: not known. */
struct tally_ratio {
	double n, of;
};

/* Zeroed to begin with. */
struct tally {
	int64_t replies;
	int64_t tokens, cached_tokens, draft_tokens, draft_accepted; /* each known of as many replies as: */
	int64_t n_tokens, n_cached, n_drafts;
	struct tally_ratio ratios[TALLY_N_MEASURES];
};

void tally_add(struct tally *, const struct chat_usage *, const struct chat_timings *);

/* In the measure's unit, the mean over all tokens (of FIRST: over the replies). False: of no reply is it known. */
bool tally_value(const struct tally *, enum tally_measure, double *);

#endif
