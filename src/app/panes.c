/*
 * panes.c - the app's panes and the layout's, in step. A pane goes with its number in the layout; what it shows stays open
 * when it is closed.
 */
#include "app/panes.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/mem.h"

enum {
	ROW_COLS = 2,  /* a row is about as high as so many columns are wide */
	STEP_COLS = 4, /* of one press that resizes */
	STEP_ROWS = 2,
};

static struct pane *
pane_new(unsigned number)
{
	struct pane *pane = mem_alloc(sizeof(*pane));

	pane->number = number;
	finder_init(&pane->finder);
	return pane;
}

void
pane_free(struct pane *pane)
{
	transcript_release(&pane->transcript);
	finder_release(&pane->finder);
	fence_index_release(&pane->code.blocks);
	buf_release(&pane->title);
	free(pane);
}

struct pane *
panes_add(struct app *app, unsigned number)
{
	struct pane *pane = pane_new(number);

	pane->transcript.budget = &app->budget.left;
	if (number > app->last_pane)
		app->last_pane = number;
	app->panes = mem_realloc(app->panes, (app->n_panes + 1) * sizeof(struct pane *));
	app->panes[app->n_panes++] = pane;
	return pane;
}

struct pane *
panes_put_instead(struct app *app, struct pane *pane)
{
	struct pane *before = app->pane;

	if (!pane) {
		pane = pane_new(before->number);
		pane->transcript.budget = &app->budget.left;
	}
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i] == before)
			app->panes[i] = pane;
	app->pane = pane;
	app->stale = true;
	return before;
}

void
panes_init(struct app *app)
{
	app->pane = panes_add(app, app->last_pane + 1);
	layout_init(&app->layout, app->pane->number);
}

void
panes_release(struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++)
		pane_free(app->panes[i]);
	free(app->panes);
	layout_release(&app->layout);
}

struct pane *
panes_numbered(const struct app *app, unsigned number)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i]->number == number)
			return app->panes[i];
	return NULL;
}

struct pane *
panes_pointed(const struct app *app)
{
	return panes_numbered(app, layout_at(&app->layout, app->mouse.row, app->mouse.col));
}

static bool
is_on_screen(const struct app *app, const struct pane *pane)
{
	return app->n_panes == 1 || layout_is_usable(layout_rect(&app->layout, pane->number));
}

bool
panes_is_seen(const struct app *app, const struct talk *talk)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i]->talk == talk && is_on_screen(app, app->panes[i]))
			return true;
	return false;
}

/* Whatever lies over the panes goes. */
static void
uncover(struct app *app)
{
	view_close_all(app);
	app->mouse.border = NULL;
}

/* The places of panes as they are from now on. */
static void
place(struct app *app)
{
	layout_place(&app->layout, app->layout.area);
}

static void
unzoom(struct app *app)
{
	app->layout.zoomed = 0;
	place(app);
}

void
panes_focus(struct app *app, struct pane *pane)
{
	bool other = pane->talk != app->pane->talk;

	uncover(app);
	if (app->layout.zoomed && app->layout.zoomed != pane->number)
		unzoom(app);
	if (other)
		conversations_set_down(app);
	app->pane = pane;
	if (other)
		conversations_take_up(app);
}

void
panes_go_to(struct app *app, struct talk *talk)
{
	struct pane *pane = pane_of(app, talk);

	uncover(app);
	if (pane)
		panes_focus(app, pane);
	else
		conversations_show(app, talk);
}

void
panes_next_changed(struct app *app)
{
	struct talk *talk = conversations_with_news(app);

	if (!talk) {
		app_say(app, false, "no reply has finished or failed in another conversation");
		return;
	}
	conversations_say_news(app, talk, false);
	panes_go_to(app, talk);
}

/* ---- splitting and closing ---- */

bool
panes_split(struct app *app, bool beside, struct talk *talk)
{
	struct pane *pane;

	uncover(app);
	unzoom(app);
	if (!layout_can_split(&app->layout, app->pane->number, beside)) {
		app_say(app, false, "there is no room for another pane here");
		return false;
	}
	pane = panes_add(app, app->last_pane + 1);
	(void)layout_split(&app->layout, app->pane->number, beside, pane->number);
	place(app);
	pane_show(pane, talk ? talk : conversations_begin(app));
	panes_focus(app, pane);
	return true;
}

void
panes_remove(struct app *app, struct pane *pane)
{
	size_t at = 0;

	while (app->panes[at] != pane)
		at++;
	app->n_panes--;
	memmove(app->panes + at, app->panes + at + 1, (app->n_panes - at) * sizeof(struct pane *));
	pane_free(pane);
}

