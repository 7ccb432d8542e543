/*
 * session_again.c - a reply that its server keeps too. When it is taken up, all of it is told once more; that goes into a message
 * of its own until it is as much as the history has, and takes its place then.
 */
#include "chat/session_again.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "chat/token_align.h"
#include "chat/tokens.h"

void
session_reopen(struct message *reply)
{
	buf_clear(&reply->finish_reason);
	free(reply->error);
	reply->error = NULL;
	reply->progress = (struct chat_progress){0};
	reply->usage = (struct chat_usage){-1, -1, -1};
	reply->timings = (struct chat_timings){0};
}

void
session_drop_again(struct session *s)
{
	if (s->again)
		message_free(s->again);
	s->again = NULL;
}

void
session_drop_align(struct session *s)
{
	token_align_free(s->align);
	s->align = NULL;
}

void
session_forget(struct session *s, struct message *reply)
{
	if (reply->stream.len == 0)
		return;
	buf_clear(&reply->stream);
	conversation_touch(s->conversation, reply);
}

void
session_tell_again(struct session *s, const struct message *reply)
{
	struct message *again = s->again = message_new(CHAT_ASSISTANT, "");

	if (!buf_append(&again->content, reply->content.data, reply->stream_content) ||
	        !buf_append(&again->reasoning, reply->reasoning.data, reply->stream_reasoning))
		assert(!"it fitted before");
	buf_put(&again->tokens, buf_text(&reply->tokens), reply->tokens.len);
	tokens_cut(&again->tokens, again->content.len, again->reasoning.len);
}

static bool
begins_with(const struct buf *text, const struct buf *beginning)
{
	return text->len >= beginning->len &&
	       (beginning->len == 0 || memcmp(text->data, beginning->data, beginning->len) == 0);
}

static void
swap(struct buf *a, struct buf *b)
{
	struct buf c = *a;

	*a = *b;
	*b = c;
}

void
session_adopt(struct session *s)
{
	struct message *reply = s->reply, *again = s->again;
	bool grew = begins_with(&again->content, &reply->content) &&
	            begins_with(&again->reasoning, &reply->reasoning) && begins_with(&again->tokens, &reply->tokens);

	session_reopen(reply);
	swap(&reply->content, &again->content);
	swap(&reply->reasoning, &again->reasoning);
	swap(&reply->tokens, &again->tokens);
	swap(&reply->finish_reason, &again->finish_reason);
	if (again->model.len > 0)
		swap(&reply->model, &again->model);
	reply->moves += !grew;
	reply->progress = again->progress;
	reply->usage = again->usage;
	reply->timings = again->timings;
	reply->tool_calls |= again->tool_calls;
	reply->thought_tokens = again->thought_tokens;
	s->thought_ms = reply->thought_ms;
	pace_skip(&s->pace, s->now_ms);
	if (!grew)
		buf_release(&reply->pieces);
	recorder_resume(&s->recorder, reply, s->now_ms - s->sent_ms);
	session_drop_again(s);
	conversation_touch(s->conversation, reply);
}

void
session_adopt_when_caught_up(struct session *s)
{
	if (s->again && s->again->content.len >= s->reply->content.len &&
	        s->again->reasoning.len >= s->reply->reasoning.len)
		session_adopt(s);
}

struct message *
session_target(const struct session *s)
{
	return s->again ? s->again : s->reply;
}
