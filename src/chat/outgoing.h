/*
 * outgoing.h - what of a conversation a model is sent: which messages of its path, and the one system message before them. One
 * struct is used again for each request.
 */
#ifndef FLYNN_CHAT_OUTGOING_H
#define FLYNN_CHAT_OUTGOING_H

#include <stddef.h>

#include "base/buf.h"
#include "chat/message.h"
#include "llama/chat.h"
#include "llama/chat_order.h"

/* Zeroed to begin with. */
struct outgoing {
	struct message **messages; /* of the path, borrowed */
	size_t n;
	struct buf system; /* the system text, then the summaries of the path; empty: there is nothing to say in it */
	struct chat_message *request;
	size_t space; /* messages that both arrays have room for, but for one more in the request */
};

void outgoing_release(struct outgoing *);

/* `system`: or NULL. Of the path of n messages as far as `last`; NULL: what the next request has before its prompt. */
void outgoing_make(
        struct outgoing *, const char *system, struct message *const *path, size_t n, const struct message *last);

/* What was made, as an array of `*n`, which borrows all texts; good until it is made again. */
const struct chat_message *outgoing_request(struct outgoing *, size_t *n);

/* The same for a thread that sends it: texts are shared. To be freed; it has room for one more message. */
struct chat_order *outgoing_order(struct outgoing *);

#endif
