/*
 * rescue.h - writes unsaved conversations to a file for `flynn history import`, as the last act of flynn.
 */
#ifndef FLYNN_APP_RESCUE_H
#define FLYNN_APP_RESCUE_H

struct app;

enum {
	RESCUE_MS = 1500, /* for one place to take the file */
};

/*
 * Writes all conversations of which the history lacks words into one new file, mode 0600, in the first of these folders
 * that takes it: $XDG_STATE_HOME/flynn, $XDG_RUNTIME_DIR, $TMPDIR. One whose draft is lacking goes by a new uuid there,
 * or an import would find it to be in the history already.
 *
 * One line for the terminal, what could not be saved, why, and where it is, to be freed; NULL: nothing is lacking.
 */
char *rescue(struct app *, const char *why);

#endif
