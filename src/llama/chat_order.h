/*
 * chat_order.h - what a chat request is made of, on its way to the thread that encodes and sends it. It owns all of that: texts
 * are shared with the conversation (buf_share), so it costs little however long they are, and they may change there meanwhile.
 */
#ifndef FLYNN_LLAMA_CHAT_ORDER_H
#define FLYNN_LLAMA_CHAT_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/attachment.h"
#include "llama/chat.h"
#include "llama/http.h"
#include "llama/model_client.h"
#include "llama/parameters.h"

struct chat_order_message {
	enum chat_role role;
	struct buf content, reasoning;
	struct attachments attachments;
};

struct chat_order {
	struct chat_order_message *messages;
	size_t n_messages, space;
	bool stream, answer_now;      /* as in struct chat_request */
	struct parameters parameters; /* … */
	char *stream_id;              /* … */
	const char *path;             /* static, as model_encoder_new takes it; NULL: a reply is wanted */
	struct chat_message *encoded; /* what its encoder borrows; or NULL */
};

struct chat_order *chat_order_new(size_t space); /* for so many messages */
void chat_order_free(struct chat_order *);

/* reasoning, attachments: NULL: none. Attachments are held. */
void chat_order_add(
        struct chat_order *, enum chat_role, struct buf *content, struct buf *reasoning, const struct attachments *);
void chat_order_add_text(struct chat_order *, enum chat_role, const char *content); /* copied */

/* With copies of all texts. */
struct chat_order *chat_order_copy(const struct chat_request *);

/* Encodes it: the order must not change or go as long as there is the encoder. */
struct model_encoder *chat_order_encoder(struct chat_order *, const struct model_client *);

#endif
