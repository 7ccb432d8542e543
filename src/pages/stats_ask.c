/*
 * stats_ask.c - the functions that run on the store's reading thread.
 */
#include "pages/stats_ask.h"

#include <stdlib.h>

#include "app/browse_ask.h"
#include "base/mem.h"

/* Asked again after it was halted: frees the partial answer first. */
static bool
ask_models(struct history *h, struct store_question *question, struct err *err)
{
	struct stats_question *q = (struct stats_question *)question;

	model_stats_release(&q->models);
	return model_stats_read(h, &q->models, err);
}

static void
free_question(struct store_question *question)
{
	struct stats_question *q = (struct stats_question *)question;

	model_stats_release(&q->models);
	free(q);
}

struct stats_question *
stats_question_new(void)
{
	struct stats_question *q = mem_alloc(sizeof(*q));

	q->question = (struct store_question){.kind = BROWSE_ASK_MODELS, .ask = ask_models, .free = free_question};
	return q;
}
