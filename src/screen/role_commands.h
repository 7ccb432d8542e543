/*
 * role_commands.h - the slash commands for presets and for the library of prompts: rows of the table in commands.c.
 */
#ifndef FLYNN_SCREEN_ROLE_COMMANDS_H
#define FLYNN_SCREEN_ROLE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

struct app;

bool preset_command(struct app *, const char *argument);
const char *preset_candidate(const struct app *, size_t i);

#endif
