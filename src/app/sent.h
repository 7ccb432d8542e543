/*
 * sent.h - the last request for a reply of a conversation, for whoever wants to see it. It is kept as what it was made of: which
 * messages, and how long their texts were then. Texts are not kept a second time, for a conversation may have 60 MB; the same
 * function that encoded it does so again. A message is never changed but at its end, so encoding again gives what was sent; if a
 * text did change, that is known.
 */
#ifndef FLYNN_APP_SENT_H
#define FLYNN_APP_SENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "llama/chat.h"
#include "llama/chat_order.h"
#include "llama/parameters.h"

struct conversation;
struct message;
struct model_client;
struct sent;

/* The order of this conversation is what goes out, as that stream, for a reply below `last` or to go on with it. */
struct sent *sent_new(struct conversation *, const struct chat_order *, const struct model_client *,
        const struct message *last, uint64_t stream);
void sent_free(struct sent *);

/* The conversation has no place any more for the prompt of that request: it went back to the composer. */
void sent_keep_prompt(struct sent *, const char *prompt);

uint64_t sent_stream(const struct sent *); /* 0 for NULL: nothing was sent yet, since the conversation was opened */
const struct model_client *sent_client(const struct sent *);
size_t sent_bytes(const struct sent *);       /* of all texts */
size_t sent_media_bytes(const struct sent *); /* that pictures and sounds take in the request */

/* How much of it is wanted: texts longer than that are cut in their middle, which says so; of more messages than `first` and
 * `last` those in between are left out. */
struct sent_limits {
	size_t text, first, last;
};

/* The request again. Its texts are those of the conversation, or copies: good until that changes. */
struct sent_again {
	struct chat_request request;
	size_t left_out; /* messages, after the first so many */
	bool is_changed; /* a text was changed or is gone: the request was another */

	struct chat_message *messages;
	struct attachments *attachments; /* of each message: those of which only a part is wanted */
	char **copies;
	size_t n_copies, n_attachments;
};

/* Of the same conversation; limits NULL: all of it. */
void sent_again(const struct sent *, const struct conversation *, const struct sent_limits *, struct sent_again *);
void sent_again_release(struct sent_again *);

#endif
