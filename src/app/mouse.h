/*
 * mouse.h - what the mouse does: a click focuses a pane, a border is drawn to another place. Where it is, the app knows.
 */
#ifndef FLYNN_APP_MOUSE_H
#define FLYNN_APP_MOUSE_H

#include "tui/term_event.h"

struct app;
struct pane;

void mouse_take(struct app *, enum term_mouse);

/* The pane that it points at, else the focused one. */
struct pane *mouse_pane(const struct app *);

#endif
