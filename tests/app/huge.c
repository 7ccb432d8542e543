/*
 * huge.c - what a key does to a conversation of some megabytes reads and copies little of it.
 */
#include <stdlib.h>
#include <string.h>

#include "app/branches.h"
#include "app/context_list.h"
#include "app/conversations.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/talk.h"
#include "app/token_counts.h"
#include "base/mem.h"
#include "config/config.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/harness.h"
#include "text/pieces.h"
#include "tui/message_rows.h"

enum {
	HUGE_TEXT = 4 * 1024 * 1024,
	READ_MOST = 4 * PIECE_HARD, /* as text/pieces.h counts it */
};

static char local[] = "local";
static struct config_model models[] = {{.name = local}};
static const struct config config = {.models = models, .n_models = 1, .model = models};

static struct message *
add_huge(struct app *app)
{
	struct conversation *c = app->pane->talk->session.conversation;
	struct message *prompt = conversation_add(c, NULL, CHAT_USER, "Go"), *m;
	struct buf text = {0};

	while (text.len < HUGE_TEXT)
		buf_puts(&text, "Some *words* of a paragraph, with `code` and **much** else.\n\n");
	m = conversation_add(c, prompt, CHAT_ASSISTANT, buf_text(&text));
	m->state = MESSAGE_COMPLETE;
	buf_release(&text);
	return m;
}

static size_t
count_read(const struct transcript *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += message_rows_spent(transcript_message(t, i));
	return n;
}

static void
expect_little_read(const struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++)
		HARNESS_CHECK(count_read(&app->panes[i]->transcript) <= READ_MOST, "pane %zu: %zu", i,
		        count_read(&app->panes[i]->transcript));
}

/* Before a frame has shown them: it has a budget. */
static void
reads_little_for_another_view(void)
{
	struct app app;
	struct message *m;

	netless_init(&app, &config);
	m = add_huge(&app);
	transcript_layout(&app.pane->transcript, 20, 80);
	expect_little_read(&app);
	CU_ASSERT(branches_fork(&app, m));
	transcript_end(&app.pane->transcript);
	expect_little_read(&app);
	conversations_show(&app, app.talks[1]);
	transcript_end(&app.pane->transcript);
	expect_little_read(&app);
	layout_place(&app.layout, (struct rect){0, 0, 40, 120});
	CU_ASSERT(panes_split(&app, true, app.talks[1]));
	transcript_end(&app.pane->transcript);
	expect_little_read(&app);
	CU_ASSERT(app.n_panes == 2);
	netless_release(&app);
}

/* Its key would be made of all of it. */
static void
counts_nothing_that_is_too_long(void)
{
	struct app app;
	const struct context_list *list;

	netless_init(&app, &config);
	add_huge(&app);
	list = context_list_make(&app);
	CU_ASSERT_FATAL(list->n > 0 && list->rows[0].part == CONTEXT_TURN);
	CU_ASSERT(list->rows[0].bytes > TOKENS_BYTES_MAX && list->rows[0].key == 0 && list->uncounted == 0);
	netless_release(&app);
}

CU_TestInfo huge_tests[] = {
        {"reads little for another view", reads_little_for_another_view},
        {"counts nothing that is too long", counts_nothing_that_is_too_long},
        CU_TEST_INFO_NULL,
};
