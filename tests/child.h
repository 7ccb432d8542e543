/*
 * child.h - runs a program for a test: no shell, an environment of its own, pipes or whatever is given for its
 * standard streams, and a hard limit of time.
 */
#ifndef FLYNN_TESTS_CHILD_H
#define FLYNN_TESTS_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

struct child {
	const char *const *argv; /* ends with NULL */
	const char *const *env;  /* "NAME=value" besides ours, ends with NULL; NULL: none */
	const char *dir;         /* HOME; what else it writes goes below it too */
	int fds[3]; /* its standard streams, left open here; -1: the terminal, or closed where there is none */
	const char *terminal; /* path of its controlling terminal; NULL: none */
};

/* Its process id. The program ends when that fails. */
pid_t child_start(const struct child *);

/* Waits for its end: the exit status as a shell has it, 128 + N after signal N. */
int child_wait(pid_t);

/* The largest memory, in KiB, that the one had that was waited for last. */
long child_peak_kib(void);

/* A directory of its own for one test, and its removal with all that is in it; the path is the caller's to free. */
char *child_dir(void);
void child_dir_remove(const char *dir);

/* A pipe, both ends closed on exec. */
void child_pipe(int fds[2]);

/* A new pseudo-terminal: our end, which gives what a program writes to it, and the path for struct child, the caller's
 * to free. */
int child_terminal(char **path);

struct child_output {
	int status; /* as child_wait says; -1: killed, for it was silent for too long */
	struct buf out, err;
};

/* Starts it with three pipes (fds and terminal do not matter), feeds it the input, takes all it writes. The limit is for the time
 * in which it neither reads nor writes. */
void child_run(struct child, const char *input, size_t input_len, int limit_ms, struct child_output *);
void child_output_release(struct child_output *);

#endif
