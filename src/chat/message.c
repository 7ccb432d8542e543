/*
 * message.c - a message and its pointers: siblings are a list that begins at first_child, with its end at hand, since the
 * newest is asked for most.
 */
#include "chat/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *
message_state_name(enum message_state state)
{
	static const char *const names[] = {
#define X(state, name) [MESSAGE_##state] = (name),
	        MESSAGE_STATES(X)
#undef X
	};

	return names[state];
}

struct message *
message_new(enum chat_role role, const char *content)
{
	struct message *m = mem_alloc(sizeof(*m));

	m->role = role;
	buf_puts(&m->content, content);
	m->content.max = m->reasoning.max = MESSAGE_TEXT_MAX;
	m->usage = (struct chat_usage){-1, -1, -1};
	return m;
}

void
message_free(struct message *m)
{
	buf_release(&m->content);
	buf_release(&m->reasoning);
	buf_release(&m->tokens);
	buf_release(&m->model);
	buf_release(&m->finish_reason);
	buf_release(&m->endpoint);
	buf_release(&m->parameters);
	buf_release(&m->stream);
	buf_release(&m->pieces);
	attachments_release(&m->attachments);
	free(m->error);
	free(m);
}

void
message_copy(struct message *to, struct message *m)
{
	buf_share(&to->reasoning, &m->reasoning);
	buf_share(&to->pieces, &m->pieces);
	buf_share(&to->tokens, &m->tokens);
	attachments_add_all(&to->attachments, &m->attachments);
	buf_puts(&to->model, buf_text(&m->model));
	buf_puts(&to->finish_reason, buf_text(&m->finish_reason));
	buf_puts(&to->endpoint, buf_text(&m->endpoint));
	buf_puts(&to->parameters, buf_text(&m->parameters));
	to->state = m->state;
	to->created_ms = m->created_ms;
	to->usage = m->usage;
	to->timings = m->timings;
	to->thought_tokens = m->thought_tokens;
	to->thought_ms = m->thought_ms;
	to->tool_calls = m->tool_calls;
	to->is_edited = m->is_edited;
	to->is_muted = m->is_muted;
	to->is_summary = m->is_summary;
	if (m->error) {
		to->error = mem_alloc(sizeof(*to->error));
		*to->error = *m->error;
	}
}

/* ---- the tree ---- */

void
message_link(struct message *above, struct message *before, struct message *m)
{
	struct message **place = before ? &before->next_sibling : &above->first_child;

	m->next_sibling = *place;
	*place = m;
	if (above->last_child == before)
		above->last_child = m;
}

struct message *
message_unlink(struct message *above, struct message *m)
{
	struct message *before = NULL;

	for (struct message *s = above->first_child; s != m; s = s->next_sibling)
		before = s;
	*(before ? &before->next_sibling : &above->first_child) = m->next_sibling;
	if (above->last_child == m)
		above->last_child = before;
	m->next_sibling = NULL;
	return before;
}

bool
message_is_within(const struct message *m, const struct message *top)
{
	while (m && m != top)
		m = m->parent;
	return m == top;
}

struct message *
message_newest_below(struct message *m)
{
	while (m->last_child)
		m = m->last_child;
	return m;
}

bool
message_is_muted(const struct message *m)
{
	return m->is_muted || (m->role == CHAT_ASSISTANT && m->parent && m->parent->is_muted);
}

bool
message_can_continue(const struct message *m)
{
	if (m->role != CHAT_ASSISTANT || m->state == MESSAGE_STREAMING ||
	        (m->content.len == 0 && m->reasoning.len == 0))
		return false;
	return m->is_edited || m->state != MESSAGE_COMPLETE || strcmp(buf_text(&m->finish_reason), "length") == 0;
}
