/*
 * think.h - reasoning that comes as content: <think>…</think> at its start, as models write it whose template the server
 * does not parse. It is passed on as reasoning, without the tags and the space around them. A tag that is never closed holds to
 * the end.
 *
 * Where the template itself opens the tag, </think> alone comes: at the start or at the end of a line, outside a fence of
 * code. Nothing says before that the text is reasoning: it was passed on as content, and CHAT_EVENT_WAS_REASONING takes it back.
 */
#ifndef FLYNN_LLAMA_THINK_H
#define FLYNN_LLAMA_THINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "llama/chat.h"

/* Where content goes, or reasoning. The text is borrowed for the call, and empty with CHAT_EVENT_WAS_REASONING alone. */
struct think_sink {
	void (*text)(void *arg, enum chat_event_type, const char *text, size_t n);
	void *arg;
};

/* The line that is being read, and the fence of code that it is in. */
struct think_line {
	bool has_text;           /* more than space has come */
	bool is_other;           /* it cannot become a fence any more */
	char mark, fence;        /* '`' or '~', of this line and of the open fence; 0: none */
	size_t marks, fence_len; /* how many there are of them */
};

/* Zeroed to begin with. */
struct think {
	enum {
		THINK_BEFORE,  /* nothing but space, or a part of the tag, has come */
		THINK_BEGINS,  /* the tag has, and space after it */
		THINK_INSIDE,  /* in the reasoning */
		THINK_OPEN,    /* content, or reasoning whose beginning the template has */
		THINK_BEHIND,  /* it has ended; space has come after it */
		THINK_CONTENT, /* whatever comes is content */
	} state;
	struct buf held;        /* text whose meaning depends on what follows */
	struct think_line line; /* of THINK_OPEN */
};

void think_release(struct think *);

/* A piece of content, cut anywhere between characters. */
void think_take(struct think *, const char *text, size_t n, const struct think_sink *);

/* The server itself separates reasoning from content: tags in the content are content. */
void think_is_told(struct think *);

/* Nothing more will come: passes on what was held. */
void think_end(struct think *, const struct think_sink *);

#endif
