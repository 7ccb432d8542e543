/*
 * netless.c - screen_init and screen_release, but for what they start.
 */
#include "tests/app/netless.h"

#include <CUnit/CUnit.h>

#include "app/context.h"
#include "app/context_list.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/net_log.h"
#include "app/opening.h"
#include "app/panes.h"
#include "app/talk.h"
#include "app/tagging.h"
#include "app/titles.h"
#include "app/token_counts.h"
#include "app/view.h"
#include "pages/pages.h"
#include "screen/answers.h"
#include "screen/screen.h"

void
netless_init(struct app *app, const struct config *config)
{
	struct err err;

	*app = (struct app){.config = config};
	view_init(app, screen_chat_view());
	titles_init(app);
	tagging_init(app);
	context_init(app);
	context_list_init(app);
	token_counts_init(app);
	opening_init(app);
	net_log_init(app);
	CU_ASSERT_FATAL(keeper_init(app, NULL, answers(), NULL, &err));
	pages_register(app);
	composer_init(&app->composer);
	panes_init(app);
	CU_ASSERT_FATAL(links_get(app, config->model, NULL, &err) != NULL);
	conversations_open(app, talk_new(NULL, config->model->system));
}

void
netless_release(struct app *app)
{
	app_say(app, false, NULL);
	panes_release(app);
	conversations_release(app);
	links_release(app);
	titles_release(app);
	tagging_release(app);
	context_release(app);
	context_list_release(app);
	token_counts_release(app);
	opening_release(app);
	net_log_release(app);
	keeper_release(app);
	view_release(app);
	composer_release(&app->composer);
	recall_release(&app->recall);
}
