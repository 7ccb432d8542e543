/*
 * answers.c - one switch over the results of the store, and what is saved besides conversations.
 */
#include "screen/answers.h"

#include "app/app.h"
#include "app/best.h"
#include "app/browse_ask.h"
#include "app/conversation_export.h"
#include "app/glimpse.h"
#include "app/tagging.h"
#include "app/keeper.h"
#include "app/opening.h"
#include "app/restore.h"
#include "app/take_up.h"
#include "pages/browse.h"
#include "pages/sidebar.h"
#include "pages/stats_page.h"
#include "pages/votes_page.h"
#include "store/worker.h"

static void
take_opened(struct app *app, const struct store_result *r)
{
	keeper_opened(app, r);
	restore_begin(app, r);
	browse_refresh(app);
}

/* Asked for by a page, or at the start. */
static void
take_loaded(struct app *app, struct store_result *r)
{
	app->stale = true;
	if (!opening_loaded(app, r))
		restore_take(app, r);
}

/* Prompts of this run are newer. */
static void
take_prompts(struct app *app, const struct store_result *r)
{
	struct recall own = app->recall;

	app->recall = (struct recall){0};
	for (size_t i = 0; i < r->n_prompts; i++)
		recall_add(&app->recall, r->prompts[i]);
	for (size_t i = 0; i < own.n; i++)
		recall_add(&app->recall, own.entries[i].prompt);
	recall_release(&own);
}

static void
take_answer(struct app *app, struct store_result *r)
{
	if (r->question->kind == BROWSE_ASK_RECENT)
		sidebar_answer(app, r);
	else if (r->question->kind == BROWSE_ASK_MODELS)
		stats_page_answer(app, r);
	else if (r->question->kind == BROWSE_ASK_VOTES)
		votes_page_answer(app, r);
	else if (r->question->kind == BROWSE_ASK_END)
		glimpse_answer(app, r);
	else if (r->question->kind == BROWSE_ASK_TAGS)
		tagging_answer(app, r);
	else
		browse_answer(app, r);
}

static void
take(struct app *app, struct store_result *r)
{
	switch (r->type) {
	case STORE_OPENED:
		take_opened(app, r);
		break;
	case STORE_SAVED:
		keeper_saved(app, r);
		best_settle(app);
		browse_delete_saved(app);
		browse_saved(app);
		break;
	case STORE_LOADED:
		take_loaded(app, r);
		break;
	case STORE_CLAIMED:
		take_up_claimed(app, r);
		break;
	case STORE_PROMPTS:
		take_prompts(app, r);
		break;
	case STORE_EDITED:
		browse_edited(app, r);
		sidebar_edited(app);
		break;
	case STORE_VOTED:
		keeper_voted(app, r);
		votes_page_voted(app);
		break;
	case STORE_EXPORTED:
		export_written(app, &r->err, r->notice);
		break;
	case STORE_ANSWER:
		take_answer(app, r);
		break;
	}
	store_result_free(r);
}

const struct keeper_above *
answers(void)
{
	static const struct keeper_above above = {.take = take, .save = restore_tell};

	return &above;
}
