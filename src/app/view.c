/*
 * view.c - two arrays in the app: the state of each view there is, and the views that are open, the chat first.
 */
#include "app/view.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"

enum {
	VIEWS_MAX = 8, /* open at once */
};

/* A view with what it keeps. */
struct view_state {
	const struct view *view;
	void *state;
};

/* ---- states ---- */

void
view_register(struct app *app, const struct view *view)
{
	void *state = mem_alloc(view->state_size);

	if (view->init)
		view->init(state);
	app->views.states = mem_realloc(app->views.states, (app->views.n_states + 1) * sizeof(*app->views.states));
	app->views.states[app->views.n_states++] = (struct view_state){view, state};
}

void
view_release(struct app *app)
{
	for (size_t i = 0; i < app->views.n_states; i++) {
		if (app->views.states[i].view->release)
			app->views.states[i].view->release(app->views.states[i].state);
		free(app->views.states[i].state);
	}
	free(app->views.states);
	free(app->views.open);
}

/* There are about ten. */
void *
view_state(const struct app *app, const struct view *view)
{
	size_t i = 0;

	while (app->views.states[i].view != view)
		i++;
	return app->views.states[i].state;
}

/* ---- the stack ---- */

void
view_init(struct app *app, const struct view *chat)
{
	app->views.open = mem_alloc(VIEWS_MAX * sizeof(*app->views.open));
	app->views.open[0] = chat;
	app->views.n = 1;
}

static const struct view *
top(const struct app *app)
{
	return app->views.open[app->views.n - 1];
}

/* Its place in the stack; 0, where the chat is: it is not open. */
static size_t
place_of(const struct app *app, const struct view *view)
{
	size_t i = app->views.n - 1;

	while (i > 0 && app->views.open[i] != view)
		i--;
	return i;
}

static void
take_out(struct app *app, size_t at)
{
	app->views.n--;
	memmove(app->views.open + at, app->views.open + at + 1, (app->views.n - at) * sizeof(*app->views.open));
	app->stale = true;
}

/* ---- opening and closing ---- */

void
view_push(struct app *app, const struct view *view)
{
	size_t at = place_of(app, view);

	if (at > 0)
		take_out(app, at);
	assert(app->views.n < VIEWS_MAX);
	app->views.open[app->views.n++] = view;
	app->stale = true;
}

void
view_open(struct app *app, const struct view *view)
{
	view_close_over(app);
	view_push(app, view);
}

void
view_close(struct app *app, const struct view *view)
{
	size_t at = place_of(app, view);

	if (at == 0)
		return;
	take_out(app, at);
	if (view->close)
		view->close(app);
}

void
view_close_over(struct app *app)
{
	for (size_t i = app->views.n - 1; i > 0; i--)
		if (!app->views.open[i]->stays)
			view_close(app, app->views.open[i]);
}

void
view_close_all(struct app *app)
{
	while (app->views.n > 1)
		view_close(app, top(app));
}

/* ---- asking ---- */

bool
view_is_open(const struct app *app, const struct view *view)
{
	return place_of(app, view) > 0;
}

bool
view_is_covered(const struct app *app)
{
	for (size_t i = 1; i < app->views.n; i++)
		if (!app->views.open[i]->beside)
			return true;
	return false;
}

enum key_context
view_context(const struct app *app)
{
	return top(app)->context(app);
}

enum key_context
view_context_below(const struct app *app, const struct view *view)
{
	return app->views.open[place_of(app, view) - 1]->context(app);
}

static struct composer *
line_of(struct app *app, const struct view *view)
{
	return view->line ? view->line(app) : NULL;
}

struct composer *
view_line(struct app *app)
{
	size_t i = app->views.n - 1;

	while (i > 0 && !line_of(app, app->views.open[i]))
		i--;
	return line_of(app, app->views.open[i]);
}

/* ---- what comes ---- */

void
view_settle(struct app *app)
{
	for (size_t i = 0; i < app->views.n; i++) {
		const struct view *view = app->views.open[i];

		if (view->settle)
			view->settle(app);
		if (i < app->views.n && app->views.open[i] != view)
			i--; /* it has closed itself */
	}
}

void
view_type(struct app *app, const char *text, size_t n)
{
	if (!composer_type(view_line(app), text, n))
		app_say(app, true, "too long for one prompt");
}

void
view_paste(struct app *app, const char *text, size_t n)
{
	while (app->views.n > 1 && !top(app)->paste && !line_of(app, top(app)))
		view_close(app, top(app));
	if (top(app)->paste)
		top(app)->paste(app, text, n);
	else if (!composer_insert_line(line_of(app, top(app)), text, n))
		app_say(app, true, "too long to search for");
}

/* ---- on the screen ---- */

void
view_draw(struct app *app, struct grid *g)
{
	size_t i = app->views.n - 1;

	app->next_draw_ms = 0;
	while (i > 0 && !app->views.open[i]->covers)
		i--;
	for (; i < app->views.n; i++)
		if (app->views.open[i]->draw)
			app->views.open[i]->draw(app, g);
}

void
view_hint(struct app *app, int cols, struct buf *out)
{
	size_t i = app->views.n - 1;

	while (i > 0 && !app->views.open[i]->hint)
		i--;
	if (app->views.open[i]->hint)
		app->views.open[i]->hint(app, cols, out);
}
