/*
 * cast.h - a terminal that is a file: what the screen shows goes into an asciicast, version 2 (docs.asciinema.org/manual/asciicast/v2),
 * which asciinema plays. It has no keyboard: a stage script or a replay is the only one that types.
 *
 * Its bytes are plain: the cursor is set by row and column, colours are those of 256, and nothing else is asked of the terminal that
 * plays it.
 */
#ifndef FLYNN_TUI_CAST_H
#define FLYNN_TUI_CAST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "tui/term.h"

enum {
	CAST_ROWS_LEAST = 5,
	CAST_ROWS_MOST = 200,
	CAST_COLS_LEAST = 20,
	CAST_COLS_MOST = 500,
};

/* "-" is standard output. The theme may not be THEME_AUTO. NULL: the file cannot be made, or is there already (ERR_USAGE). */
struct term *cast_new(const char *path, int rows, int cols, enum theme, struct err *) MUST_USE;

/* Frames from now on are of this time since the beginning, until another is told; without it they have that of the clock. */
void cast_tell(struct term *, int64_t ms);

/* Frees it. False: the file could not be written, and is gone. */
bool cast_end(struct term *, struct err *) MUST_USE;

#endif
