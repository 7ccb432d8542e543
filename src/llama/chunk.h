/*
 * chunk.h - one JSON object of llama-server's chat completions (a stream's `chat.completion.chunk`, or the whole
 * `chat.completion`) turned into chat events. Unknown fields and choices with another index than 0 are skipped.
 */
#ifndef FLYNN_LLAMA_CHUNK_H
#define FLYNN_LLAMA_CHUNK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/chat.h"
#include "llama/chunk_scan.h"

/* Called with each event; texts are borrowed for the call. */
struct chunk_sink {
	void (*event)(void *arg, const struct chat_event *);
	void *arg;
	const char *secret; /* the auth token, shown as *** where an error repeats it; NULL: none */
};

/*
 * False, with the reason, when it is no JSON object, when what should be text of the reply is something else (text
 * would be lost), or when it holds an `error` (code ERR_SERVER and the server's own words). Events before the
 * error count. The scan belongs to one reply; NULL: every chunk is read by way of a tree, to the same effect.
 */
bool chunk_decode(struct chunk_scan *, const char *json, size_t len, const struct chunk_sink *, struct err *) MUST_USE;

/* The same of a whole reply, which may be long: it is released once it is parsed, and stays where it is no JSON. */
bool chunk_take(struct buf *json, const struct chunk_sink *, struct err *) MUST_USE;

/* Tells what text there is in one that was cut off, and nothing else. */
void chunk_decode_beginning(const char *json, size_t len, const struct chunk_sink *);

#endif
