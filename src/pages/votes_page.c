/*
 * votes_page.c - the history's answer as sentences beside the models' shares.
 */
#include "pages/votes_page.h"

#include <inttypes.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/status.h"
#include "app/view.h"
#include "app/votes_ask.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/vote.h"
#include "store/worker.h"
#include "text/clean.h"
#include "tui/help.h"

static const struct view page_view;

/* ---- lines ---- */

static struct help *
lines(const struct app *app)
{
	return view_state(app, &page_view);
}

static void
say_only(struct app *app, const char *words)
{
	char *clean = clean_line(words);

	help_clear(lines(app));
	help_add(lines(app), NULL, "Votes of blind comparisons");
	help_add(lines(app), "", clean);
	free(clean);
	app->stale = true;
}

static void
add_row(struct app *app, const struct votes_row *row)
{
	char *share = mem_printf("%3" PRId64 " %%", votes_percent(row)), *words = votes_row_words(app, row);

	help_add(lines(app), share, words);
	free(words);
	free(share);
}

static void
show(struct app *app, const struct votes *votes)
{
	char *words = votes_words(votes);

	say_only(app, words);
	for (size_t i = 0; i < votes->n; i++)
		add_row(app, &votes->rows[i]);
	free(words);
}

void
votes_page_answer(struct app *app, const struct store_result *r)
{
	if (r->err.code == ERR_NONE)
		show(app, votes_answered(r->question));
	else
		say_only(app, r->err.text);
}

static void
ask(struct app *app)
{
	say_only(app, "The history is being read…");
	if (!votes_ask(app))
		say_only(app, "The history is busy: try again.");
}

void
votes_page_voted(struct app *app)
{
	if (view_is_open(app, &page_view))
		(void)votes_ask(app);
}

/* ---- the view ---- */

static void
draw(struct app *app, struct grid *g)
{
	static const struct hint_row rows[] = {{"votes-close", "close"}, {"votes-down", "down"}, {"votes-up", "up"}};
	struct buf words = {0};

	grid_clear(g);
	help_draw(lines(app), g, (struct rect){0, 0, g->rows - 1, g->cols});
	hint_put_rows(&words, &app->keymap, CONTEXT_VOTES, rows, ARRAY_LEN(rows), status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_VOTES;
}

static void
release(void *state)
{
	help_release(state);
}

static const struct view page_view = {
        .context = context, .draw = draw, .covers = true, .state_size = sizeof(struct help), .release = release};

const struct view *
votes_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

bool
votes_page_open(struct app *app)
{
	if (model_names_wait(app))
		return false;
	if (!app->keeper->store)
		return app_refuse(app, "this flynn keeps no history, and so no votes");
	view_open(app, &page_view);
	ask(app);
	return true;
}

void
votes_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
votes_page_lines(struct app *app, int way)
{
	help_scroll(lines(app), way);
}

void
votes_page_screens(struct app *app, int way)
{
	long rows = lines(app)->height;

	help_scroll(lines(app), way * (rows > 2 ? rows - 1 : 1));
}
