/*
 * out.h - what is on its way to standard output and standard error, in one order. Nothing is written that could block: a signal
 * reaches flynn whatever the other end does, and what it has not read yet can be dropped.
 */
#ifndef FLYNN_LINEAR_OUT_H
#define FLYNN_LINEAR_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Bytes for one file. */
struct out_piece {
	int fd;
	size_t n;
};

/* Zeroed to begin with. */
struct out {
	struct buf text;
	struct out_piece *pieces;
	size_t n, space;
	int error; /* errno of the write that failed; 0: none */
};

void out_release(struct out *);
void out_put(struct out *, int fd, const char *, size_t n);
int out_fd(const struct out *);              /* that can be written next; -1: nothing waits */
void out_write(struct out *);                /* once that fd can be written: as much as does not block */
void out_drop(struct out *, int fd);         /* what waits for it */
void out_flush(struct out *, int cancel_fd); /* waits until all is written, or cancel_fd is readable */

#endif
