/*
 * descriptors.h - descriptors that a child of ours does not inherit: made so, or closed in it.
 *
 * Where the system has no call that does both at once (POSIX.1-2008 has none), a child that is started by another thread in between
 * closes them itself.
 */
#ifndef FLYNN_BASE_DESCRIPTORS_H
#define FLYNN_BASE_DESCRIPTORS_H

#include <stdbool.h>

/* Both ends of a pipe. False, and errno: there is none. `flags`: O_NONBLOCK or 0. */
bool descriptors_pipe(int ends[2], int flags);

/* As socket(2). */
int descriptors_socket(int family, int type, int protocol);

/* The next connection, not blocking. */
int descriptors_accept(int listener);

/* A new file with a name that nobody has, in place of the six X in front of the last `suffix` bytes of the path, as mkstemp(3)
 * does. */
int descriptors_temporary(char *path, int suffix);

/* Closes every descriptor from `first` on. Async-signal-safe. */
void descriptors_close_from(int first);

/* The same, one call each and at most 65,536 of them: where the system has no close_range(2). */
void descriptors_close_each(int first);

#endif
