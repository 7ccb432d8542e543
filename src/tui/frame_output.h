/*
 * frame_output.h - the bytes of a frame: those that ncurses writes, and what is said without it to a terminal that understands
 * ECMA-48's numbers (https://ecma-international.org/publications-and-standards/standards/ecma-48/), as most do.
 */
#ifndef FLYNN_TUI_FRAME_OUTPUT_H
#define FLYNN_TUI_FRAME_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buf.h"
#include "tui/frame_scroll.h"

/* Zeroed to begin with. */
struct frame_output {
	FILE *file;  /* in memory: the standard output of ncurses; NULL: it is not open */
	off_t taken; /* bytes of it */
};

bool frame_output_open(struct frame_output *); /* false: there is no file in memory */
void frame_output_close(struct frame_output *);

/* Adds what ncurses has written since the last time, for a terminal of so many rows. */
void frame_output_take(struct frame_output *, int rows, struct buf *out);

/* Puts the cursor there, from 0. */
void frame_say_cursor(struct buf *out, int row, int col);
/* Moves rows; the cursor is somewhere then. */
void frame_say_scroll(struct buf *out, struct frame_scroll);

#endif
