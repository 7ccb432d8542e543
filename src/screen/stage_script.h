/*
 * stage_script.h - a stage script: what `flynn demo FILE` types and presses, one line for each thing to do. doc/stage.md explains the
 * language; the words are the rows of a table in stage_script.c.
 */
#ifndef FLYNN_SCREEN_STAGE_SCRIPT_H
#define FLYNN_SCREEN_STAGE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "tui/key.h"

enum stage_what {
	STAGE_TYPE,  /* text */
	STAGE_KEY,   /* key */
	STAGE_PAUSE, /* ms */
	STAGE_WAIT,  /* until no reply is on its way, ms at the most */
	STAGE_UNTIL, /* until the screen shows the text, ms at the most */
	STAGE_NOTE,  /* text: words in the status bar */
	STAGE_SPEED, /* ms: between two characters */
	STAGE_HOLD,  /* until Space is pressed */
};

struct stage_step {
	enum stage_what what;
	char *text; /* or NULL */
	struct key key;
	int ms;
};

/* Zeroed to begin with. */
struct stage_script {
	struct stage_step *steps;
	size_t n, space;
	bool stand_in;       /* it is for the server inside flynn, */
	char *stand_in_file; /* which says what this file holds (demo/script.h); NULL: what the tour says */
};

/* `name` is the file's, for errors (ERR_CONFIG), which begin with it and the number of the line. Release it whatever it returns. */
bool stage_script_read(struct stage_script *, const char *name, const char *text, struct err *) MUST_USE;
void stage_script_release(struct stage_script *);

#endif
