/*
 * pane_title.h - the row above a pane: which conversation it shows, and how it stands with it.
 *
 * "━ 2 Why the sky is blue #todo ━━━━━━━ tiny · translator · 38.2 tok/s ━"; a pane that is not focused has a thin line.
 */
#ifndef FLYNN_TUI_PANE_TITLE_H
#define FLYNN_TUI_PANE_TITLE_H

#include <stdbool.h>

#include "tui/grid.h"

/* Texts are cleaned; "" where there is nothing to say. preset, tags: or NULL. */
struct pane_title {
	unsigned number;
	const char *title, *tags, *model, *preset, *state;
	bool focused, zoomed;
};

/* As much as fits: the tags, all or none, go first, then model and preset go first, then the title is shortened; number and state stay. */
void pane_title_draw(const struct pane_title *, struct grid *, struct rect line);

#endif
