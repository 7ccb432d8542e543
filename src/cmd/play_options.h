/*
 * play_options.h - what the commands that play something take besides: how fast, and a file in place of the terminal.
 */
#ifndef FLYNN_CMD_PLAY_OPTIONS_H
#define FLYNN_CMD_PLAY_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "cmd/options.h"
#include "config/config.h"
#include "tui/term.h"

struct play_options {
	double speed;     /* times; 1 where nothing was said */
	const char *cast; /* the file; NULL: the terminal */
	int rows, cols;   /* of the cast */
};

bool play_options_read(struct play_options *, const struct options *, int fastest, struct err *) MUST_USE;

/* The file as a terminal; to be ended with cast_end. NULL: it cannot be made. */
struct term *play_options_cast(const struct play_options *, const struct config *, struct err *) MUST_USE;

#endif
