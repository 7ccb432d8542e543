/*
 * pty.h - the real program on a pseudo-terminal that libvterm reads: keys in, screen out.
 */
#ifndef FLYNN_TESTS_SCREEN_PTY_H
#define FLYNN_TESTS_SCREEN_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "base/buf.h"

struct pty;

/* Programs that are started from here on share this folder, borrowed, instead of each its own; NULL: no longer. */
void pty_home(const char *dir);

/* Starts FLYNN with these arguments (the array ends with NULL) on a terminal of this size and kind, with empty folders of
 * its own for configuration, history and state. */
struct pty *pty_new(const char *const *arguments, int rows, int cols, const char *term);
/* The same with another program. */
struct pty *pty_new_program(const char *program, const char *const *arguments, int rows, int cols, const char *term);
void pty_free(struct pty *); /* kills the program if it still runs */

pid_t pty_pid(const struct pty *);
void pty_keys(struct pty *, const char *bytes);
void pty_scribble(struct pty *, const char *bytes); /* as another program would, onto the screen */
void pty_resize(struct pty *, int rows, int cols);

/* Says that it is so large, as a terminal may, while the screen that is read stays as it is. */
void pty_claim_size(struct pty *, int rows, int cols);

/* Reads what the program sends until the screen shows this text (or no longer does). False after some seconds, or when
 * the program has ended without it; the screen is printed then, and later calls wait only shortly. */
bool pty_wait(struct pty *, const char *text);
bool pty_wait_gone(struct pty *, const char *text);

/* From now on the terminal is at the other end of a line as ssh makes one: all that the program sends leaves it at once, stands in a
 * queue without a bound, and arrives so many bytes every 10 ms (0: at once). */
void pty_slow(struct pty *, size_t bytes);
size_t pty_queued(const struct pty *);

/* The terminal answers questions. */
void pty_answers(struct pty *);
/* It does, and draws emoji sequences of each kind as one character in two cells, here: 旗 flags, 手 hands with a tone, 家 families,
 * 心 hearts, 键 keycaps. */
void pty_joins(struct pty *);
bool pty_was_answered_late(struct pty *); /* nobody has read the last answer */

/* Takes what the program sends within so many milliseconds; false: nothing. */
bool pty_pump(struct pty *, int ms);

/* Has the program ended? Then all that it sent has been read. */
bool pty_has_ended(struct pty *);

/* Ends the program with SIGKILL, unless it has ended, and waits until it is gone. */
void pty_kill(struct pty *);

/* Reads until the program has ended: its status as waitpid has it, -1 after some seconds. */
int pty_wait_end(struct pty *);

/* The rows as text without the spaces at their ends; the caller's to free. */
char *pty_text(struct pty *);
bool pty_shows(struct pty *, const char *text); /* somewhere in them */

enum {
	PTY_LOOK_MAX = 48,
};

/* Where the cursor is, from 0. */
void pty_cursor(const struct pty *, int *row, int *col);

/* How the cell at row and col, from 0, looks: "117 bold", "231 on 124", "reverse"; "plain". */
void pty_look(const struct pty *, int row, int col, char look[static PTY_LOOK_MAX]);

/* All bytes that the program has sent since the last pty_forget. */
const struct buf *pty_bytes(const struct pty *);
void pty_forget(struct pty *);

/* Is the terminal as it was before: main screen, cursor shown, modes equal? */
bool pty_is_restored(struct pty *);

/* Its open file, which the program shares, blocks. */
bool pty_blocks(const struct pty *);

#endif
