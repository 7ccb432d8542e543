/*
 * palette.h - everything that can be done where the keyboard is, found by a few of its letters: the actions that have a
 * place there, every /command, and the other open conversations.
 *
 * An action runs where the palette was opened, as its key would have done.
 */
#ifndef FLYNN_PAGES_PALETTE_H
#define FLYNN_PAGES_PALETTE_H

struct app;
struct view;

const struct view *palette_page(void); /* to be registered: see app/view.h */

/* ---- what keys do ---- */

void palette_open(struct app *);
void palette_close(struct app *);
/* `way`: -1 up, 1 down. */
void palette_move(struct app *, int way);
void palette_screens(struct app *, int way);
void palette_run(struct app *);  /* the chosen row */
void palette_fill(struct app *); /* a command: into the input, for its argument */

#endif
