/*
 * saved.c - a save that came back asks for a frame only where something that is shown depends on it.
 */
#include "app/keeper.h"

#include <stdlib.h>
#include <string.h>

#include "app/pane.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "store/result.h"
#include "store/save.h"
#include "store/saver.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static char local[] = "local";
static struct config_model models[] = {{.name = local}};
static const struct config config = {.models = models, .n_models = 1, .model = models};

struct row {
	const char *failed; /* with these words; NULL: it did not */
	bool start_over;
	int64_t conversation; /* its row from now on */
	bool draws;
};

/* One more word of the reply is saved, or is not. */
static void
save(struct app *app, struct message *m, const struct row *row)
{
	struct talk *talk = app->pane->talk;
	struct store_result r = {.type = STORE_SAVED, .start_over = row->start_over, .done_ms = clock_ms()};

	CU_ASSERT_FATAL(buf_append(&m->content, "more ", 5));
	conversation_touch(talk->session.conversation, m);
	r.save = saver_take(talk->saver, talk->session.conversation, clock_ms());
	CU_ASSERT_FATAL(r.save != NULL);
	r.save->row = row->conversation;
	if (row->failed)
		err_set(&r.err, ERR_SYSTEM, "%s", row->failed);
	app->stale = false;
	keeper_saved(app, &r);
}

static void
draws_what_is_shown(void)
{
	static const struct row rows[] = {
	        {NULL, false, 7, true},                         /* the history's list has it open */
	        {NULL, false, 7, false},                        /* the next piece of its reply */
	        {"no space", false, 7, true},                   /* the bar says so */
	        {"no space", false, 7, false},                  /* once more */
	        {"read only", false, 7, true},                  /* other words */
	        {NULL, false, 7, true},                         /* none */
	        {NULL, false, 7, false}, {NULL, true, 0, true}, /* the history is a new one */
	};
	struct app app;
	struct message *m;
	struct talk *talk;

	netless_init(&app, &config);
	talk = app.pane->talk;
	talk->handle = 1;
	talk->saver = saver_new(talk->handle);
	m = conversation_add(talk->session.conversation, NULL, CHAT_USER, "Go");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		save(&app, m, &rows[i]);
		HARNESS_CHECK(app.stale == rows[i].draws, "row %zu", i);
	}
	netless_release(&app);
}

CU_TestInfo saved_tests[] = {
        {"draws what is shown", draws_what_is_shown},
        CU_TEST_INFO_NULL,
};
