/*
 * commands.h - the slash commands here: those of the full screen, each as it is, in a form of its own, or as words that say that it
 * needs the full screen; and a few more, for what keys do there.
 */
#ifndef FLYNN_LINEAR_COMMANDS_H
#define FLYNN_LINEAR_COMMANDS_H

#include <stdbool.h>

#include "app/command.h"

struct app;
struct store_result;

/* Puts them together, for app->commands, and names them where the screen names keys. */
void linear_commands_init(struct app *, const struct commands *of_screen);
void linear_commands_release(struct app *); /* those names */
/* Whether there is a row for every command of the full screen: NULL, or the one that has none. */
const char *linear_commands_missing(const struct commands *of_screen);

void linear_command_run(struct app *, const char *input); /* with its slash */
void linear_commands_turn(struct app *);                  /* every turn of the loop: what was waited for */
int linear_commands_wait_ms(const struct app *);          /* when to come again; -1: not */
void linear_history_answer(struct app *, struct store_result *);
void linear_send(struct app *); /* the prompt in the composer, once it has a model */

#endif
