/*
 * whole.h - all bytes or a failure.
 */
#ifndef FLYNN_BASE_WHOLE_H
#define FLYNN_BASE_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

/* Writes all of it to a file, however many calls that takes. False: errno says why. */
bool whole_write(int fd, const char *, size_t n) MUST_USE;

#endif
