/*
 * term_script.h - a terminal for tests: its keys come from a script, and the screens that it is shown are compared with what
 * the script expects. The loop that runs under it is the real one, and nothing in it sleeps.
 *
 * A line of the script runs when nothing is pending: after what was typed, pasted or resized, the next line waits until a
 * frame has been shown that was drawn later. A line that expects something of the screen waits until a frame is so; when
 * none has been after 20 s it has failed. Blanks before a line and lines that begin with "#" do not count; "TEXT" has
 * the escapes \n \r \t \e \" \\ \xHH.
 *
 *	key NAME …         keys that come at once, named as tui/key.h reads them: Enter, C-c, M-Home, PgUp, F1, a
 *	type "TEXT"        the keys of its characters, at once; a line feed is Enter
 *	paste "TEXT"       one paste
 *	click ROW COL      the mouse's left button, from 1
 *	drag ROW COL ROW COL   the same, held down from the one cell to the other
 *	wheel up ROW COL   the mouse's wheel there; "wheel down"
 *	size 80x24         columns and rows from now on
 *	until "TEXT"       the screen shows it; "\n" is the end of a row, after its last character that is no blank
 *	gone "TEXT"        the screen does not show it (any more)
 *	screen             the rows of the screen are the lines that follow, each after a "|", without the blanks at its
 *	                   end; "screen N": the first N rows
 *	row N "TEXT"       row N, from 1, is that; from the bottom when it is negative
 *	cursor ROW COL     both from 1; "cursor none" when it is hidden
 *	style ROW COL NAME how that cell looks: a name of tui/theme.h
 *	sequences NAME …   emoji sequences of these kinds are drawn as one from now on: flags, tones, joined, presented, keycaps
 *	palette N          the terminal has so many colours from now on
 *	colours ROW COL FOREGROUND BACKGROUND   of that cell of a picture, by number; -1: the terminal's own
 *	still FIRST LAST   these rows must not change by a cell from now on, in no frame; "still none" ends it
 *	copied "TEXT"      the clipboard holds it, and nothing else
 *	focus in           the keyboard's focus comes to the terminal; "focus out": it goes
 *	noticed "TEXT"     the person was called this often, a line each: "bell" or "desktop", a blank, and the words; "noticed
 *	                   none" forgets what was
 *	stuck              the terminal takes no bytes from now on; lines run without frames
 *	reads              it does again
 *	ends STATUS        the program ends by itself
 *
 * Any other line is the host's. Behind the last line the terminal hangs up.
 */
#ifndef FLYNN_TESTS_TERM_SCRIPT_H
#define FLYNN_TESTS_TERM_SCRIPT_H

#include <stdbool.h>

#include "base/buf.h"
#include "tui/term.h"

enum term_script_answer {
	TERM_SCRIPT_DONE,
	TERM_SCRIPT_WAIT,  /* not yet: ask again */
	TERM_SCRIPT_WRONG, /* no such line, or it makes no sense */
};

/* Both functions may be NULL. */
struct term_script_host {
	void *arg;
	enum term_script_answer (*line)(void *arg, const char *line);
	void (*frame)(void *frame_arg, const struct grid *); /* sees each that is shown */
	void *frame_arg;
	/* What in a screen differs from run to run, and what of the same length stands for it in expectations; or NULL */
	const char *varies, *stands_for;
	bool write; /* do not compare screens: keep them, for term_script_text */
};

/* The script and the host are borrowed until term_free. */
struct term *term_script_new(const char *script, int rows, int cols, const struct term_script_host *, struct err *);

/* After the loop has ended with that status. False, with what was expected and what was there: something did not hold. */
bool term_script_ended(struct term *, int status, struct buf *why) MUST_USE;

/* The script again, with the screens that were seen where it has screens. */
const char *term_script_text(const struct term *);

#endif
