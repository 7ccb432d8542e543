/*
 * history.h - `flynn history`: the conversations that were saved, for the shell.
 */
#ifndef FLYNN_CMD_HISTORY_H
#define FLYNN_CMD_HISTORY_H

#include <stddef.h>

#include "cmd/command.h"

/* The rows of list, search, show, export, import, delete, prune and stats. */
const struct command *history_commands(size_t *n);

/* `flynn history` alone: an error that says what would be right. */
int cmd_history(const struct options *);

#endif
