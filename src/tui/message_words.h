/*
 * message_words.h - what flynn itself says about a message, above and below its text. `go_on` is the keys that
 * continue it, `retry` those that send its prompt again, or NULL: they stand after the words, or on a line of their own, as the width allows.
 */
#ifndef FLYNN_TUI_MESSAGE_WORDS_H
#define FLYNN_TUI_MESSAGE_WORDS_H

#include "base/buf.h"
#include "base/err.h"
#include "chat/message.h"

/* Appends "thought 3.4 s, 12 tokens", or less where that does not fit; nothing where there was no reasoning. */
void message_words_thought(const struct message *, int cols, struct buf *);

/* Appends "cat.png (image, 1.2 MiB", cleaned: more may follow in the brackets. */
void message_words_file(const struct attachment *, struct buf *);

/* On an error, to stand beside what failed; cleaned, the caller's to free. */
char *message_words_error(const struct err *, const char *go_on, const char *retry, int cols);

/* What makes room in a context that is full. */
struct message_room {
	const char *compact;   /* the key that sums the conversation up; NULL: there is nothing to sum up */
	const char *begin;     /* a new one begins; or NULL */
	bool has_turns;        /* before the prompt that failed */
	bool in_input;         /* where that prompt is again */
	const char *on_server; /* what else gives more: "more context: llama-server -c" */
};

/* The same where the context is full: to send it once more would not help. */
char *message_words_full(const struct err *, const struct message_room *, int cols);

/* What else there is to say about a reply: how it ended, if not as usual. "": nothing. The caller's to free. */
char *message_words_note(const struct message *, const char *go_on, const char *retry, int cols);

/* Why a reply failed, as far as it is to be told: a server's words may name its model, which is hidden at times. Borrowed. */
const struct err *message_words_told(const struct err *, bool hides_errors);

#endif
