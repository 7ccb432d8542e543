/*
 * log.h - what happened, for --log FILE: one line each, with the time. No prompt, reply or token is ever in it.
 */
#ifndef FLYNN_BASE_LOG_H
#define FLYNN_BASE_LOG_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/err.h"

struct log;

/* Appends to the file, mode 0600. NULL with ERR_USAGE when it cannot be opened, or is neither a regular file nor a device:
 * a pipe that nobody reads would not open, and one that is full not take a line. */
struct log *log_open(const char *path, struct err *);
struct log *log_share(struct log *); /* one more owner, who may write to it and closes it; NULL is fine */

/* NULL is fine. Where it is the last owner, what was said is in the file. False: its disk does not answer. */
bool log_close(struct log *);

/* Waits for no disk: where the file takes nothing for long, lines are lost. Lines of threads do not mix. A NULL log says
 * nothing. Control characters come out as "?". */
void log_line(struct log *, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
