/*
 * think.h - reasoning that comes as content: <think>…</think> at its start, as models write it whose template the server
 * does not parse. Told as what it is, without the tags and the space around them. One that is never closed goes on to the end.
 */
#ifndef FLYNN_LLAMA_THINK_H
#define FLYNN_LLAMA_THINK_H

#include <stddef.h>

#include "base/buf.h"
#include "llama/chat.h"

/* Where content goes, or reasoning. The text is borrowed for the call, and never empty. */
struct think_sink {
	void (*text)(void *arg, enum chat_event_type, const char *text, size_t n);
	void *arg;
};

/* Zeroed to begin with. */
struct think {
	enum {
		THINK_BEFORE,  /* nothing but space, or a part of the tag, has come */
		THINK_BEGINS,  /* the tag has, and space behind it */
		THINK_INSIDE,  /* in the reasoning */
		THINK_BEHIND,  /* it has ended; space has come behind it */
		THINK_CONTENT, /* whatever comes is content */
	} state;
	struct buf held; /* what more text must tell the meaning of */
};

void think_release(struct think *);

/* A piece of content, cut anywhere between characters. */
void think_take(struct think *, const char *text, size_t n, const struct think_sink *);

/* The server itself tells reasoning from content: tags in that are content. */
void think_is_told(struct think *);

/* Nothing more will come: tells what was held. */
void think_end(struct think *, const struct think_sink *);

#endif
