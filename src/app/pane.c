/*
 * pane.c - making panes, and what they show.
 */
#include "app/pane.h"

#include <stdlib.h>

#include "app/app.h"
#include "base/mem.h"

struct pane *
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
	buf_release(&pane->title);
	free(pane);
}

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
