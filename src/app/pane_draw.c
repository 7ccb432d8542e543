/*
 * pane_draw.c - each pane in its part of the screen: its title, and below it the conversation; and the columns between
 * them. A pane that cannot be used is not laid out.
 */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/finder.h"
#include "app/focus.h"
#include "app/hidden.h"
#include "app/keeper.h"
#include "app/pane.h"
#include "app/pictures.h"
#include "app/preset.h"
#include "app/room.h"
#include "app/status.h"
#include "app/status_hint.h"
#include "app/tagging.h"
#include "app/talk.h"
#include "app/turn.h"
#include "tui/pane_title.h"

/* For grid_line: messages have larger keys. */
enum {
	COLUMN_KEY = 3,
	TITLE_KEY_FIRST = 16,
};

enum {
	PICTURE_SHARE = 3, /* one part of so many of the view */
	TAGS_BYTES = 256,
	LEAST_BELOW = 3, /* rows: rule, a composer of one line, status bar */
};

/* That a view with so many rows has while the composer has one: what is typed must not make pictures smaller. */
static int
rows_at_rest(const struct grid *g, struct rect area, int rows)
{
	int most = g->rows - LEAST_BELOW;

	return most > area.rows ? rows * most / area.rows : rows;
}

/* Asked where a prompt has failed for want of room. */
static bool
sums_up(const struct talk *talk)
{
	return talk->session.failed.code == ERR_CONTEXT && room_is_made_by_summary(talk);
}

static void
draw_transcript(struct app *app, struct pane *pane, struct grid *g, struct rect r, int rows)
{
	struct transcript *t = &pane->transcript;
	bool focused = pane == app->pane;
	struct buf hint = {0};

	if (!app->keeper->restoring && talk_is_empty(pane->talk) && !pane->talk->is_told)
		status_hint(app, pane->talk->link, &hint);
	t->hint = buf_text(&hint);
	t->statistics = app->statistics;
	t->hides_errors = hidden_is_on(app);
	t->budget = &app->budget.left;
	t->colours = app->code.is_plain ? NULL : grammars_colours(&app->code.grammars);
	t->pictures = pictures_source(app);
	t->picture_rows = rows / PICTURE_SHARE;
	t->keys = (struct transcript_keys){.retry = focused ? app->keys.retry : NULL,
	        .go_on = focused && turn_may_continue(pane->talk) ? app->keys.go_on : NULL,
	        .send = !focused || composer_is_blank(&app->composer) ? NULL : app->keys.send,
	        .end = focused ? app->keys.end : NULL,
	        .begin = focused ? app->keys.begin : NULL,
	        .compact = focused && sums_up(pane->talk) ? app->keys.compact : NULL,
	        .on_server = room_on_server(pane->talk)};
	focus_settle(pane);
	finder_before_layout(pane);
	transcript_layout(t, r.rows, r.cols);
	finder_layout(pane);
	transcript_draw(t, g, r);
	t->hint = NULL;
	buf_release(&hint);
}

/* ---- titles ---- */

/* Another key for another title. */
static uint64_t
title_key(struct app *app, struct pane *pane, const char *looks)
{
	if (pane->title_key == 0 || strcmp(buf_text(&pane->title), looks) != 0) {
		buf_clear(&pane->title);
		buf_puts(&pane->title, looks);
		pane->title_key = TITLE_KEY_FIRST + ++app->last_title;
	}
	return pane->title_key;
}

/* Where they have no room they are not shown at all. */
static void
put_tags(const struct talk *talk, char tags[static TAGS_BYTES])
{
	struct buf all = {0};

	tagging_put(&all, &conversation_info(talk->session.conversation)->tags);
	snprintf(tags, TAGS_BYTES, "%s", all.len < TAGS_BYTES ? buf_text(&all) : "");
	buf_release(&all);
}

