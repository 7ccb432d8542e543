/*
 * regular.h - files that are what they should be. A pipe, a terminal or a device in a file's place would make whoever opens
 * or reads it wait without end, or for somebody.
 */
#ifndef FLYNN_BASE_REGULAR_H
#define FLYNN_BASE_REGULAR_H

#include <stdbool.h>
#include <sys/types.h>

/* open(2), which does not wait, closed on exec. What is there and no regular file is refused: -1 with errno EINVAL, for
 * which regular_why has words. */
int regular_open(const char *path, int flags, mode_t mode);
const char *regular_why(int reason); /* what strerror has for all others */

/* Whether nothing is there, or a regular file, or a link to one. */
bool regular_or_none(const char *path);

#endif
