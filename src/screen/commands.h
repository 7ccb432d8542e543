/*
 * commands.h - the table of commands, and running the one that stands in the composer.
 */
#ifndef FLYNN_SCREEN_COMMANDS_H
#define FLYNN_SCREEN_COMMANDS_H

#include "app/app.h"
#include "app/command.h"

struct commands commands_table(void);

/* Runs what is in the composer, which is a command, and clears it. */
void commands_run(struct app *);

#endif
