/*
 * overdue.h - a time limit for the calls to the disk of a command that has no screen: whoever makes one notes when it begins
 * and when it returns, for SQLite a layer between it and its files, and a thread checks whether one lasts too long.
 *
 * A step that takes long because it makes many calls, or much to compute, is never overdue; nor is the wait for a
 * lock, a pipe or a person. Calls that the kernel may answer late for much data get more time: a sync a second for
 * each megabyte that was written since the last one.
 *
 * Only calls of the thread that began it count. Between overdue_begin_history and overdue_end it alone may use a history.
 */
#ifndef FLYNN_STORE_OVERDUE_H
#define FLYNN_STORE_OVERDUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* `late` is called on another thread while the call still lasts, with the path of the file that it is to, NULL for the
 * history, and must end the process without touching the disk. */
bool overdue_begin(int ms, void (*late)(void *arg, const char *path), void *arg, struct err *) MUST_USE;
/* The same, and SQLite's calls count: before the history is opened. */
bool overdue_begin_history(int ms, void (*late)(void *arg, const char *path), void *arg, struct err *) MUST_USE;
void overdue_end(void); /* after it is closed; nothing where it was not begun */

/* Around a call to the disk that SQLite does not make: to the history, or to the file of this path (borrowed), and that may have
 * to write so many bytes before it returns. Nothing where it was not begun. */
void overdue_enter(void);
void overdue_enter_file(const char *path, int64_t bytes);
void overdue_leave(void);

#endif
