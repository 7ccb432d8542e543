/*
 * input.h - standard input, entry by entry, in order: what is typed ahead waits, but for /stop and /quit.
 */
#ifndef FLYNN_LINEAR_INPUT_H
#define FLYNN_LINEAR_INPUT_H

#include <stdbool.h>

struct app;

bool input_is_wanted(const struct app *); /* there is room for more bytes */
void input_read(struct app *);            /* once there are some */

bool input_must_wait(const struct app *); /* whatever the next entry may be about has not ended yet */
bool input_take_next(struct app *);       /* false: there is none, or not yet */
bool input_is_left(const struct app *);   /* the next entry, or the end, may be taken at once */
void input_end(struct app *);             /* ends flynn when all was taken and answered */

/* Drops an entry that has begun, or a question, with the lines that wait. False: there was neither. */
bool input_drop_begun(struct app *);

#endif
