/*
 * command.h - texts that begin with a slash: the form of a command, and finding the one that a word means. "//text" is no
 * command, it is the prompt "/text".
 *
 * The table itself is in commands.c; whoever needs its rows is given it.
 */
#ifndef FLYNN_APP_COMMAND_H
#define FLYNN_APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/err.h"

struct app;
struct composer;

enum {
	COMMAND_ALIASES_MAX = 2,
};

struct command {
	const char *name;                         /* without the slash */
	const char *aliases[COMMAND_ALIASES_MAX]; /* or NULL */
	const char *
	        argument; /* as help shows it: "[name]"; "[name ...]": Tab is for the last of several; "": it takes none */
	const char *help;
	/* The argument has no spaces at its ends; "": none was given. False: the input stays; why was said. */
	bool (*run)(struct app *, const char *argument);
	/* The i-th of the words that may be the argument, for Tab; or its second word, after `first` ("": the first one is
	 * meant). NULL: there are no more. NULL function: any text. */
	const char *(*candidate)(const struct app *, const char *first, size_t i);
};

/* A table of commands. */
struct commands {
	const struct command *rows;
	size_t n;
};

bool command_is_one(const char *input);
bool command_is_typed(const struct composer *);   /* it holds a command; pasted text is none */
bool command_is_path(const char *input);          /* it is more likely a path */
const char *command_as_prompt(const char *input); /* the text to send: without the first of two slashes */

char *command_argument(const char *input); /* without the spaces around it; yours to free */

/* The command that input (with its slash) means: by name, alias or the beginning of a name that no other has. NULL, with
 * ERR_USAGE: none, or more than one. */
const struct command *command_find(const struct commands *, const char *input, struct err *);

/* Appends what Tab makes of the input (at least what it was), and the candidates, spaces between them, where there are
 * several. Arguments are candidates of this app. */
void command_complete(
        const struct commands *, const struct app *, const char *input, struct buf *completed, struct buf *candidates);

#endif
