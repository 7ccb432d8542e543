/*
 * mouse.h - what the mouse does: a click focuses a pane, dragging a border moves it. The app holds its position.
 */
#ifndef FLYNN_SCREEN_MOUSE_H
#define FLYNN_SCREEN_MOUSE_H

#include "tui/term_event.h"

struct app;

void mouse_take(struct app *, enum term_mouse);

#endif
