/*
 * outgoing.c - most messages are sent. What would confuse a chat template, or says nothing, is not.
 */
#include "chat/outgoing.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

void
outgoing_release(struct outgoing *o)
{
	free(o->messages);
	free(o->request);
	buf_release(&o->system);
}

/* A reply without text says nothing to a model, but a thought that it is to continue; nor does a prompt that another prompt
 * follows. */
static bool
is_worth_sending(const struct message *m, const struct message *last)
{
	return m->content.len > 0 || (m == last && m->reasoning.len > 0);
}

static bool
is_sent(const struct message *m, const struct message *last, const struct message *next)
{
	bool goes_on = last && next == last &&
	               last->role == CHAT_ASSISTANT; /* it is the prompt of the reply to be continued */

	if (m->is_summary || (message_is_muted(m) && m != last && !goes_on))
		return false;
	if (m->role == CHAT_ASSISTANT)
		return is_worth_sending(m, last);
	return m == last || m->role != CHAT_USER ||
	       (next && next->role == CHAT_ASSISTANT && is_worth_sending(next, last));
}

/* Templates take one system message, at the beginning. */
static void
add_to_system(struct outgoing *o, const char *text)
{
	if (o->system.len > 0)
		buf_puts(&o->system, "\n\n");
	buf_puts(&o->system, text);
}

static void
make_room(struct outgoing *o, size_t n)
{
	if (o->messages && n <= o->space)
		return;
	o->space = n * 2;
	o->messages = mem_realloc(o->messages, (o->space + 1) * sizeof(*o->messages));
	o->request = mem_realloc(o->request, (o->space + 1) * sizeof(*o->request));
}

void
outgoing_make(struct outgoing *o, const char *system, struct message *const *path, size_t n, const struct message *last)
{
	make_room(o, n);
	o->n = 0;
	buf_clear(&o->system);
	if (system)
		add_to_system(o, system);
	for (size_t i = 0; i < n; i++) {
		if (is_sent(path[i], last, i + 1 < n ? path[i + 1] : NULL))
			o->messages[o->n++] = path[i];
		if (path[i]->is_summary)
			add_to_system(o, buf_text(&path[i]->content));
		if (path[i] == last)
			break;
	}
}

const struct chat_message *
outgoing_request(struct outgoing *o, size_t *n)
{
	struct chat_message *to = o->request;

	if (o->system.len > 0)
		*to++ = (struct chat_message){CHAT_SYSTEM, buf_text(&o->system), NULL, NULL};
	for (size_t i = 0; i < o->n; i++) {
		const struct message *m = o->messages[i];

		*to++ = (struct chat_message){m->role, buf_text(&m->content),
		        m->reasoning.len > 0 ? buf_text(&m->reasoning) : NULL,
		        m->attachments.n > 0 ? &m->attachments : NULL};
	}
	*n = (size_t)(to - o->request);
	return o->request;
}

struct chat_order *
outgoing_order(struct outgoing *o)
{
	struct chat_order *order = chat_order_new(o->n + 2);

	if (o->system.len > 0)
		chat_order_add(order, CHAT_SYSTEM, &o->system, NULL, NULL);
	for (size_t i = 0; i < o->n; i++) {
		struct message *m = o->messages[i];

		chat_order_add(
		        order, m->role, &m->content, m->reasoning.len > 0 ? &m->reasoning : NULL, &m->attachments);
	}
	return order;
}
