/*
 * secret.h - the auth token where a server repeats it: it shows as ***, and is neither stored nor logged.
 *
 * A word that is short or plain may be somebody's token and yet stand in any text ("local", "none"). So it depends on
 * where a text stands how sure it must be that it is the token: in an error it is always hidden; in a name when the
 * name is nothing else, or the token is 8 bytes long; in a reply when it is 12 bytes long and holds a digit.
 */
#ifndef FLYNN_LLAMA_SECRET_H
#define FLYNN_LLAMA_SECRET_H

#include <stddef.h>

#include "base/buf.h"
#include "llama/chat.h"

/* Appends the words of an error. `secret` may be NULL. */
void secret_append_words(struct buf *, const char *words, const char *secret);

/* Appends the name of a model, a finish_reason, a build. */
void secret_append_name(struct buf *, const char *name, size_t n, const char *secret);

/*
 * Text of a reply, which comes in pieces cut anywhere. What may be the beginning of the token waits for the next piece, but
 * for the first few bytes of it, so that a reply shows no delay.
 */
struct secret_filter {
	const char *secret; /* NULL: nothing is hidden */
	size_t n;
	enum chat_event_type type; /* of the text that `matched` ends */
	size_t matched;            /* bytes of the secret with which the text ends */
	size_t told;               /* of those were passed on */
	struct buf out;            /* the last text passed on */
};

void secret_filter_init(struct secret_filter *, const char *secret);
void secret_filter_release(struct secret_filter *);

/* The text that may be passed on now that these bytes came; borrowed until the next call. */
const char *secret_filter_feed(struct secret_filter *, const char *text, size_t *n);

/* And what waited, where the text has ended. */
const char *secret_filter_end(struct secret_filter *, size_t *n);

#endif
