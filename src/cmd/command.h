/*
 * command.h - a row of a table of commands: what is typed, which options it takes, what it does, and its help.
 */
#ifndef FLYNN_CMD_COMMAND_H
#define FLYNN_CMD_COMMAND_H

#include <stddef.h>

#include "cmd/options.h"

struct command {
	const char *name;
	unsigned options;            /* FOR_… */
	int least_words, most_words; /* after its options; most -1: any number */
	int (*run)(const struct options *);
	const char *usage, *help;
	const struct command *(*below)(size_t *n); /* the commands that its first word may be; or NULL */
};

#endif
