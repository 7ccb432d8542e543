/*
 * encoding.h - a chat on its way to be sent: it is encoded a slice at a time, so that the replies of other conversations go on
 * meanwhile. Known to worker_thread.c only.
 */
#ifndef FLYNN_NET_ENCODING_H
#define FLYNN_NET_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "llama/chat_order.h"

struct encoding {
	uint64_t id; /* of the stream or the call */
	bool is_call;
	int64_t limit_ms; /* of a call */
	const struct model_client *client;
	struct chat_order *order;
	struct model_encoder *encoder;
	bool cancelled;
};

/* Takes what is in it; the encoder is made here. */
struct encoding *encoding_new(const struct encoding *);
void encoding_free(struct encoding *);

/* The next slice. MODEL_NOT_ENCODED with ERR_CANCELLED for one that was cancelled. */
enum model_encoded encoding_step(struct encoding *, struct http_request *, struct err *);

#endif