static void
draw_title(struct app *app, struct pane *pane, struct grid *g, struct rect line)
{
	struct status status;
	struct pane_title title = {.number = pane->talk->number,
	        .focused = pane == app->pane,
	        .zoomed = app->layout.zoomed == pane->number};
	char looks[sizeof(status.model) + sizeof(status.state[0]) + STATUS_TITLE_MAX + PRESET_WORD_MAX + TAGS_BYTES +
	           64];
	char tags[TAGS_BYTES];
	char preset[PRESET_WORD_MAX];
	char name[STATUS_TITLE_MAX], model[STATUS_TITLE_MAX];

	status_of(app, pane->talk, talk_clock_ms(pane->talk), &status);
	status_title(pane->talk, name);
	title.title = name;
	status_model(app, pane->talk->link, model);
	title.model = app->config->n_models > 1 ? model : status.model;
	title.state = status_word(pane->talk, &status);
	preset_word(app, pane->talk, preset);
	title.preset = preset;
	put_tags(pane->talk, tags);
	title.tags = tags;
	snprintf(looks, sizeof(looks), "%u %d %d %s\n%s\n%s\n%s\n%s", title.number, title.focused, title.zoomed, name,
	        tags, title.model, title.preset, title.state);
	if (grid_line(g, line, title_key(app, pane, looks)))
		pane_title_draw(&title, g, line);
}

static void
draw_too_small(struct app *app, struct pane *pane, struct grid *g, struct rect r)
{
	char words[32], looks[64];

	snprintf(words, sizeof(words), "%u: too small", pane->talk->number);
	snprintf(looks, sizeof(looks), "%d %s", pane == app->pane, words);
	if (grid_line(g, (struct rect){r.row, r.col, 1, r.cols}, title_key(app, pane, looks)))
		grid_puts(g, r.row, r.col, r.col + r.cols, pane == app->pane ? STYLE_PANE_FOCUSED : STYLE_PANE, words);
	for (int row = 1; row < r.rows; row++)
		grid_line(g, (struct rect){r.row + row, r.col, 1, r.cols}, GRID_BLANK_KEY);
}

/* ---- all of them ---- */

static void
draw_below_title(struct app *app, struct pane *pane, struct grid *g, struct rect r, struct rect area)
{
	draw_transcript(
	        app, pane, g, (struct rect){r.row + 1, r.col, r.rows - 1, r.cols}, rows_at_rest(g, area, r.rows) - 1);
}

static void
draw_pane(struct app *app, struct pane *pane, struct grid *g, struct rect r, struct rect area)
{
	int row = g->cursor_row, col = g->cursor_col;

	if (!layout_is_usable(r)) {
		draw_too_small(app, pane, g, r);
		return;
	}
	draw_title(app, pane, g, (struct rect){r.row, r.col, 1, r.cols});
	draw_below_title(app, pane, g, r, area);
	if (pane == app->pane)
		return;
	g->cursor_row = row;
	g->cursor_col = col;
}

static void
draw_columns(const struct app *app, struct grid *g)
{
	struct rect r;

	for (size_t i = 0; layout_column(&app->layout, i, &r); i++)
		for (int row = r.row; row < r.row + r.rows; row++)
			if (grid_line(g, (struct rect){row, r.col, 1, r.cols}, COLUMN_KEY))
				grid_puts(g, row, r.col, r.col + r.cols, STYLE_PANE, "│");
}

void
panes_draw_one(struct app *app, struct grid *g, struct rect area)
{
	draw_transcript(app, app->pane, g, area, rows_at_rest(g, area, area.rows));
}

void
panes_draw(struct app *app, struct grid *g, struct rect area)
{
	layout_place(&app->layout, area);
	if (app->n_panes == 1) {
		panes_draw_one(app, g, area);
		return;
	}
	for (size_t i = 0; i < app->n_panes; i++) {
		struct rect r = layout_rect(&app->layout, app->panes[i]->number);

		if (r.rows > 0 && r.cols > 0)
			draw_pane(app, app->panes[i], g, r, area);
	}
	draw_columns(app, g);
}

void
panes_draw_texts(struct app *app, struct grid *g)
{
	struct rect area = app->layout.area;

	for (size_t i = 0; i < app->n_panes; i++) {
		struct pane *pane = app->panes[i];
		struct rect r = layout_rect(&app->layout, pane->number);

		if (talk_is_idle(pane->talk))
			continue;
		if (app->n_panes == 1) /* it has no title */
			panes_draw_one(app, g, area);
		else if (layout_is_usable(r))
			draw_below_title(app, pane, g, r, area);
	}
}
