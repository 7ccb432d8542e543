/*
 * set_commands.h - /set: one parameter of the conversation's requests, told, set or taken back; and the page of all of them.
 */
#ifndef FLYNN_SCREEN_SET_COMMANDS_H
#define FLYNN_SCREEN_SET_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

struct app;

/* For the table of commands: see app/command.h. */
bool set_command_run(struct app *, const char *argument);
const char *set_command_candidate(const struct app *, const char *first, size_t i);

#endif
