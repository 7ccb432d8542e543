/*
 * pane.c - a pane's conversation and its view.
 */
#include "app/pane.h"

#include "app/app.h"
#include "app/talk.h"

void
pane_show_session(struct pane *pane, struct session *session)
{
	struct transcript *t = &pane->transcript;
	const struct transcript before = *t;

	transcript_release(t);
	transcript_init(t, session);
	t->budget = before.budget;
	t->colours = before.colours;
	if (before.rows > 0)
		transcript_size(t, before.rows, before.width);
}

void
pane_show(struct pane *pane, struct talk *talk)
{
	pane->talk = talk;
	pane_show_session(pane, &talk->session);
}

void
pane_to_composer(struct pane *pane)
{
	transcript_cursor_stop(&pane->transcript);
	pane->focus = CONTEXT_COMPOSER;
}

struct pane *
pane_of(const struct app *app, const struct talk *talk)
{
	if (app->pane->talk == talk)
		return app->pane;
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i]->talk == talk)
			return app->panes[i];
	return NULL;
}
