/*
 * pacing.h - how many bytes a terminal may have before it that it has not shown. Between flynn and a terminal at the other end
 * of a slow line there is room for seconds of frames, and whatever a key changes is shown after all of them. So when much was
 * written the terminal is asked whether it is well (Device Status Report, ECMA-48 8.3.35): it answers after it has shown what was
 * sent before. Until then the next frame is held back, and takes what comes meanwhile.
 *
 * The first frame is asked about, to learn whether the terminal answers and how soon: one that never did is not waited for, and
 * is asked no second time. After that less than 8 KB a second is never asked about.
 */
#ifndef FLYNN_TUI_PACING_H
#define FLYNN_TUI_PACING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PACING_QUESTION "\x1b[5n" /* answered by ESC [ 0 n */

enum {
	PACING_FREE = 8,           /* bytes a millisecond that any line takes */
	PACING_LEAST = 1024,       /* bytes that are sent without a question; */
	PACING_MOST = 64 * 1024,   /* it grows up to this where answers stay as fast */
	PACING_QUEUE_MS = 200,     /* an answer that takes so much longer than the fastest came through a queue */
	PACING_PATIENCE_MS = 2000, /* for an answer; then another frame is shown, */
	PACING_TRIES = 3,          /* and after so many no more answers are waited for, until one comes */
	PACING_LEAVING_MS = 1000,  /* for an answer, when the terminal is left: the shell would read it */
	PACING_UNKNOWN_MS = 300,   /* the same, of a terminal that never answered */
};

/* Zeroed: nothing was written. Times are those of clock_ms(). */
struct pacing {
	int64_t unasked, counted_ms; /* bytes written since the last question, less what any line has taken by then */
	int64_t window;              /* bytes after which it is asked; 0: at once */
	int64_t asked_ms, best_ms;   /* when; how long the fastest answer took */
	int64_t patience_ms;         /* until when it is waited for */
	int tries;
	bool asked;   /* and not answered */
	bool answers; /* it has answered once */
};

/* Bytes are about to be written. True: the question is to follow them. */
bool pacing_write(struct pacing *, size_t n, int64_t now_ms);

/* The question is about to be sent anyway. False: one is on its way, and no other may be. */
bool pacing_ask(struct pacing *, int64_t now_ms);

void pacing_answered(struct pacing *, int64_t now_ms);

/* For how long the next frame is held back, if no answer comes; 0: it is not. */
int pacing_hold_ms(const struct pacing *, int64_t now_ms);

/* For how long to wait for an answer before the terminal is left to somebody else; 0: none is to come. */
int pacing_leave_ms(const struct pacing *, int64_t now_ms);

#endif
