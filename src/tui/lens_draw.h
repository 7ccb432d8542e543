/*
 * lens_draw.h - draws the token lens: the reply with its unsure tokens shaded, and beside it, on a narrow screen below it, the
 * candidates of the token with the cursor.
 */
#ifndef FLYNN_TUI_LENS_DRAW_H
#define FLYNN_TUI_LENS_DRAW_H

#include "tui/grid.h"
#include "tui/lens.h"

/* The columns that the reply has in an area. */
int lens_text_cols(int cols);

/* `title`: cleaned; `empty`: what is said where there is no token. */
void lens_draw(struct lens *, const struct message *, struct grid *, struct rect, const char *title, const char *empty);

#endif
