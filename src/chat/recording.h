/*
 * recording.h - when each piece of a reply came, as bytes that go into the history (doc/history.md has their form): two for each
 * piece that came, and eight more at the most; less where pieces came in one millisecond. (Only long pieces that are now thought, now
 * content, all the time, need more.)
 *
 * Times count from the request. What is not known of a part of the text is said so (RECORDING_UNTIMED), so that a recording
 * that was made here is always of all of it.
 */
#ifndef FLYNN_CHAT_RECORDING_H
#define FLYNN_CHAT_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct message;

enum {
	RECORDING_MAX =
	        4 << 20, /* bytes: of a reply with more pieces than that is enough for, the closest are put together */
	RECORDING_UNTIMED = -1,
};

/* ---- reading: any bytes ---- */

struct recording_piece {
	int64_t ms; /* since the piece before it, or the request; RECORDING_UNTIMED: this much text, nobody knows when */
	bool is_thought; /* of the reasoning, not of the content */
	size_t len;
};

struct recording_reader {
	const char *at, *end;
};

void recording_read(struct recording_reader *, const struct buf *);
/* False: there are no more, or what follows is no recording (then `at` is not `end`). */
bool recording_next(struct recording_reader *, struct recording_piece *);

/* How much text the pieces are. False: this is no recording. */
bool recording_sums(const struct buf *, size_t *content, size_t *reasoning);

/* ---- making: of the reply of a running turn ---- */

struct recorder {
	int64_t ms;      /* that the pieces so far add up to */
	size_t last;     /* where the last piece begins; the end of the recording: it is not to grow */
	size_t pieces;   /* that came */
	int64_t fold_ms; /* pieces that are closer are put together */
};

/* A reply goes on, or begins. What its recording lacks of its text is untimed; one that is of more text, or none, is dropped. */
void recorder_start(struct recorder *, struct message *reply);
/* The same so long after the request, when nobody can know any more when what there is has come. */
void recorder_resume(struct recorder *, struct message *reply, int64_t ms);

/* So much more text of it has come, so long after the request. */
void recorder_add(struct recorder *, struct message *reply, int64_t ms, bool is_thought, size_t len);

/* What came so far is thought, as much as there is of it now. */
void recorder_all_is_thought(struct recorder *, struct message *reply);

#endif
