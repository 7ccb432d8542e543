/*
 * screen.h - the full screen as a whole: made, fed with keys, pastes and records, drawn, and run.
 */
#ifndef FLYNN_SCREEN_SCREEN_H
#define FLYNN_SCREEN_SCREEN_H

#include "app/app.h"
#include "app/keeper.h"

/* What the first frame needs: makes the clients, and queues to threads that do not run yet. Without keeper options nothing
 * is kept. */
bool screen_init(
        struct app *, const struct config *, const struct keeper_options *, struct log *, struct err *) MUST_USE;
/* What it does not need: the keys and the threads, of which one loads libcurl and one opens the history. */
bool screen_start(struct app *, struct err *) MUST_USE;
/* As life_end; what was typed while keys waited is in the draft. */
const char *screen_end(struct app *);
void screen_release(struct app *);

/* What came: a key, pasted text. */
void screen_key(struct app *, struct key);
void screen_paste(struct app *, const char *, size_t n);
void screen_take_held(struct app *); /* keys and pastes that waited for a conversation: app/glimpse.h */

/* ---- chat_view.c ---- */

/* Brings the views up to date and draws them. */
void screen_draw(struct app *, struct grid *);
/* Over the last frame, where only texts of replies have grown since: all else stands as it is. False: it is one that
 * shows more of them than that. */
bool screen_draw_texts(struct app *, struct grid *);
const struct view *screen_chat_view(void); /* the lowest: see app/view.h */

/* ---- loop.c ---- */

struct stage;

/* Draws the first frame, starts what it did not need, and runs until `quit`. Signals are caught already. The stage (stage.h) may be
 * NULL. False: it could not be started. */
bool screen_run(struct app *, struct stage *, struct err *) MUST_USE;

#endif
