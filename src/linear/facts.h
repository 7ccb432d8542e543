/*
 * facts.h - commands that read what is there once more, or copy it: the last reply and its speed, the context, the network.
 */
#ifndef FLYNN_LINEAR_FACTS_H
#define FLYNN_LINEAR_FACTS_H

#include <stdbool.h>

struct app;

bool facts_last(struct app *, const char *argument);
bool facts_copy(struct app *, const char *argument);
bool facts_context(struct app *, const char *argument);
bool facts_stats(struct app *, const char *argument);
bool facts_log(struct app *, const char *argument);

#endif
