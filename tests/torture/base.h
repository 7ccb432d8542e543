/*
 * base.h - a history looked at from below: by SQL, without what flynn itself would make of it.
 */
#ifndef FLYNN_TESTS_TORTURE_BASE_H
#define FLYNN_TESTS_TORTURE_BASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/history.h"

/* What is read between these two is of one moment, though a flynn may be writing. */
void base_begin(struct history *);
void base_end(struct history *);

/* Whether SQLite finds it whole, no reference dangles, and attached files are what they were; else failures are reported. */
void base_check(struct history *);

/* Each row of a query; columns are read with sqlite3_column_…. What fails is reported. */
void base_rows(struct history *, const char *sql, void (*row)(void *arg, sqlite3_stmt *), void *arg);

int64_t base_number(struct history *, const char *sql); /* -1: none */

/* A column as text, never NULL, borrowed until the next row. */
const char *base_text(sqlite3_stmt *, int column);

#endif
