/*
 * programs.h - commands of the person's own that run beside flynn: one takes what is copied (wl-copy, xclip -selection
 * clipboard), another opens an address (xdg-open).
 *
 * A program gets its input as a file, so nobody waits for anybody, and may run for as long as it likes: some stay to hand
 * the text out until another is copied.
 */
#ifndef FLYNN_SYSTEM_PROGRAMS_H
#define FLYNN_SYSTEM_PROGRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct program {
	const char *name;     /* in what is said of it; outlives it */
	const char *command;  /* for sh */
	const char *argument; /* added to the command as one quoted word; or NULL */
	const char *input;    /* on its standard input: n bytes */
	size_t n;
};

struct program_job {
	const char *name;
	pid_t pid;
	int errors; /* a file: what it says on its standard error */
};

/* Those that run. Zeroed to begin with. */
struct programs {
	struct program_job *jobs;
	size_t n;
};

void programs_release(struct programs *); /* leaves them running */
bool programs_start(struct programs *, const struct program *, struct err *) MUST_USE;

/* A child has changed its state (SIGCHLD): forgets those that have ended. True: one of them failed, and how; ask again. */
bool programs_failed(struct programs *, struct err *);

#endif
