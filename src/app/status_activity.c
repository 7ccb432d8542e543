/*
 * status_activity.c - a running turn: waiting, reading, thinking, writing, silence, and what it came to.
 */
#include "app/status_activity.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/talk.h"

enum {
	SILENCE_MS = 5000, /* of a running reply, before a word is said about it */
	NUMBERS_MS =
	        1000, /* rate and tokens of a running reply change this often: each change costs the terminal more bytes
	                      than a token, and nobody reads them faster */
};

static int silence_ms = SILENCE_MS;

void
status_set_silence(int ms)
{
	silence_ms = ms;
}

const struct message *
status_reply(const struct talk *talk)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	return leaf && leaf->role == CHAT_ASSISTANT ? leaf : NULL;
}

void
status_put(struct status *status, int form, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(status->activity[form], sizeof(status->activity[form]), format, args);
	va_end(args);
}

/* Whole seconds in which nothing came; 0 while they are too few to be worth a word. */
static long
silent_seconds(const struct session *session, int64_t now_ms)
{
	int64_t ms = now_ms - session->heard_ms;

	return ms >= silence_ms ? (long)(ms / 1000) : 0;
}

static void
set_waiting(const struct talk *talk, int64_t now_ms, struct status *status)
{
	const struct net_slots *slots = &talk->slots;
	bool queued = talk->slots_told && slots->told && slots->busy >= slots->total;
	const char *for_what = talk->slots_told && !slots->told ? " for the server" : "";
	long silent = silent_seconds(&talk->session, now_ms);

	if (queued) {
		status_put(status, 0, "waiting for a free slot (%d of %d busy)", slots->busy, slots->total);
		status_put(status, 1, "waiting for a slot");
	} else if (silent > 0) {
		status_put(status, 0, "waiting%s %ld s", for_what, silent);
		if (*for_what)
			status_put(status, 1, "waiting %ld s", silent);
	} else {
		status_put(status, 0, "waiting%s", for_what);
		if (*for_what)
			status_put(status, 1, "waiting");
	}
}

/* Nothing is on its way: what the last turn came to. */
static void
set_figure(const struct talk *talk, const struct message *reply, struct status *status)
{
	if (talk->summing_up >= 0)
		status_put(status, 0, "summing up %d %%", talk->summing_up);
	else if (talk->stop == STOP_WATCHED)
		status_put(status, 0, "stopping");
	else if (talk->stop == STOP_WORKS) {
		status_put(status, 0, "the server is still working on it");
		status_put(status, 1, "still working");
	} else if (talk->stop == STOP_DONE)
		status_put(status, 0, "stopped");
	else if (reply && reply->timings.predicted_per_second > 0)
		status_put(status, 0, "%.1f tok/s", reply->timings.predicted_per_second);
}

static void
set_reading(const struct message *reply, struct status *status)
{
	int percent = chat_progress_percent(&reply->progress);

	status_put(status, 0, "reading prompt %d %%", percent);
	status_put(status, 1, "reading %d %%", percent);
}

int64_t
status_numbers_ms(int64_t now_ms)
{
	return now_ms - now_ms % NUMBERS_MS;
}

/* A server that was ended, or that hangs, may keep the connection open and even ping. */
static void
set_arriving(const struct talk *talk, int64_t now_ms, const char *doing, struct status *status)
{
	long silent = silent_seconds(&talk->session, now_ms);
	double rate = pace_rate(&talk->session.pace, status_numbers_ms(now_ms));

	if (silent > 0) {
		status_put(status, 0, "no text for %ld s", silent);
		status_put(status, 1, "silent %ld s", silent);
	} else if (rate > 0) {
		long tenths = (long)(rate * 10 + 0.5); /* printing a double takes as long as all else here */

		status_put(status, 0, "%s %ld.%ld tok/s", doing, tenths / 10, tenths % 10);
		status_put(status, 1, "%ld.%ld tok/s", tenths / 10, tenths % 10);
	} else {
		status_put(status, 0, "%s", doing);
	}
}

void
status_set_activity(const struct talk *talk, int64_t now_ms, struct status *status)
{
	const struct message *reply = status_reply(talk);

	if (talk->session.lost && talk->session.state != SESSION_STOPPING) {
		status_put(status, 0, "reconnecting");
		return;
	}
	switch (talk->session.state) {
	case SESSION_WAITING:
		set_waiting(talk, now_ms, status);
		break;
	case SESSION_READING:
		set_reading(reply, status);
		break;
	case SESSION_THINKING:
		set_arriving(talk, now_ms, "thinking", status);
		break;
	case SESSION_WRITING:
		set_arriving(talk, now_ms, "writing", status);
		break;
	case SESSION_STOPPING:
		status_put(status, 0, "stopping");
		break;
	case SESSION_IDLE:
		set_figure(talk, reply, status);
		break;
	}
}

/* Do the numbers leave out tokens that came? */
static bool
has_uncounted(const struct talk *talk, int64_t now_ms)
{
	const struct pace *pace = &talk->session.pace;

	return pace_tokens_before(pace, status_numbers_ms(now_ms)) < pace->tokens;
}

int64_t
status_next_ms(const struct talk *talk, int64_t now_ms)
{
	int64_t silent = now_ms - talk->session.heard_ms, next, numbers;

	if (talk_is_idle(talk) || talk->is_told)
		return 0;
	next = now_ms + 1000 - (silent > 0 ? silent % 1000 : 0);
	numbers = status_numbers_ms(now_ms) + NUMBERS_MS;
	return has_uncounted(talk, now_ms) && numbers < next ? numbers : next;
}
