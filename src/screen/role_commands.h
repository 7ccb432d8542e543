/*
 * role_commands.h - the slash commands for presets and for the library of prompts: rows of the table in commands.c.
 */
#ifndef FLYNN_SCREEN_ROLE_COMMANDS_H
#define FLYNN_SCREEN_ROLE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

struct app;

bool preset_command(struct app *, const char *argument);
const char *preset_candidate(const struct app *, const char *first, size_t i);

/* A text comes into the composer when it is read. */
bool prompt_command(struct app *, const char *argument);
const char *prompt_candidate(const struct app *, const char *first, size_t i);

/* Every turn of the loop: takes what was read. True: Tab was pressed before its list came. */
bool role_commands_turn(struct app *);

#endif
