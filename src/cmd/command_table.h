/*
 * command_table.h - the commands of the shell: what the first word after `flynn` may be.
 */
#ifndef FLYNN_CMD_COMMAND_TABLE_H
#define FLYNN_CMD_COMMAND_TABLE_H

#include "cmd/command.h"

/* The first row, whose name is empty, is the full screen. */
const struct command *command_table(size_t *n);

#endif
