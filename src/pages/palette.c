/*
 * palette.c - the actions of the palette, and its drawing. palette_items.c makes its rows.
 */
#include "pages/palette.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/command.h"
#include "app/conversations.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/help_page.h"
#include "pages/palette_items.h"

static const struct view page_view;

static struct palette *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

static void
init(void *state)
{
	picker_init(&((struct palette *)state)->view, "Actions, commands, conversations");
}

static void
release(void *state)
{
	struct palette *p = state;

	picker_release(&p->view);
	palette_items_release(p);
	free(p->asked);
}

static const struct palette_item *
chosen(const struct palette *p)
{
	return p->view.chosen < p->n_items ? &p->items[p->view.chosen] : NULL;
}

/* ---- on the screen ---- */

static void
put_key(const struct app *app, const char *action, const char *what, int cols, struct buf *out)
{
	hint_put(out, hint_key(&app->keymap, CONTEXT_PALETTE, action, what), cols);
}

static void
put_hint(const struct app *app, int cols, struct buf *out)
{
	const struct palette_item *item = chosen(state(app));

	if (item)
		put_key(app, "palette-run", item->talk ? "open" : "run", cols, out);
	put_key(app, "palette-close", "close", cols, out);
	if (item && item->command)
		put_key(app, "palette-fill", "into the input", cols, out);
}

/* Where there is no box, the last row tells the keys. */
static void
draw_footer(const struct app *app, struct grid *g)
{
	struct buf keys = {0};

	put_hint(app, status_words_cols(app, g->cols), &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}

static void
draw(struct app *app, struct grid *g)
{
	struct palette *p = state(app);
	struct rect all = {0, 0, g->rows - 1, g->cols};
	struct buf hint = {0};

	put_hint(app, picker_hint_cols(all.rows, all.cols), &hint);
	picker_layout(&p->view, all.rows, all.cols);
	picker_draw(&p->view, g, all, "nothing matches", buf_text(&hint));
	if (!picker_is_box(all.rows, all.cols))
		draw_footer(app, g);
	buf_release(&hint);
}

/* ---- the view ---- */

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_PALETTE;
}

static struct composer *
line(struct app *app)
{
	return &state(app)->view.input;
}

/* Rows are made for where the keyboard is below it. */
static void
make_items(struct app *app)
{
	palette_items_make(app, state(app), view_context_below(app, &page_view));
}

static void
settle(struct app *app)
{
	struct palette *p = state(app);

	if (!p->asked || strcmp(p->asked, composer_text(&p->view.input)) != 0)
		make_items(app);
}

static const struct view page_view = {.context = context,
        .line = line,
        .settle = settle,
        .draw = draw,
        .state_size = sizeof(struct palette),
        .init = init,
        .release = release};

const struct view *
palette_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

void
palette_open(struct app *app)
{
	struct palette *p = state(app);

	help_page_close(app);
	composer_reset(&p->view.input);
	view_push(app, &page_view);
	make_items(app);
}

void
palette_close(struct app *app)
{
	view_close(app, &page_view);
}

void
palette_move(struct app *app, int way)
{
	picker_move(&state(app)->view, way);
}

static long
page(const struct app *app)
{
	size_t rows = state(app)->view.page;

	return rows > 1 ? (long)rows - 1 : 1;
}

void
palette_screens(struct app *app, int way)
{
	picker_move(&state(app)->view, way * page(app));
}

/* As its key would have done: some look which it was. */
static void
run_action(struct app *app, const struct action *action)
{
	const struct binding *b = keymap_binding(&app->keymap, view_context(app), action->name);

	if (!b)
		b = keymap_binding(&app->default_keymap, view_context(app), action->name);
	if (b)
		app->key = b->keys[b->n_keys - 1];
	action_run(action, app);
}

void
palette_run(struct app *app)
{
	const struct palette_item *item = chosen(state(app));

	if (!item)
		return;
	palette_close(app);
	if (!item->talk)
		palette_items_remember(state(app), item->name);
	if (item->action)
		run_action(app, item->action);
	else if (item->command)
		(void)item->command->run(app, "");
	else if (conversations_is_open(app, item->talk))
		panes_go_to(app, item->talk);
}

void
palette_fill(struct app *app)
{
	const struct palette_item *item = chosen(state(app));
	char *typed;

	if (!item || !item->command)
		return;
	if (app->composer.text.len > 0 && !command_is_typed(&app->composer)) {
		app_say(app, false, "the input holds a text: send or clear it first");
		return;
	}
	palette_close(app);
	pane_to_composer(app->pane);
	typed = mem_printf("%s ", item->name);
	(void)composer_replace(&app->composer, typed, strlen(typed));
	free(typed);
}
