/*
 * frame_writer.h - what to send to the terminal so that it shows a grid, by ncurses. There is one terminal, and one of these.
 */
#ifndef FLYNN_TUI_FRAME_WRITER_H
#define FLYNN_TUI_FRAME_WRITER_H

#include "base/buf.h"
#include "base/err.h"
#include "tui/grid.h"
#include "tui/theme.h"

struct frame_writer;

/* ERR_USAGE where nothing is known of the terminal, ERR_SYSTEM when something was refused. */
struct frame_writer *frame_writer_new(enum theme, int rows, int cols, struct err *);
void frame_writer_free(struct frame_writer *); /* NULL is fine */

int frame_writer_colours(const struct frame_writer *); /* that pictures may have, from 0 on; 0: none */

/* Appends what changed since the last frame; a longer one stands between the marks of synchronized output. */
void frame_writer_put(struct frame_writer *, const struct grid *, struct buf *);
/* So many blank cells in a row, of what was shown, not in the first row and not at the right edge. False: there are none. */
bool frame_writer_find_blanks(const struct frame_writer *, int n, int *row, int *col);
void frame_writer_redraw(struct frame_writer *); /* the next one is whole */

#endif
