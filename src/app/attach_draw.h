/*
 * attach_draw.h - the chips of attached files above the composer.
 */
#ifndef FLYNN_APP_ATTACH_DRAW_H
#define FLYNN_APP_ATTACH_DRAW_H

#include "tui/grid.h"

struct app;

int attach_rows(const struct app *, int cols, int screen_rows); /* that they take of such a screen */
void attach_draw(const struct app *, struct grid *, struct rect);

#endif
