/*
 * message_actions.h - what can be done with the message that has the cursor (app/focus.h).
 *
 * An action on a message is a function here that takes focus_message, and a row in screen/actions.c.
 */
#ifndef FLYNN_SCREEN_MESSAGE_ACTIONS_H
#define FLYNN_SCREEN_MESSAGE_ACTIONS_H

#include <stdbool.h>

#include "base/buf.h"

struct app;

/* Appends where the cursor is and what keys do there, the most important first, as many as fit into the columns. */
void message_hint_put(struct app *, int cols, struct buf *);

/* ---- actions ---- */

void message_action_next(struct app *);
void message_action_previous(struct app *);
void message_action_first(struct app *);
void message_action_last(struct app *);
void message_action_command(struct app *); /* into the composer, with a slash */
void message_action_stop(struct app *);    /* stops the reply, else goes back to the composer */

void message_action_fold(struct app *); /* its reasoning; without any its text */
void message_action_fold_text(struct app *);
void message_action_copy(struct app *); /* the message, or the block that the cursor is at */
void message_action_copy_code(
        struct app *); /* the block whose number was pressed, else the one after the last copied */
void message_action_retry(struct app *);
void message_action_retry_with_tokens(struct app *); /* the last reply; the lens shows it as it comes */
void message_action_retry_last(struct app *);        /* the last reply, wherever the cursor is */
void message_action_edit(struct app *);
void message_action_mute(struct app *);
void message_action_continue(struct app *);
void message_action_continue_last(struct app *);
void message_action_delete(struct app *);
void message_action_sibling(struct app *, int steps); /* -1: the version before, 1: after */

/* As the two actions on the last reply, for commands. False: it cannot be done now, which was said. */
bool message_retry_last(struct app *);
bool message_continue_last(struct app *);

#endif
