/*
 * history_ask.h - questions to the history, which are asked when it has all that was there when a command wanted its answer.
 */
#ifndef FLYNN_LINEAR_HISTORY_ASK_H
#define FLYNN_LINEAR_HISTORY_ASK_H

#include <stdbool.h>

struct app;

/* `ask` sends the question; false: the history is busy. Where the disk is in trouble it is called at once. */
void history_ask(struct app *, bool (*ask)(struct app *));
/* Every turn of the loop, once what came from the history was taken. */
void history_ask_turn(struct app *);

#endif
