/*
 * thinking_commands.h - how a model thinks, and the end of a thought that takes too long.
 */
#ifndef FLYNN_SCREEN_THINKING_COMMANDS_H
#define FLYNN_SCREEN_THINKING_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

struct app;

/* /think on, off, a level, a number of tokens or auto; without an argument it says how it is. */
bool thinking_run(struct app *, const char *argument);
const char *thinking_candidate(const struct app *, const char *first, size_t i);

/* Has the reply that thinks in the focused pane end its thought and answer. What the server says to it is said. */
void thinking_answer_now(struct app *);

#endif
