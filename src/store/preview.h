/*
 * preview.h - an excerpt of a conversation: a few messages, each cut to what fits on a screen.
 */
#ifndef FLYNN_STORE_PREVIEW_H
#define FLYNN_STORE_PREVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/history.h"
#include "text/find.h"

enum {
	PREVIEW_MESSAGES = 2,
	PREVIEW_BYTES = 6000,        /* of a message, about */
	PREVIEW_CONTEXT_BYTES = 300, /* of the one before a message that was found */
};

struct preview_message {
	char role[12];
	struct buf model, text;
	struct buf files; /* "attached: a.png, b.txt", or "" */
	int64_t created_ms;
	bool in_reasoning; /* the text is of it */
	bool more_before, more_after;
};

struct preview {
	struct preview_message messages[PREVIEW_MESSAGES];
	size_t n;
};

/* The message (a row) with the first of the words in view, and the one it answers; without a message (0) the last two
 * of the conversation. Nothing, when it is not there. The preview is to be released in either case. */
bool preview_load(struct history *, int64_t conversation, int64_t message, const struct find *words, struct preview *,
        struct err *) MUST_USE;
void preview_release(struct preview *);

#endif
