/*
 * bare_page.c - a view that draws nothing but the focused pane, without its decoration, and leaves the mouse to the terminal.
 */
#include "pages/bare_page.h"

#include "app/app.h"
#include "app/pane.h"
#include "app/view.h"
#include "base/compiler.h"

static void
set(struct app *app, bool bare)
{
	transcript_set_bare(&app->pane->transcript, bare);
	if (app->term)
		term_mouse(app->term, app->mouse.is_on && !bare);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_BARE;
}

static void
draw(struct app *app, struct grid *g)
{
	panes_draw_one(app, g, (struct rect){0, 0, g->rows, g->cols});
}

static void
close(struct app *app)
{
	set(app, false);
}

static const struct view page_view = {.context = context, .draw = draw, .close = close, .covers = true};

void
bare_open(struct app *app)
{
	view_open(app, &page_view);
	set(app, true);
}

void
bare_close(struct app *app)
{
	view_close(app, &page_view);
}

bool
bare_is_open(const struct app *app)
{
	return view_is_open(app, &page_view);
}
