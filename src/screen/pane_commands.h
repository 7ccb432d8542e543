/*
 * pane_commands.h - the slash commands for panes: rows of the table in commands.c.
 */
#ifndef FLYNN_SCREEN_PANE_COMMANDS_H
#define FLYNN_SCREEN_PANE_COMMANDS_H

#include <stdbool.h>

struct app;

bool pane_command_split(struct app *, const char *argument);
bool pane_command_vsplit(struct app *, const char *argument);
bool pane_command_close(struct app *, const char *argument);
bool pane_command_only(struct app *, const char *argument);
bool pane_command_zoom(struct app *, const char *argument);
bool pane_command_swap(struct app *, const char *argument);

#endif
