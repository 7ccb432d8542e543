/*
 * attach_commands.h - /attach and /detach.
 */
#ifndef FLYNN_SCREEN_ATTACH_COMMANDS_H
#define FLYNN_SCREEN_ATTACH_COMMANDS_H

#include <stdbool.h>

struct app;

bool attach_command(struct app *, const char *argument);
bool detach_command(struct app *, const char *argument);

void attach_command_drop_last(struct app *);
bool attach_command_drop_all(struct app *); /* false: nothing is attached */

#endif
