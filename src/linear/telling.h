/*
 * telling.h - a reply as it comes, its end, and what is waited for: in sentences, and no more of them than a listener can bear.
 */
#ifndef FLYNN_LINEAR_TELLING_H
#define FLYNN_LINEAR_TELLING_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct message;

/* After whatever has happened: what is new of the running turn. True: a turn has ended. */
bool telling_turn(struct app *);
/* Says what is waited for, when it is time to. When to come again, in ms; -1: not. */
int telling_wait(struct app *);
void telling_reset(struct app *);

/* A reply that is there, with its end. */
void telling_whole(struct app *, const struct message *);
void telling_thought(struct app *, const struct message *);

#endif
