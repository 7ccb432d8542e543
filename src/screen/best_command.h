/*
 * best_command.h - /best N PROMPT.
 */
#ifndef FLYNN_SCREEN_BEST_COMMAND_H
#define FLYNN_SCREEN_BEST_COMMAND_H

#include <stdbool.h>

struct app;

/* False: why not was said. Where a model must be chosen first, or files are looked at, `again` is called after that: the command is
 * in the composer still. */
bool best_command(struct app *, const char *argument, void (*again)(struct app *));

#endif
