/*
 * palette.h - everything that can be done where the keyboard is, found by a few of its letters: the actions that have a
 * place there, every /command, and the other open conversations.
 *
 * An action runs where the palette was opened, as its key would have done.
 */
#ifndef FLYNN_APP_PALETTE_H
#define FLYNN_APP_PALETTE_H

struct app;
struct view;

const struct view *palette_page(void); /* to be registered: see app/view.h */

/* ---- what keys do ---- */

void palette_open(struct app *);
void palette_close(struct app *);
void palette_up(struct app *);
void palette_down(struct app *);
void palette_page_up(struct app *);
void palette_page_down(struct app *);
void palette_run(struct app *);  /* the chosen row */
void palette_fill(struct app *); /* a command: into the input, for what is to stand behind it */

#endif
