/*
 * votes_ask.c - the question to the history, and sentences of its answer.
 */
#include "app/votes_ask.h"

#include <inttypes.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/browse_ask.h"
#include "app/keeper.h"
#include "app/model.h"
#include "base/mem.h"
#include "store/vote.h"
#include "store/worker.h"
#include "text/clean.h"

struct votes_question {
	struct store_question question; /* the first member */
	struct votes votes;
};

/* ---- on the store's reading thread ---- */

/* Asked again after it was halted: frees the partial answer first. */
static bool
ask_votes(struct history *h, struct store_question *question, struct err *err)
{
	struct votes_question *q = (struct votes_question *)question;

	votes_release(&q->votes);
	return votes_read(h, &q->votes, err);
}

static void
free_question(struct store_question *question)
{
	struct votes_question *q = (struct votes_question *)question;

	votes_release(&q->votes);
	free(q);
}

/* ---- on the UI thread ---- */

bool
votes_ask(struct app *app)
{
	struct votes_question *q = mem_alloc(sizeof(*q));

	*q = (struct votes_question){.question = {.kind = BROWSE_ASK_VOTES, .ask = ask_votes, .free = free_question}};
	if (store_ask(app->keeper->store, &q->question))
		return true;
	free_question(&q->question);
	return false;
}

const struct votes *
votes_answered(const struct store_question *question)
{
	return &((const struct votes_question *)question)->votes;
}

/* ---- words ---- */

char *
votes_words(const struct votes *votes)
{
	const char *s = votes->votes == 1 ? "" : "s";
	int64_t none = votes->votes;

	if (votes->n == 0)
		return mem_strdup("Nobody has voted yet: /compare --blind PROMPT asks several models, and hides their "
		                  "names until "
		                  "you vote for the best reply.");
	for (size_t i = 0; i < votes->n; i++)
		none -= votes->rows[i].wins;
	return none > 0 ? mem_printf("%" PRId64 " vote%s, %" PRId64 " of them for none", votes->votes, s, none)
	                : mem_printf("%" PRId64 " vote%s", votes->votes, s);
}

char *
votes_row_words(const struct app *app, const struct votes_row *row)
{
	char *name = clean_line(*row->model ? model_show_name(app, row->model) : "(a model that was not named)");
	char *words = mem_printf("%s: best in %" PRId64 " of %" PRId64 " comparison%s", name, row->wins,
	        row->comparisons, row->comparisons == 1 ? "" : "s");

	free(name);
	return words;
}

int64_t
votes_percent(const struct votes_row *row)
{
	return row->comparisons > 0 ? (200 * row->wins + row->comparisons) / (2 * row->comparisons) : 0;
}
