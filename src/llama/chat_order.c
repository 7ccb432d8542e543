/*
 * chat_order.c - an array of messages with buffers of their own, which share their texts with others.
 */
#include "llama/chat_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct chat_order *
chat_order_new(size_t space)
{
	struct chat_order *o = mem_alloc(sizeof(*o));

	o->messages = mem_alloc(space * sizeof(*o->messages));
	o->space = space;
	return o;
}

void
chat_order_free(struct chat_order *o)
{
	if (!o)
		return;
	for (size_t i = 0; i < o->n_messages; i++) {
		buf_release(&o->messages[i].content);
		buf_release(&o->messages[i].reasoning);
		attachments_release(&o->messages[i].attachments);
	}
	free(o->messages);
	free(o->encoded);
	parameters_release(&o->parameters);
	free(o->stream_id);
	free(o);
}

static struct chat_order_message *
add_message(struct chat_order *o, enum chat_role role)
{
	if (o->n_messages == o->space) {
		o->space = o->space * 2 + 4;
		o->messages = mem_realloc(o->messages, o->space * sizeof(*o->messages));
	}
	o->messages[o->n_messages] = (struct chat_order_message){.role = role};
	return &o->messages[o->n_messages++];
}

void
chat_order_add(struct chat_order *o, enum chat_role role, struct buf *content, struct buf *reasoning,
        const struct attachments *attachments)
{
	struct chat_order_message *m = add_message(o, role);

	buf_share(&m->content, content);
	if (reasoning)
		buf_share(&m->reasoning, reasoning);
	if (attachments)
		attachments_add_all(&m->attachments, attachments);
}

void
chat_order_add_text(struct chat_order *o, enum chat_role role, const char *content)
{
	buf_puts(&add_message(o, role)->content, content);
}

struct chat_order *
chat_order_copy(const struct chat_request *r)
{
	struct chat_order *o = chat_order_new(r->n_messages);

	for (size_t i = 0; i < r->n_messages; i++) {
		chat_order_add_text(o, r->messages[i].role, r->messages[i].content);
		if (r->messages[i].reasoning)
			buf_puts(&o->messages[i].reasoning, r->messages[i].reasoning);
		if (r->messages[i].attachments)
			attachments_add_all(&o->messages[i].attachments, r->messages[i].attachments);
	}
	o->stream = r->stream;
	o->answer_now = r->answer_now;
	if (r->parameters)
		parameters_copy(&o->parameters, r->parameters);
	o->stream_id = mem_strdup(r->stream_id);
	return o;
}

struct model_encoder *
chat_order_encoder(struct chat_order *o, const struct model_client *client)
{
	struct chat_request request = {.n_messages = o->n_messages,
	        .stream = o->stream,
	        .answer_now = o->answer_now,
	        .parameters = &o->parameters,
	        .stream_id = o->stream_id};

	free(o->encoded);
	request.messages = o->encoded = mem_alloc(o->n_messages * sizeof(*o->encoded));
	for (size_t i = 0; i < o->n_messages; i++) {
		const struct chat_order_message *m = &o->messages[i];

		o->encoded[i] = (struct chat_message){m->role, buf_text(&m->content),
		        m->reasoning.len > 0 ? buf_text(&m->reasoning) : NULL,
		        m->attachments.n > 0 ? &m->attachments : NULL};
	}
	return model_encoder_new(client, &request, o->path);
}
