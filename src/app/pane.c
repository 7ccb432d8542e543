/*
 * pane.c - what a pane shows.
 */
#include "app/pane.h"

#include "app/app.h"

void
pane_show(struct pane *pane, struct talk *talk)
{
	pane->talk = talk;
	transcript_release(&pane->transcript);
	transcript_init(&pane->transcript, &talk->session);
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
