/*
 * glimpse.c - the end of a long conversation, shown before the rest of it is there: its draft can be written, the draft of the
 * conversation before stays that one's, and what was done goes with the whole.
 */
#include "app/glimpse.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "app/conversations.h"
#include "app/held_keys.h"
#include "app/keeper.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/history.h"
#include "store/result.h"
#include "store/saver.h"
#include "store/worker.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

static char local[] = "local";
static struct config_model models[] = {{.name = local}};
static const struct config config = {.models = models, .n_models = 1, .model = models};

/* One conversation of 2,100 messages, each below the one before, with a draft. */
static void
make_history(const char *path)
{
	static const char script[] =
	        "INSERT INTO conversation (id, uuid, title, created, updated, draft)"
	        "  VALUES (1, '0b4f4a4e-52ba-44cf-8e24-6d5f6ccd0b01', 'Long', 1, 1, 'And ');"
	        "INSERT INTO message (id, conversation, parent, role, state, created, content)"
	        "  WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2100)"
	        "  SELECT i, 1, nullif(i - 1, 0), iif(i % 2, 'user', 'assistant'), 'complete', 1, 'Number ' || i FROM "
	        "n;"
	        "UPDATE conversation SET leaf = 2100";
	struct err err;
	struct history *h = history_open(path, HISTORY_CREATE, &err);

	CU_ASSERT_FATAL(h != NULL);
	CU_ASSERT_FATAL(database_script(history_database(h), script, &err));
	history_close(h);
}

static struct store_result *
await(struct store *store, enum store_type type)
{
	struct store_result *r;

	for (;;) {
		struct pollfd fd = {store_fd(store), POLLIN, 0};

		while ((r = store_take(store)) != NULL) {
			if (r->type == type)
				return r;
			store_result_free(r);
		}
		if (store_sleep(store, false))
			poll(&fd, 1, -1);
		store_awake(store, fd.revents != 0);
	}
}

struct desk {
	struct app app;
	char *dir;
};

/* The glimpse of it is shown, in place of a conversation with a draft of its own. */
static void
begin(struct desk *p)
{
	char *path;
	struct store_result *r;
	struct err err;

	p->dir = child_dir();
	path = mem_printf("%s/history.db", p->dir);
	make_history(path);
	netless_init(&p->app, &config);
	glimpse_init(&p->app);
	held_keys_init(&p->app);
	CU_ASSERT(composer_insert(&p->app.composer, "Mine", 4));
	p->app.keeper->store = store_new(path, NULL, NULL, &err);
	CU_ASSERT_FATAL(p->app.keeper->store != NULL);
	keeper_watch(&p->app, p->app.pane->talk);
	glimpse_ask(&p->app, 1);
	r = await(p->app.keeper->store, STORE_ANSWER);
	glimpse_answer(&p->app, r);
	store_result_free(r);
	CU_ASSERT_FATAL(glimpse_is_on(&p->app));
	transcript_layout(&p->app.pane->transcript, 20, 60);
	free(path);
}

static void
end(struct desk *p)
{
	store_free(p->app.keeper->store);
	p->app.keeper->store = NULL;
	glimpse_release(&p->app);
	held_keys_release(&p->app);
	netless_release(&p->app);
	child_dir_remove(p->dir);
	free(p->dir);
}

static void
whole_comes(struct desk *p, struct glimpse_left *left)
{
	struct store_result *r;

	CU_ASSERT_FATAL(store_load(p->app.keeper->store, 1));
	r = await(p->app.keeper->store, STORE_LOADED);
	CU_ASSERT_FATAL(r->err.code == ERR_NONE);
	conversations_open(&p->app, opening_talk(&p->app, r));
	glimpse_hand_on(&p->app, left);
	store_result_free(r);
	transcript_layout(&p->app.pane->transcript, 20, 60);
}

static void
writes_its_draft(void)
{
	static const struct key letter = {'a', 0}, enter = {KEYN_ENTER, 0};
	struct glimpse_left left;
	struct talk *before;
	struct desk p;

	begin(&p);
	before = p.app.pane->talk;
	HARNESS_EQUAL(composer_text(&p.app.composer), "And ");
	HARNESS_EQUAL(composer_text(p.app.aside), "Mine");
	CU_ASSERT(!glimpse_is_touched(&p.app));
	CU_ASSERT(!held_keys_hold(&p.app, letter, KEY_WRITES));
	CU_ASSERT(composer_type(&p.app.composer, "more", 4));
	composer_left(&p.app.composer);
	CU_ASSERT(glimpse_is_touched(&p.app));
	CU_ASSERT(held_keys_hold(&p.app, enter, KEY_ACTS));
	CU_ASSERT(held_keys_hold(&p.app, letter, KEY_WRITES));
	glimpse_end(&p.app, &left);
	HARNESS_EQUAL(composer_text(&p.app.composer), "Mine");
	whole_comes(&p, &left);
	HARNESS_EQUAL(composer_text(&p.app.composer), "And more");
	CU_ASSERT(p.app.composer.cursor == strlen("And mor"));
	HARNESS_EQUAL(before->draft, "Mine");
	CU_ASSERT(p.app.pane->transcript.follow);
	end(&p);
}

static void
saves_no_draft_under_another(void)
{
	struct desk p;

	begin(&p);
	CU_ASSERT(composer_type(&p.app.composer, "more", 4));
	(void)keeper_turn(&p.app);
	HARNESS_EQUAL(saver_draft(p.app.pane->talk->saver), "Mine");
	end(&p);
}

/* Where nothing was written it is the draft of the history, which may be another by now. */
static void
stands_where_it_was_scrolled_to(void)
{
	struct glimpse_left left;
	struct transcript *t;
	struct desk p;

	begin(&p);
	t = &p.app.pane->transcript;
	transcript_scroll(t, -15);
	transcript_layout(t, 20, 60);
	CU_ASSERT(glimpse_is_touched(&p.app) && t->fresh == 0 && t->below == 16);
	glimpse_end(&p.app, &left);
	CU_ASSERT(!left.draft);
	whole_comes(&p, &left);
	CU_ASSERT(!t->follow && t->fresh == 0 && t->below == 16);
	HARNESS_EQUAL(composer_text(&p.app.composer), "And ");
	end(&p);
}

static void
can_recall_what_does_not_come(void)
{
	struct glimpse_left left;
	struct desk p;

	begin(&p);
	CU_ASSERT(composer_type(&p.app.composer, "more", 4));
	glimpse_end(&p.app, &left);
	glimpse_drop(&p.app, &left);
	HARNESS_EQUAL(composer_text(&p.app.composer), "Mine");
	CU_ASSERT_FATAL(p.app.recall.n == 1);
	HARNESS_EQUAL(p.app.recall.entries[0].prompt, "And more");
	end(&p);
}

CU_TestInfo glimpse_tests[] = {
        {"writes its draft", writes_its_draft},
        {"saves no draft under another", saves_no_draft_under_another},
        {"stands where it was scrolled to", stands_where_it_was_scrolled_to},
        {"can recall what does not come", can_recall_what_does_not_come},
        CU_TEST_INFO_NULL,
};
