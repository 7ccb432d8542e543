/*
 * lock.h - the file beside the history in which each running flynn locks bytes, to say that it is there.
 *
 *	LOCK_OPENING           held alone by who opens, makes, updates or replaces the history, for as long as that takes
 *	LOCK_USERS             shared by all who have it open; had alone only when nobody else has
 *	LOCK_FIRST             held by one of those that have it open for writing, the first: its layout and focus are saved
 *	LOCK_INSTANCES + id    held by the instance `id` (schema.h) from before its first row until its end, however it ends
 *
 * These are open file description locks (fcntl(2), F_OFD_SETLK) where the system has them: the kernel drops them with
 * the process, no process id is compared, and two users within one process see each other. The others, POSIX record
 * locks, lack only the last.
 */
#ifndef FLYNN_STORE_LOCK_H
#define FLYNN_STORE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	LOCK_OPENING,
	LOCK_USERS,
	LOCK_FIRST,
	LOCK_INSTANCES = LOCK_FIRST, /* ids begin at 1 */
};

struct lock {
	int fd; /* -1: there is no such file and none could be made, which happens only where nothing is written */
	bool writable;
};

/* `write`: the file is made, with mode 0600, when it is not there, and not being able to is an error, with its errno. */
bool lock_open(struct lock *, const char *path, bool write, struct err *) MUST_USE;
void lock_close(struct lock *); /* drops all its locks */

/* At once, alone or shared with others; one that is held already is changed. False: another holds it. */
bool lock_take(struct lock *, int64_t byte, bool alone) MUST_USE;
/* The same, waiting for at most `ms`. */
bool lock_wait(struct lock *, int64_t byte, bool alone, int ms) MUST_USE;
void lock_drop(struct lock *, int64_t byte);

/* Whether anybody else holds it. */
bool lock_is_held(const struct lock *, int64_t byte);

#endif
