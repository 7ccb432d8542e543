/*
 * wake.h - unblocks a poll(2): from another thread, or from a signal handler. It is an eventfd where there is one, else a pipe.
 */
#ifndef FLYNN_BASE_WAKE_H
#define FLYNN_BASE_WAKE_H

#include <stdbool.h>

#include "base/err.h"

struct wake {
	int read_fd, write_fd; /* the same one, of an eventfd */
};

bool wake_init(struct wake *, struct err *) MUST_USE;
bool wake_init_pipe(struct wake *, struct err *) MUST_USE; /* for whoever also writes bytes of its own */
void wake_release(struct wake *);
void wake_ring(void *wake);     /* a struct wake; async-signal-safe, keeps errno */
void wake_clear(struct wake *); /* after poll said POLLIN on read_fd; else it is a system call for nothing */

#endif
