/*
 * token_choice.h - /lens: the tokens of the last reply as numbered choices, the candidates of one of them, and another version of the
 * reply that goes on with a candidate.
 */
#ifndef FLYNN_LINEAR_TOKEN_CHOICE_H
#define FLYNN_LINEAR_TOKEN_CHOICE_H

#include <stdbool.h>

struct app;

bool token_choice_run(struct app *, const char *argument);

#endif
