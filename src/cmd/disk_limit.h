/*
 * disk_limit.h - a command that has no screen ends with a line on standard error, and status 1, when the disk under the
 * history, or under a file that it reads or writes, does not answer for as long as the screen calls it late (app/keeper.h).
 */
#ifndef FLYNN_CMD_DISK_LIMIT_H
#define FLYNN_CMD_DISK_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/err.h"

/* Before the history of this path is opened. */
bool disk_limit_begin(const char *path, struct err *) MUST_USE;
/* For other files alone: the history has threads of its own, or is not open. */
bool disk_limit_begin_files(struct err *) MUST_USE;
void disk_limit_end(void); /* after it is closed; nothing where it was not begun */

/* Around a call to the disk that another file is on, to which it writes so many bytes at the most. The path is borrowed. */
void disk_limit_enter(const char *path, int64_t bytes);
void disk_limit_leave(void);

/* Sets the line's words about the work: what is done, and what is not. */
void disk_limit_tell(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
