/*
 * reply_times.h - the text of a reply once more, step by step with the time of each: as it was recorded (recording.h), and where
 * that is not known at the rate that its figures tell.
 *
 * Whatever recording and figures are, the steps are the whole text, cut between characters, and their times never go back.
 */
#ifndef FLYNN_CHAT_REPLY_TIMES_H
#define FLYNN_CHAT_REPLY_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/message.h"
#include "chat/recording.h"

struct reply_step {
	int64_t ms; /* since the request */
	bool is_thought;
	const char *text; /* borrowed from the message */
	size_t len;
};

struct reply_text {
	size_t due, told; /* bytes: that the pieces so far are, and of which whole characters were told */
};

struct reply_times {
	const struct message *reply;
	struct recording_reader reader;
	struct recording_piece piece; /* that is being told, */
	size_t left;                  /* as much of it */
	struct reply_text content, thought;
	double ms;                            /* of the last step */
	double first_ms, token_ms, token_len; /* what figures tell */
};

/* The message is borrowed, and may not change. */
void reply_times_init(struct reply_times *, const struct message *);
bool reply_times_next(struct reply_times *, struct reply_step *); /* false: that was all of it */

#endif
