/*
 * overdue.h - a time limit for the calls to the disk of a command that has no screen: a layer between SQLite and its
 * files notes when a call begins and when it returns, and a thread checks whether one lasts too long.
 *
 * A step that takes long because it makes many calls, or much to compute, is never overdue; nor is the wait for a
 * lock, a pipe or a person. Calls that the kernel may answer late for much data get more time: a sync a second for
 * each megabyte that was written since the last one.
 *
 * Only one thread may use the history between overdue_begin and overdue_end.
 */
#ifndef FLYNN_STORE_OVERDUE_H
#define FLYNN_STORE_OVERDUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Before the history is opened. `late` is called on another thread while the call still lasts, and must end the process
 * without touching the disk. */
bool overdue_begin(int ms, void (*late)(void *), void *arg, struct err *) MUST_USE;
void overdue_end(void); /* after it is closed; nothing where it was not begun */

/* Around a call to the disk that SQLite does not make, and that may have to write so many bytes before it returns.
 * Nothing where overdue_begin was not called. */
void overdue_enter(void);
void overdue_enter_writing(int64_t bytes);
void overdue_leave(void);

#endif
