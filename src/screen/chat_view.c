/*
 * chat_view.c - the screen from top to bottom: panes, a rule where there is room, queued prompts, attached files, composer,
 * status bar.
 */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_draw.h"
#include "app/best.h"
#include "app/blind.h"
#include "app/branches.h"
#include "app/copy.h"
#include "app/finder.h"
#include "app/focus.h"
#include "app/hidden.h"
#include "app/key_hint.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/status_activity.h"
#include "app/talk.h"
#include "app/version.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/mem.h"
#include "pages/recall_search.h"
#include "pages/sidebar.h"
#include "screen/message_actions.h"
#include "screen/screen.h"

enum {
	LEAST_ROWS = 5,
	LEAST_COLS = 20,
	/* Of a frame, for texts that were not read so far: what that costs differs with the text and the machine, so the budget
	 * changes until a frame that needs all of it takes about READING_NS. */
	BUDGET_FIRST = 64 * 1024,
	BUDGET_LEAST = 16 * 1024,
	BUDGET_MOST = 256 * 1024,
	READING_NS = 8000000,
	LOOK_RULE = 3, /* for grid_text_key, which the composer has others for */
	RULE_FROM_ROWS = 10,
	RULE_MARGINS = 6,
};

static void
draw_too_small(struct grid *g)
{
	char words[64];

	grid_clear(g);
	snprintf(words, sizeof(words), "flynn needs %dx%d", LEAST_COLS, LEAST_ROWS);
	grid_puts(g, 0, 0, g->cols, STYLE_TEXT, words);
}

/* One that is drawn already is left as it is. */
static void
draw_rule(struct grid *g, int row, const char *words)
{
	char label[256];

	if (!grid_line(g, (struct rect){row, 0, 1, g->cols}, grid_text_key(words, strlen(words), LOOK_RULE)))
		return;
	grid_fill(g, row, 0, g->cols, STYLE_NOTE, "─");
	if (!*words)
		return;
	snprintf(label, sizeof(label), " %s ", words);
	grid_puts(g, row, 2, g->cols - 2, STYLE_NOTE, label);
}

static void
put_fold_hint(const struct app *app, int cols, struct buf *hint)
{
	hint_put(hint, hint_key(&app->keymap, CONTEXT_COMPOSER, "open-paste", "shows the pasted text"), cols);
}

/* What the keyboard is at, when that is not the end of the conversation. */
static void
put_hint(struct app *app, int cols, struct buf *hint)
{
	if (app->pane->focus == CONTEXT_TRANSCRIPT)
		message_hint_put(app, cols, hint);
	else if (finder_is_on(app->pane))
		finder_put_hint(app, cols, hint);
	else if (hidden_is_on(app) && app->composer.text.len == 0)
		blind_put_hint(app, cols, hint);
	else if (app->pane->talk->best > 0 && app->composer.text.len == 0)
		best_put_hint(app, cols, hint);
	else if (app->words_refused)
		hint_put(hint, mem_strdup("Enter again sends the word without its file"), cols);
	else if (composer_has_folds(&app->composer))
		put_fold_hint(app, cols, hint);
	else if (version_is_editing(app))
		buf_puts(hint, version_is_of_reply(app) ? "another version of a reply"
		                                        : "another version of an earlier prompt");
}

/* ---- the chat ---- */

/* Rows from the bottom: status bar, composer, attached files, queued prompts, rule. */
struct rows {
	int input, files, queued, rule, below;
};

/* What stands where prompts are written. */
static const struct composer *
input_of(const struct app *app)
{
	const struct composer *recalled = recall_search_shown(app);

	if (recalled)
		return recalled;
	return finder_is_on(app->pane) ? &app->pane->finder.input : &app->composer;
}

static struct rows
share_rows(const struct app *app, const struct grid *g)
{
	int most = g->rows / 3, input = composer_rows(input_of(app), g->cols);
	struct rows r = {.input = finder_is_on(app->pane) ? 1
	                          : input < most          ? input
	                                                  : most,
	        .files = attach_rows(app, g->cols, g->rows),
	        .queued = prompt_queue_rows(&app->pane->talk->prompts, g->rows),
	        .rule = g->rows >= RULE_FROM_ROWS};

	r.below = 1 + r.input + r.files + r.queued + r.rule;
	return r;
}

/* The terminal's cursor is where the keyboard is. */
static void
draw_input(struct app *app, struct grid *g, const struct rows *r)
{
	struct rect files = {g->rows - 1 - r->input - r->files, 0, r->files, g->cols};
	struct rect queued = {files.row - r->queued, 0, r->queued, g->cols};
	int row = g->cursor_row, col = g->cursor_col;

	grid_blank(g, queued);
	prompt_queue_draw(&app->pane->talk->prompts, talk_is_idle(app->pane->talk), g, queued);
	grid_blank(g, files);
	attach_draw(app, g, files);
	composer_draw(input_of(app), g, (struct rect){g->rows - 1 - r->input, 0, r->input, g->cols});
	if (app->pane->focus != CONTEXT_TRANSCRIPT && app->pane->focus != CONTEXT_FOUND && !sidebar_has_focus(app))
		return;
	g->cursor_row = row;
	g->cursor_col = col;
}

