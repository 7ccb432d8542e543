/*
 * wake.h - a pipe that unblocks a poll(2): from another thread, or from a signal handler.
 */
#ifndef FLYNN_BASE_WAKE_H
#define FLYNN_BASE_WAKE_H

#include <stdbool.h>

#include "base/err.h"

struct wake {
	int read_fd, write_fd;
};

bool wake_init(struct wake *, struct err *) MUST_USE;
void wake_release(struct wake *);
void wake_ring(void *wake);     /* a struct wake; async-signal-safe, keeps errno */
void wake_clear(struct wake *); /* after poll said POLLIN on read_fd */

#endif
