/*
 * commands.h - what begins with a slash: a table of commands, found by name, alias or the beginning of a name that no
 * other has. "//text" is no command, it is the prompt "/text".
 */
#ifndef FLYNN_APP_COMMANDS_H
#define FLYNN_APP_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "app/app.h"

enum {
	COMMAND_ALIASES_MAX = 2,
};

struct command {
	const char *name;                         /* without the slash */
	const char *aliases[COMMAND_ALIASES_MAX]; /* or NULL */
	const char *argument;                     /* as help shows it: "[name]"; "": none */
	const char *help;
	/* The argument has no blanks at its ends; "": none was given. False: the input stays; why was said. */
	bool (*run)(struct app *, const char *argument);
	/* The i-th of the words that may be the argument, for Tab; NULL: there are no more. NULL function: any text. */
	const char *(*candidate)(const struct app *, size_t i);
};

const struct command *commands_table(size_t *n);

/* ---- command_words.c ---- */

bool commands_is_one(const char *input);
const char *commands_as_prompt(const char *input); /* what is sent of it: without the first of two slashes */

/* The command that input (with its slash) means. NULL, with ERR_USAGE: none, or more than one. */
const struct command *commands_find(const char *input, struct err *);

/* Appends what Tab makes of the input (at least what it was), and the candidates, blanks between them, where there are
 * several. */
void commands_complete(const struct app *, const char *input, struct buf *completed, struct buf *candidates);

/* ---- commands.c ---- */

/* True: none was given; else that was said. */
bool commands_no_argument(struct app *, const char *argument);

/* Runs what is in the composer, which is a command, and clears it. */
void commands_run(struct app *);

#endif
