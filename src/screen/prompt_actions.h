/*
 * prompt_actions.h - a prompt before it is a message: sending, queueing after a reply, taking back, recalling.
 */
#ifndef FLYNN_SCREEN_PROMPT_ACTIONS_H
#define FLYNN_SCREEN_PROMPT_ACTIONS_H

#include <stdbool.h>

struct app;

/* Enter: what is in the composer is sent, or queued while a reply is on its way; nothing there: the next of the queue
 * is sent. */
void prompts_send(struct app *);

/* A text that looks like a command and is none: Enter, pressed again, sends it as a message. */
void prompts_offer(struct app *);
bool prompts_was_offered(const struct app *); /* this text, and no other key came since */

/* The last queued one goes back into the composer, when that is empty. */
void prompts_take_back(struct app *);

/* A row up or down; at the edge of the input the prompt before or after, on empty input first what is queued. */
void prompts_up(struct app *);
void prompts_down(struct app *);

#endif