void
panes_show(struct app *app, struct pane *pane, struct talk *talk)
{
	struct talk *old = pane->talk;

	if (pane == app->pane) {
		conversations_show(app, talk);
		return;
	}
	pane_show(pane, talk);
	conversations_forget(app, old);
}

static void
let_go(struct app *app, struct pane *pane)
{
	struct talk *talk = pane->talk;

	panes_remove(app, pane);
	conversations_forget(app, talk);
	place(app);
}

void
panes_close(struct app *app)
{
	struct pane *closed = app->pane;
	unsigned next = layout_close(&app->layout, closed->number);

	uncover(app);
	if (next == 0) {
		app_say(app, false, "this is the only pane");
		return;
	}
	panes_focus(app, panes_numbered(app, next));
	let_go(app, closed);
}

void
panes_close_other(struct app *app, struct pane *pane)
{
	(void)layout_close(&app->layout, pane->number);
	let_go(app, pane);
}

void
panes_only(struct app *app)
{
	uncover(app);
	if (app->n_panes == 1)
		app_say(app, false, "this is the only pane");
	for (size_t i = app->n_panes; i > 0; i--) {
		struct pane *other = app->panes[i - 1];

		if (other != app->pane)
			panes_close_other(app, other);
	}
}

void
panes_split_below(struct app *app)
{
	(void)panes_split(app, false, NULL);
}

void
panes_split_beside(struct app *app)
{
	(void)panes_split(app, true, NULL);
}

void
panes_split_longer(struct app *app)
{
	struct rect r = layout_rect(&app->layout, app->pane->number);
	bool beside = r.cols > ROW_COLS * r.rows;

	if (!layout_can_split(&app->layout, app->pane->number, beside))
		beside = !beside;
	(void)panes_split(app, beside, NULL);
}

void
panes_zoom(struct app *app)
{
	uncover(app);
	if (app->n_panes == 1)
		app_say(app, false, "this is the only pane");
	else
		app->layout.zoomed = app->layout.zoomed ? 0 : app->pane->number;
	place(app);
}

void
panes_even(struct app *app)
{
	uncover(app);
	layout_even(&app->layout);
	unzoom(app);
}

/* ---- going ---- */

static struct pane *
neighbour(struct app *app, enum layout_way way)
{
	uncover(app);
	unzoom(app);
	return panes_numbered(app, layout_neighbour(&app->layout, app->pane->number, way));
}

void
panes_go(struct app *app, int way)
{
	struct pane *pane = neighbour(app, (enum layout_way)way);

	if (pane)
		panes_focus(app, pane);
}

struct pane *
panes_after(const struct app *app, const struct pane *pane)
{
	size_t i = 0;
	unsigned next;

	while (layout_nth(&app->layout, i) != pane->number)
		i++;
	next = layout_nth(&app->layout, i + 1);
	return panes_numbered(app, next ? next : layout_nth(&app->layout, 0));
}

void
panes_next(struct app *app)
{
	panes_focus(app, panes_after(app, app->pane));
}

/* ---- swapping and resizing ---- */

/* The focus goes with the pane. */
static void
swap_with(struct app *app, const struct pane *other)
{
	if (!other || other == app->pane) {
		app_say(app, false, "there is no other pane to swap with");
		return;
	}
	layout_swap(&app->layout, app->pane->number, other->number);
	place(app);
}

void
panes_swap(struct app *app, int way)
{
	swap_with(app, neighbour(app, (enum layout_way)way));
}

void
panes_swap_next(struct app *app)
{
	uncover(app);
	unzoom(app);
	swap_with(app, panes_after(app, app->pane));
}

void
panes_border(struct app *app, int way)
{
	int cells = way == LAYOUT_LEFT || way == LAYOUT_RIGHT ? STEP_COLS : STEP_ROWS;

	uncover(app);
	unzoom(app);
	if (!layout_resize(&app->layout, app->pane->number, (enum layout_way)way, cells))
		app_say(app, false, "there is no pane in that direction");
	place(app);
}

/* ---- by number ---- */

void
panes_conversation(struct app *app)
{
	unsigned number = app->key.code - '0';
	struct talk *talk = conversations_numbered(app, number);
	char *words;

	if (talk) {
		panes_go_to(app, talk);
		return;
	}
	words = mem_printf("there is no conversation %u", number);
	app_say(app, false, words);
	free(words);
}
