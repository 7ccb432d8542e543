/*
 * set_aside.h - a history that cannot be read: put aside, never thrown away.
 */
#ifndef FLYNN_STORE_SET_ASIDE_H
#define FLYNN_STORE_SET_ASIDE_H

#include <stdbool.h>

#include "base/err.h"

/* Renames the file, which nobody has open, and its write-ahead log to PATH.damaged-TIME and PATH.damaged-TIME-wal, so
 * that sqlite3's .recover finds both. `*aside`: the name of the first; the caller's to free. */
bool set_aside_damaged(const char *path, char **aside, struct err *) MUST_USE;

#endif
