/*
 * output.h - the reply on its way to standard output: byte for byte, or cleaned when that is a terminal.
 *
 * A reader that stops reading stops the writer, but not a signal: flushing ends when `cancel_fd` becomes readable.
 */
#ifndef FLYNN_CMD_OUTPUT_H
#define FLYNN_CMD_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/clean.h"

struct output {
	int fd, cancel_fd;
	bool terminal, regular;
	struct clean clean;
	struct buf waiting; /* not written yet */
	bool in_line;       /* the last byte was no line feed */
	int error;          /* errno of the write that failed, 0: none */
};

void output_init(struct output *, int fd, int cancel_fd);
void output_release(struct output *);

/* Takes text; it is written when there is a good deal of it, or by output_flush. False: no more can be written. */
bool output_put(struct output *, const char *, size_t);
bool output_flush(struct output *);

/* The text has ended: the rest is written, with a final line feed on a terminal. */
bool output_end(struct output *);

#endif
