/*
 * sequence_question.h - asks the terminal which emoji sequences it draws as one character in two cells (text/cluster.h): one of each
 * kind is written where nothing stands, the terminal is asked where the cursor is (ECMA-48 8.3.14, CPR), and blanks take its place. No mode of
 * the terminal is changed, and nobody waits: a terminal that does not answer draws each emoji of a sequence in cells of its own.
 */
#ifndef FLYNN_TUI_SEQUENCE_QUESTION_H
#define FLYNN_TUI_SEQUENCE_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	SEQUENCE_QUESTION_COLS =
	        9, /* blank cells that it needs, in another row than the first, whose answer may be F3 */
	SEQUENCE_QUESTIONS = 6,
};

struct sequence_question {
	bool is_out; /* not all answers have come */
	int col;     /* from 0 */
	int columns[SEQUENCE_QUESTIONS];
	size_t n;
};

/* Asks there, from 0. */
void sequence_question_put(struct sequence_question *, int row, int col, struct buf *out);

/* The cursor is in that column, from 1. */
void sequence_question_answered(struct sequence_question *, int column);

/* No more answers come: the kinds (enum cluster_sequence) that are known to be drawn as one. */
unsigned sequence_question_end(struct sequence_question *);

#endif
