/*
 * teller.h - chat events on their way out of a reply: the model and the finish_reason once, text up to a bound, what
 * the model thought as reasoning however it came, and nowhere the auth token.
 */
#ifndef FLYNN_LLAMA_TELLER_H
#define FLYNN_LLAMA_TELLER_H

#include <stdbool.h>
#include <stddef.h>

#include "llama/chat.h"
#include "llama/model_client.h"
#include "llama/secret.h"
#include "llama/think.h"

enum {
	TELLER_TEXT_MAX = 64 * 1024 * 1024, /* bytes of content, reasoning and tool arguments of one reply */
};

struct teller {
	struct reply_sink sink;
	struct think think;
	struct secret_filter filter;
	const char *secret; /* or NULL */
	size_t text;        /* bytes of it passed on */
	bool id_told, model_told;
	bool finished; /* a finish_reason came */
	bool held;     /* the sink said false */
	bool over;     /* TELLER_TEXT_MAX was passed */
};

void teller_init(struct teller *, struct reply_sink, const char *secret);
void teller_release(struct teller *);

void teller_event(void *teller, const struct chat_event *);
void teller_end(struct teller *); /* passes on the text still held: no more comes */

#endif
