/*
 * restore.c - a history that opens late: what was shown comes back only where nothing was done meanwhile.
 */
#include "app/restore.h"

#include <stdlib.h>

#include "app/conversations.h"
#include "app/glimpse.h"
#include "app/keeper.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/result.h"
#include "store/worker.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

enum {
	ROW = 7, /* of the conversation that was shown last */
};

static char local[] = "local";
static struct config_model models[] = {{.name = local}};
static const struct config config = {.models = models, .n_models = 1, .model = models};

static void
do_nothing(UNUSED struct app *app)
{
}

static void
begin_another(struct app *app)
{
	conversations_open(app, talk_new(NULL, NULL));
	conversation_add(app->pane->talk->session.conversation, NULL, CHAT_USER, "Go");
	conversations_open(app, talk_new(NULL, NULL));
}

static void
split(struct app *app)
{
	layout_place(&app->layout, (struct rect){0, 0, 40, 120});
	CU_ASSERT(panes_split(app, true, app->pane->talk));
}

static void
say(struct app *app)
{
	conversation_add(app->pane->talk->session.conversation, NULL, CHAT_USER, "Go");
}

static void
queue(struct app *app)
{
	prompt_queue_add(&app->pane->talk->prompts, "Go on", NULL);
}

static void
type(struct app *app)
{
	CU_ASSERT(composer_insert(&app->composer, "Go", 2));
}

static void
begins_where_nothing_was_done(void)
{
	static const struct {
		void (*act)(struct app *);
		int64_t want;
	} rows[] = {{do_nothing, ROW}, {begin_another, 0}, {split, 0}, {say, 0}, {queue, 0}, {type, 0}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct store_result opened = {.type = STORE_OPENED, .open = ROW};
		struct app app;
		char *dir = child_dir(), *path = mem_printf("%s/history.db", dir);
		struct err err;

		netless_init(&app, &config);
		glimpse_init(&app);
		app.keeper->store = store_new(path, NULL, NULL, &err);
		CU_ASSERT_FATAL(app.keeper->store != NULL);
		rows[i].act(&app);
		restore_begin(&app, &opened);
		HARNESS_CHECK(app.pane->wanted == rows[i].want && app.keeper->restoring == (rows[i].want != 0),
		        "row %zu: %d", i, (int)app.pane->wanted);
		store_free(app.keeper->store);
		app.keeper->store = NULL;
		glimpse_release(&app);
		netless_release(&app);
		child_dir_remove(dir);
		free(dir);
		free(path);
	}
}

CU_TestInfo restore_tests[] = {
        {"begins where nothing was done", begins_where_nothing_was_done},
        CU_TEST_INFO_NULL,
};
