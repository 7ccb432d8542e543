/*
 * prompts.h - the prompts that were sent, in a file of their own: one JSON string a line, the oldest first.
 */
#ifndef FLYNN_STORE_PROMPTS_H
#define FLYNN_STORE_PROMPTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	PROMPTS_MAX = 1000, /* past this the oldest are forgotten when the file is read */
};

/* Neither waits long, whatever stands in the file's place or holds it locked.
 *
 * The newest PROMPTS_MAX of the file, the oldest first; none where there is no file. Lines that are no JSON string are
 * skipped. A longer file is cut, unless another flynn is at it. Free each, and the array. */
char **prompts_read(const char *path, size_t *n);

/* Adds a line, in one write(2), so that several flynns may do so at once. Makes the file, with mode 0600. */
bool prompts_add(const char *path, const char *prompt, struct err *) MUST_USE;

#endif
