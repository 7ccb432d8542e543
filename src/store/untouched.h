/*
 * untouched.h - reads a database that is not ours to touch: neither it, nor what SQLite keeps beside it, is changed or made, in
 * a folder that may not be written either. What its -wal holds is read too.
 */
#ifndef FLYNN_STORE_UNTOUCHED_H
#define FLYNN_STORE_UNTOUCHED_H

#include <stdbool.h>

#include "base/err.h"
#include "store/database.h"

/* A copy of it, which goes when it is closed; in errors it goes by this path. A program that writes to it meanwhile waits. */
bool untouched_copy(struct database *copy, const char *path, struct err *) MUST_USE;

#endif
