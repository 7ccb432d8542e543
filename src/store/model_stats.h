/*
 * model_stats.h - how fast each model's replies came, over all conversations and all their branches.
 */
#ifndef FLYNN_STORE_MODEL_STATS_H
#define FLYNN_STORE_MODEL_STATS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "chat/tally.h"
#include "store/history.h"

/* Of a model, by the name that its server gave it. */
struct model_stats_row {
	char *model; /* "": of replies whose server did not say */
	struct tally tally;
	int64_t votes; /* that it has won (store/vote.h); -1: it took part in none */
};

struct model_stats {
	struct model_stats_row *rows; /* the one with most replies first */
	size_t n;
};

/* Replies that a person has changed are not the model's, and do not count; nor do those on their way. To be released in either case. */
bool model_stats_read(struct history *, struct model_stats *, struct err *) MUST_USE;
void model_stats_release(struct model_stats *);

#endif
