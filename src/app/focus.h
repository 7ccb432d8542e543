/*
 * focus.h - where the keyboard is in a pane: in the composer, or among the messages, at the one with the message cursor
 * (tui/transcript.h) or at one of its code blocks.
 */
#ifndef FLYNN_APP_FOCUS_H
#define FLYNN_APP_FOCUS_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct pane;
struct message;

void focus_transcript(struct app *);                 /* to the last message in the view; there is none: says so */
void focus_on(struct app *, const struct message *); /* which is on the path that is shown */
void focus_composer(struct app *);
void focus_settle(struct pane *); /* the message is gone, or another conversation is shown: before focus_message */

/* NULL while the keyboard is in the composer. */
struct message *focus_message(const struct app *);

void focus_forget_code(struct pane *); /* what was found out about the code of a message */

/* ---- focus_code.c ---- */

/* How many code blocks the message has, as far as its text was read; it may have grown since the last call. A long one is read
 * in slices: by each call, and before each frame. */
size_t focus_count_code(struct app *, const struct message *);
void focus_read(struct app *);              /* before a frame: one slice of the message with the cursor */
bool focus_is_reading(const struct pane *); /* there are more */
bool focus_has_links(const struct pane *);  /* as far as the message was read */

/* The code block at which the cursor is, from 1; 0: it is at the message. */
size_t focus_code_here(struct app *);

void focus_next_code(struct app *); /* to the next code block, of this message or of one below it */
void focus_previous_code(struct app *);

#endif
