/*
 * sequence_question.c - one sequence of each kind. Of a flag also its first letter alone: two letters of one cell each are as wide as
 * a flag, so only a terminal that gives the first one two cells is known to make a flag of both.
 */
#include "tui/sequence_question.h"

#include "base/compiler.h"
#include "text/cluster.h"

static const struct {
	const char *text;
	unsigned kind;
} questions[SEQUENCE_QUESTIONS] = {
        {"🇩", CLUSTER_FLAGS},
        {"🇩🇪", CLUSTER_FLAGS},
        {"👋🏽", CLUSTER_TONES},
        {"👨‍👩‍👧‍👦", CLUSTER_JOINED},
        {"❤️", CLUSTER_PRESENTED},
        {"1️⃣", CLUSTER_KEYCAPS},
};

/* As a frame, it appears as a whole, which is as before. */
void
sequence_question_put(struct sequence_question *q, int row, int col, struct buf *out)
{
	*q = (struct sequence_question){.is_out = true, .col = col};
	buf_puts(out, "\x1b[?2026h\x1b"
	              "7");
	for (size_t i = 0; i < SEQUENCE_QUESTIONS; i++)
		buf_printf(out, "\x1b[%d;%dH%s\x1b[6n", row + 1, col + 1, questions[i].text);
	buf_printf(out,
	        "\x1b[%d;%dH%*s\x1b"
	        "8\x1b[?2026l",
	        row + 1, col + 1, SEQUENCE_QUESTION_COLS - 1, "");
}

void
sequence_question_answered(struct sequence_question *q, int column)
{
	if (q->is_out && q->n < SEQUENCE_QUESTIONS)
		q->columns[q->n++] = column;
}

unsigned
sequence_question_end(struct sequence_question *q)
{
	unsigned kinds = q->n == SEQUENCE_QUESTIONS ? CLUSTER_SEQUENCES : 0;

	for (size_t i = 0; i < q->n; i++)
		if (q->columns[i] != q->col + 1 + 2)
			kinds &= ~questions[i].kind;
	q->is_out = false;
	return kinds;
}
