/*
 * copy_command.h - a command of the person's own that takes what is copied: wl-copy, xclip -selection clipboard.
 *
 * It gets the text as a file on its standard input, so nobody waits for anybody, and may run for as long as it likes:
 * some stay to hand the text out until another is copied.
 */
#ifndef FLYNN_APP_COPY_COMMAND_H
#define FLYNN_APP_COPY_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct copy_job {
	pid_t pid;
	int errors; /* a file: what it says on its standard error */
};

/* Those that run. Zeroed to begin with. */
struct copy_command {
	struct copy_job *jobs;
	size_t n;
};

void copy_command_release(struct copy_command *); /* leaves them running */

/* Runs the command with sh. */
bool copy_command_start(struct copy_command *, const char *command, const char *text, size_t n, struct err *) MUST_USE;

/* A child has changed its state (SIGCHLD): forgets those that have ended. True: one of them failed, and how; ask again. */
bool copy_command_failed(struct copy_command *, struct err *);

#endif
