/*
 * scroll.c - the view up and down, and the message cursor with it.
 */
#include "app/scroll.h"

#include "app/app.h"
#include "app/pane.h"
#include "app/panes.h"

enum {
	WHEEL_ROWS = 3,
};

static long
page(const struct app *app)
{
	return app->pane->transcript.rows > 2 ? app->pane->transcript.rows - 2 : 1;
}

static void
scroll_pane(struct pane *pane, long rows)
{
	transcript_scroll(&pane->transcript, rows);
	transcript_cursor_keep(&pane->transcript);
}

static void
scroll_rows(struct app *app, long rows)
{
	scroll_pane(app->pane, rows);
}

void
scroll_pages(struct app *app, int way)
{
	scroll_rows(app, way * page(app));
}

void
scroll_half_pages(struct app *app, int way)
{
	scroll_rows(app, way * (page(app) + 1) / 2);
}

void
scroll_lines(struct app *app, int way)
{
	scroll_rows(app, way);
}

/* While the view stands somewhere above, End brings it back; else it is a key of the line. */
void
scroll_end(struct app *app)
{
	if (app->pane->transcript.follow)
		composer_end(&app->composer);
	else
		transcript_end(&app->pane->transcript);
}

void
scroll_to_first(struct app *app)
{
	transcript_start(&app->pane->transcript);
}

void
scroll_to_last(struct app *app)
{
	transcript_end(&app->pane->transcript);
}

void
scroll_fold(struct app *app)
{
	transcript_fold(&app->pane->transcript);
}

void
scroll_raw(struct app *app)
{
	transcript_show_raw(&app->pane->transcript);
}

/* The one under the mouse, else the focused one. */
static struct pane *
wheel_pane(const struct app *app)
{
	struct pane *pane = panes_pointed(app);

	return pane ? pane : app->pane;
}

void
scroll_wheel(struct app *app, int way)
{
	scroll_pane(wheel_pane(app), way * WHEEL_ROWS);
}
