/*
 * stats_ask.h - the statistics page's question to the history: the numbers of each model. Asked on the UI thread, filled on the
 * store's reading thread.
 */
#ifndef FLYNN_PAGES_STATS_ASK_H
#define FLYNN_PAGES_STATS_ASK_H

#include "store/model_stats.h"
#include "store/result.h"

struct stats_question {
	struct store_question question; /* the first member; its kind is BROWSE_ASK_MODELS */
	struct model_stats models;
};

/* For store_ask, which takes it; else to be freed with question.free. */
struct stats_question *stats_question_new(void);

#endif
