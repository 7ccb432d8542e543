/*
 * series.h - several replies to one prompt, one after the other, of which one is kept: /best and /compare.
 */
#ifndef FLYNN_LINEAR_SERIES_H
#define FLYNN_LINEAR_SERIES_H

#include <stdbool.h>

struct app;

bool series_best(struct app *, const char *argument);
bool series_compare(struct app *, const char *prompt);
void series_turn(struct app *); /* a turn has ended */
void series_stop(struct app *); /* no further reply is asked for */

#endif
