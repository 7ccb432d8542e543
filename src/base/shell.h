/*
 * shell.h - a command of the person's own, run by the shell as a child of flynn: an editor, the copy command, the open
 * command, the one that tells a token.
 *
 * A child gets our standard streams and nothing else of ours: no other file (an inherited socket would keep a stopped
 * reply going at the server) and no secret of the environment.
 */
#ifndef FLYNN_BASE_SHELL_H
#define FLYNN_BASE_SHELL_H

#include "base/compiler.h"

/* The variable that children do not get. */
#define SHELL_SECRET "FLYNN_AUTH_TOKEN"

enum {
	SHELL_NOT_FOUND = 127, /* the shell's status where there is no such command */
};

/* Before fork(2): our environment without secrets. To be freed; the strings are borrowed. */
char **shell_environment(void);

/* In the child, where nothing may be allocated: runs `command` with `argument` (or NULL) as its $1. */
NORETURN void shell_run(const char *command, const char *argument, char *const *environment);

#endif
