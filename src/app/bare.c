/*
 * bare.c - a flag of the app, of its focused pane's view, and of the terminal.
 */
#include "app/bare.h"

#include "app/app.h"
#include "app/cover.h"

static void
set(struct app *app, bool bare)
{
	if (app->bare == bare)
		return;
	app->bare = bare;
	transcript_set_bare(&app->pane->transcript, bare);
	if (app->term)
		term_mouse(app->term, app->mouse && !bare);
	app->stale = true;
}

void
bare_open(struct app *app)
{
	cover_clear(app);
	set(app, true);
}

void
bare_close(struct app *app)
{
	set(app, false);
}
