/*
 * focus.h - where the keyboard is: in the composer, or among the messages, at the one with the message cursor
 * (tui/transcript.h); and what can be done with that one.
 *
 * An action on a message is a function here that takes focus_message, and a row in app/actions.c.
 */
#ifndef FLYNN_APP_FOCUS_H
#define FLYNN_APP_FOCUS_H

#include <stddef.h>
#include <stdint.h>

#include "text/fence.h"

struct app;
struct pane;
struct message;

/* What was found out about a message. Zeroed to begin with. */
struct focus_code {
	uint64_t message;
	struct fences fences; /* of its text so far */
	size_t copied;        /* the block that was copied last; 0: none */
	size_t at;            /* the block that the cursor is at; 0: at the message */
};

void focus_transcript(struct app *);                 /* to the last message in the view; there is none: says so */
void focus_on(struct app *, const struct message *); /* which is on the path that is shown */
void focus_composer(struct app *);
void focus_settle(struct pane *); /* the message is gone, or another conversation is shown: before focus_message */

/* NULL while the keyboard is in the composer. */
struct message *focus_message(const struct app *);

/* How many code blocks the message has; its text may have grown since the last call. */
size_t focus_count_code(struct app *, const struct message *);

/* Appends where the cursor is and what keys do there, the most important first, as far as they fit. */
void focus_put_hint(struct app *, int cols, struct buf *);

/* ---- actions among the messages ---- */

void focus_next(struct app *);
void focus_previous(struct app *);
void focus_first(struct app *);
void focus_last(struct app *);
void focus_command(struct app *); /* into the composer, with a slash */
void focus_stop(struct app *);    /* stops the reply, else goes back to the composer */

void focus_next_code(struct app *); /* to the next code block, of this message or of one below it */
void focus_previous_code(struct app *);
void focus_fold(struct app *); /* its reasoning; without any its text */
void focus_fold_text(struct app *);
void focus_copy(struct app *);      /* the message, or the block that the cursor is at */
void focus_copy_code(struct app *); /* the block whose number was pressed, else the one behind the last copied */
void focus_retry(struct app *);
void focus_edit(struct app *);
void focus_continue(struct app *);
void focus_delete(struct app *);
void focus_sibling_before(struct app *);
void focus_sibling_after(struct app *);

#endif