/* 0 is never. */
static int64_t
sooner_of(int64_t a, int64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* The soonest that any pane, or the sidebar, has something else to show. */
static int64_t
next_draw_ms(const struct app *app, int64_t now_ms)
{
	int64_t soonest = 0;

	for (size_t i = 0; i < app->n_panes; i++) {
		const struct pane *pane = app->panes[i];
		bool more = finder_is_looking(pane) || (pane == app->pane && focus_is_reading(pane));

		soonest = sooner_of(soonest, more ? now_ms : status_next_ms(pane->talk, now_ms));
	}
	for (size_t i = 0; sidebar_is_shown(app) && i < app->n_talks; i++)
		soonest = sooner_of(soonest, status_next_ms(app->talks[i], now_ms));
	return soonest;
}

static void
draw_status(struct status *status, struct grid *g, const char *hint)
{
	if (!status->message && *hint)
		status->message = hint;
	statusbar_draw(status, g, (struct rect){g->rows - 1, 0, 1, g->cols});
}

static void
draw_panes(struct app *app, struct grid *g, int rows)
{
	int cols = sidebar_place(app, g->cols);

	sidebar_settle(app);
	panes_draw(app, g, (struct rect){0, cols, rows, g->cols - cols});
	if (cols > 0)
		sidebar_draw(app, g, (struct rect){0, 0, rows, cols});
}

/* The input says enough of itself. */
static bool
has_own_place(const struct app *app)
{
	return view_context(app) == CONTEXT_COMPOSER && !hidden_is_on(app) && app->pane->talk->best == 0;
}

static void
draw_chat(struct app *app, struct grid *g)
{
	int64_t now_ms = clock_ms();
	struct buf hint = {0};
	struct status status;
	struct rows r;

	app->composer.cols = g->cols;
	r = share_rows(app, g);
	draw_panes(app, g, g->rows - r.below);
	status_make(app, talk_clock_ms(app->pane->talk), &status);
	focus_read(app);
	view_hint(app, r.rule ? g->cols - RULE_MARGINS : statusbar_message_cols(&status, g->cols), &hint);
	if (r.rule)
		draw_rule(g, g->rows - r.below, buf_text(&hint));
	draw_input(app, g, &r);
	draw_status(&status, g, r.rule || has_own_place(app) ? "" : buf_text(&hint));
	app->next_draw_ms = next_draw_ms(app, now_ms);
	buf_release(&hint);
}

static enum key_context
context(const struct app *app)
{
	return app->pane->focus;
}

static struct composer *
line(struct app *app)
{
	return app->pane->focus == CONTEXT_FIND ? &app->pane->finder.input : &app->composer;
}

static void
settle(struct app *app)
{
	focus_settle(app->pane);
	finder_settle(app->pane);
}

static void
paste(struct app *app, const char *text, size_t n)
{
	if (app->pane->focus != CONTEXT_FIND)
		focus_composer(app);
	if (!composer_insert(line(app), text, n))
		app_say(app, true, "too long for one prompt");
}

const struct view *
screen_chat_view(void)
{
	static const struct view chat = {.context = context,
	        .line = line,
	        .settle = settle,
	        .paste = paste,
	        .draw = draw_chat,
	        .hint = put_hint,
	        .covers = true};

	return &chat;
}

static void
fit_budget(struct app *app, int64_t took_ns)
{
	if (took_ns > READING_NS && app->budget.frame > BUDGET_LEAST)
		app->budget.frame /= 2;
	else if (took_ns < READING_NS / 4 && app->budget.frame < BUDGET_MOST)
		app->budget.frame *= 2;
}

/* There may be more of a text to be read. */
static void
read_on(struct app *app, int64_t took_ns)
{
	fit_budget(app, took_ns);
	app->next_draw_ms = clock_ms();
}

static void
come_back_for_models(struct app *app)
{
	int64_t due_ms = models_due_ms(app);

	if (due_ms > 0 && (app->next_draw_ms == 0 || due_ms < app->next_draw_ms))
		app->next_draw_ms = due_ms;
}

void
screen_draw(struct app *app, struct grid *g)
{
	int64_t start_ns = clock_ns();
	bool copying;

	view_settle(app);
	models_turn(app);
	copying = copy_turn(app);
	g->cursor_row = g->cursor_col = -1;
	if (app->budget.frame == 0)
		app->budget.frame = BUDGET_FIRST;
	app->budget.left = app->budget.frame;
	if (g->rows < LEAST_ROWS || g->cols < LEAST_COLS)
		draw_too_small(g);
	else
		view_draw(app, g);
	come_back_for_models(app);
	if (app->budget.left == 0)
		read_on(app, clock_ns() - start_ns);
	else if (copying)
		app->next_draw_ms = clock_ms();
}

/* Nothing is shown that a text changes beside itself: marks of a search, the place of the cursor. */
static bool
shows_only_texts(const struct app *app, const struct grid *g)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (finder_is_on(app->panes[i]))
			return false;
	return app->views.n == 1 && app->pane->focus == CONTEXT_COMPOSER && g->rows >= LEAST_ROWS &&
	       g->cols >= LEAST_COLS;
}

bool
screen_draw_texts(struct app *app, struct grid *g)
{
	int64_t start_ns = clock_ns();

	if (!shows_only_texts(app, g))
		return false;
	app->budget.left = app->budget.frame;
	panes_draw_texts(app, g);
	app->next_draw_ms = sooner_of(app->next_draw_ms, next_draw_ms(app, start_ns / 1000000));
	if (app->budget.left == 0)
		read_on(app, clock_ns() - start_ns);
	return true;
}
