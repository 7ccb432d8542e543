/*
 * token_counts.h - how many tokens chats are, as their servers count them (llama/token_count.h). One request is on its way at
 * a time, whoever asks; what was counted is known from then on.
 *
 * Nothing is asked that would load a model: not of a server that sleeps, nor of a router that has not loaded the model. A count
 * loads one, and keeps no server awake; so the server is asked first, where nothing has shown for a second that it is.
 */
#ifndef FLYNN_APP_TOKEN_COUNTS_H
#define FLYNN_APP_TOKEN_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "llama/chat.h"

struct app;
struct link;
struct talk;

enum {
	TOKENS_UNKNOWN = -1,         /* not counted yet */
	TOKENS_REFUSED = -2,         /* the server did not count this */
	TOKENS_BYTES_MAX = 4 << 20,  /* of texts that are sent to be counted: copying them must not be felt */
	TOKENS_MEDIA_MAX = 32 << 20, /* bytes that pictures and sounds take in a request for it */
};

void token_counts_init(struct app *);
void token_counts_release(struct app *);

/* Its server may be asked now, if nothing else is being counted. */
bool token_counts_can_ask(const struct app *, const struct link *);

/* The chat is small enough to be sent for it. */
bool token_counts_may_ask(const struct chat_message *, size_t n);

/* Another number for another chat, or another model: two chats that count alike may have the same. Reads all texts. */
uint64_t token_counts_key(const struct app *, const struct talk *, const struct chat_message *, size_t n);

int64_t token_counts_get(const struct app *, uint64_t key); /* tokens, or one of the above */

/* Asks the server of this conversation; only where token_counts_can_ask. The answer is a record of the network, and known when that was taken. */
void token_counts_ask(struct app *, const struct talk *, uint64_t key, const struct chat_message *, size_t n);

#endif
