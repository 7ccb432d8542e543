/*
 * palette.c - what keys do in the palette, and what it looks like. Its rows are made in palette_items.c.
 */
#include "app/palette.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/command.h"
#include "app/conversations.h"
#include "app/hint.h"
#include "app/palette_items.h"
#include "app/panes.h"
#include "app/status.h"
#include "base/mem.h"

void
palette_init(struct app *app)
{
	palette_view_init(&app->palette.view, "What can be done here");
}

void
palette_release(struct app *app)
{
	struct palette *p = &app->palette;

	palette_view_release(&p->view);
	palette_items_release(p);
	free(p->asked);
}

void
palette_settle(struct app *app)
{
	struct palette *p = &app->palette;

	if (p->open && (!p->asked || strcmp(p->asked, composer_text(&p->view.input)) != 0))
		palette_items_make(app);
}

void
palette_paste(struct app *app, const char *text, size_t n)
{
	if (!composer_insert_line(&app->palette.view.input, text, n))
		app_say(app, true, "that is too much to look for");
	palette_settle(app);
}

/* ---- what keys do ---- */

void
palette_open(struct app *app)
{
	struct palette *p = &app->palette;

	app->help.open = false;
	composer_reset(&p->view.input);
	p->open = true;
	palette_items_make(app);
}

void
palette_close(struct app *app)
{
	app->palette.open = false;
	app->stale = true;
}

void
palette_up(struct app *app)
{
	palette_view_move(&app->palette.view, -1);
}

void
palette_down(struct app *app)
{
	palette_view_move(&app->palette.view, 1);
}

static long
page(const struct app *app)
{
	size_t rows = app->palette.view.page;

	return rows > 1 ? (long)rows - 1 : 1;
}

void
palette_page_up(struct app *app)
{
	palette_view_move(&app->palette.view, -page(app));
}

void
palette_page_down(struct app *app)
{
	palette_view_move(&app->palette.view, page(app));
}

static const struct palette_item *
chosen(const struct palette *p)
{
	return p->view.chosen < p->n_items ? &p->items[p->view.chosen] : NULL;
}

/* As its key would have done: some look which it was. */
static void
run_action(struct app *app, const struct action *action)
{
	const struct binding *b = keymap_binding(&app->keymap, app_place(app), action->name);

	if (!b)
		b = keymap_binding(&app->default_keymap, app_place(app), action->name);
	if (b)
		app->key = b->keys[b->n_keys - 1];
	action->run(app);
}

void
palette_run(struct app *app)
{
	const struct palette_item *item = chosen(&app->palette);

	if (!item)
		return;
	palette_close(app);
	if (!item->talk)
		palette_items_remember(&app->palette, item->name);
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
	const struct palette_item *item = chosen(&app->palette);
	char *typed;

	if (!item || !item->command)
		return;
	if (app->composer.text.len > 0 && !command_is_one(composer_text(&app->composer))) {
		app_say(app, false, "the input holds a text: send or clear it first");
		return;
	}
	palette_close(app);
	pane_to_composer(app->pane);
	typed = mem_printf("%s ", item->name);
	(void)composer_replace(&app->composer, typed, strlen(typed));
	free(typed);
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
	const struct palette_item *item = chosen(&app->palette);

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

	put_hint(app, g->cols - STATUS_MARGINS, &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}

void
palette_draw(struct app *app, struct grid *g)
{
	struct palette *p = &app->palette;
	struct rect all = {0, 0, g->rows - 1, g->cols};
	struct buf hint = {0};

	put_hint(app, palette_view_hint_cols(all.rows, all.cols), &hint);
	palette_view_layout(&p->view, all.rows, all.cols);
	palette_view_draw(&p->view, g, all, "nothing is called so", buf_text(&hint));
	if (!palette_view_is_box(all.rows, all.cols))
		draw_footer(app, g);
	buf_release(&hint);
}
