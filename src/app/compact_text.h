/*
 * compact_text.h - the text that is to be summed up: "User: …", "Assistant: …" and so on, a blank line after each. It may have
 * 60 MB: the messages' texts are shared (base/buf.h), and only the piece that is asked about is copied.
 */
#ifndef FLYNN_APP_COMPACT_TEXT_H
#define FLYNN_APP_COMPACT_TEXT_H

#include <stddef.h>

#include "base/buf.h"
#include "llama/chat.h"

struct compact_part {
	enum chat_role role;
	struct buf text;
	size_t at; /* in the whole text */
};

/* Zeroed: empty. */
struct compact_text {
	struct compact_part *parts;
	size_t n, space;
	size_t len; /* bytes of the whole text */
};

void compact_text_release(struct compact_text *); /* leaves an empty one */

void compact_text_add(struct compact_text *, enum chat_role, struct buf *text);

/* The bytes from `at` on, at most so many, that end between two characters. */
size_t compact_text_floor(const struct compact_text *, size_t at, size_t most);

void compact_text_put(const struct compact_text *, size_t at, size_t n, struct buf *out);

#endif
