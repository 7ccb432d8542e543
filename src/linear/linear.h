/*
 * linear.h - the chat line by line: for screen readers, braille, slow lines and an editor's shell. What is written is only ever added
 * to; nothing moves the cursor, no control character is sent, and lines are edited by the terminal itself.
 *
 * It is a front end beside screen/: both change the same app. Every slash command works here, or says that it needs the full screen.
 */
#ifndef FLYNN_LINEAR_LINEAR_H
#define FLYNN_LINEAR_LINEAR_H

#include "app/app.h"
#include "app/keeper.h"

/* Makes the app. `commands`: those of the full screen. Without keeper options nothing is kept. */
bool linear_init(struct app *, const struct config *, const struct commands *, const struct keeper_options *,
        struct log *, struct err *) MUST_USE;
/* Until standard input ends, or /quit. Signals are caught already. False: it could not be started. */
bool linear_run(struct app *, struct err *) MUST_USE;
void linear_flush(struct app *); /* what is still to be written */
void linear_release(struct app *);

#endif
