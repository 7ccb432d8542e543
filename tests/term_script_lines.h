/*
 * term_script_lines.h - a script while it runs: what term_script.c, which is the terminal, and term_script_lines.c and term_script_expect.c,
 * which know the lines, have in common. For these alone.
 */
#ifndef FLYNN_TESTS_TERM_SCRIPT_LINES_H
#define FLYNN_TESTS_TERM_SCRIPT_LINES_H

#include <stdint.h>

#include "base/wake.h"
#include "tests/term_script.h"

enum {
	SCRIPT_EVENTS_MAX = 4096,
};

struct script {
	struct term term;
	const struct term_script_host *host;
	struct wake wake;
	const char *at, *line; /* of the script: what is after the current line, and that line without its end */
	size_t line_len;
	int number;
	int64_t since_ms; /* when the current line was first run; 0: not yet */
	bool asks_again;  /* no frame will tell whether the line may go on: time will */

	struct term_event events[SCRIPT_EVENTS_MAX]; /* of keys and the mouse, to hand out */
	size_t n_events, event;
	struct buf text; /* to be pasted, or the argument of the line */
	bool pastes;
	bool taking; /* what the last call gave out was put in by a line */

	int rows, cols, colours;
	struct grid shown;
	int64_t shown_ms;
	bool owed; /* a frame, for what was put in */
	bool stuck;

	struct buf copied;  /* to the clipboard, last */
	struct buf notices; /* a line each */

	int still_first, still_last; /* -1: none */
	struct grid still;

	struct buf written, why;
	bool failed, at_end;
};

/* Runs the line at s->line; one that has a block takes it too. */
enum term_script_answer script_line_run(struct script *);

/* The script has failed: says why, and what the screen is. */
enum term_script_answer script_line_fail(struct script *, const char *what);

/* "TEXT" at `quoted`, unescaped, into s->text. False: there is none. */
bool script_unquote(struct script *, const char *quoted);

void script_grid_copy(struct grid *to, const struct grid *from);

#endif
