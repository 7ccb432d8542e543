/*
 * mouse.c - places are those of the last frame, which is what the person at the mouse sees.
 */
#include "screen/mouse.h"

#include "app/app.h"
#include "app/held_keys.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/replay.h"
#include "app/view.h"
#include "pages/sidebar.h"

/* A title is a border too. */
static void
press(struct app *app)
{
	struct pane *pane = panes_pointed(app);

	if (sidebar_click(app, app->mouse.row, app->mouse.col))
		return;
	if (pane && app->n_panes > 1)
		panes_focus(app, pane);
	app->mouse.border = layout_border(&app->layout, app->mouse.row, app->mouse.col);
}

static void
drag(struct app *app)
{
	if (!app->mouse.border)
		return;
	layout_move_border(&app->layout, app->mouse.border, app->mouse.row, app->mouse.col);
	layout_place(&app->layout, app->layout.area);
}

void
mouse_take(struct app *app, enum term_mouse mouse)
{
	app->stale = true;
	if (view_is_covered(app) || held_keys_wait(app) || replay_is_on(app))
		return;
	switch (mouse) {
	case TERM_MOUSE_PRESS:
		press(app);
		break;
	case TERM_MOUSE_DRAG:
		drag(app);
		break;
	case TERM_MOUSE_RELEASE:
		app->mouse.border = NULL;
		break;
	}
}
