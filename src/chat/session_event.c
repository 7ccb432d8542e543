/*
 * session_event.c - what the events of a running turn do to its reply.
 */
#include "chat/session_event.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "chat/session_again.h"
#include "chat/token_align.h"
#include "chat/tokens.h"

/* Appends what still fits. */
static bool
append(struct buf *to, const struct chat_event *event, struct err *err)
{
	size_t fits = to->max - to->len;

	if (buf_append(to, event->text, event->len))
		return true;
	if (!buf_append(to, event->text, utf8_floor(event->text, fits)))
		assert(!"what fits is appended");
	return err_set(err, ERR_LIMIT, "the reply is longer than %d MiB: the rest was not kept",
	        MESSAGE_TEXT_MAX / 1024 / 1024);
}

/* Names come once, and are short; a server that sends another is not believed. */
static void
set_once(struct buf *name, const struct chat_event *event)
{
	if (name->len == 0)
		buf_put(name, event->text, event->len);
}

static void
enter(struct session *s, enum session_state state)
{
	if (s->state != SESSION_STOPPING)
		s->state = state;
}

/* A server sends the usage at the end only: until then, and for a reply without its end, these are the counts seen here. */
void
session_count_usage(struct session *s)
{
	struct message *reply = session_target(s);
	bool is_told = (reply->usage.prompt_tokens >= 0 && !s->usage_is_counted) || reply->timings.predicted_n > 0;

	if (is_told || reply->progress.total <= 0)
		return;
	s->usage_is_counted = true;
	reply->usage = (struct chat_usage){.prompt_tokens = reply->progress.total,
	        .completion_tokens = s->pace.tokens,
	        .cached_tokens = reply->progress.cached};
}

static void
count_token(struct session *s)
{
	pace_token(&s->pace, s->now_ms);
	session_count_usage(s);
}

static void
take_usage(struct session *s, const struct chat_usage *usage)
{
	session_target(s)->usage = *usage;
	s->usage_is_counted = false;
}

/* The server's own counts are in them too. */
static void
take_timings(struct session *s, const struct chat_timings *timings)
{
	session_target(s)->timings = *timings;
	if (s->usage_is_counted && timings->predicted_n > 0)
		take_usage(s, &(struct chat_usage){-1, -1, -1});
}

/* ---- tokens ---- */

static void
take_token(struct session *s, const struct chat_event *event)
{
	if (!s->align)
		s->align = token_align_new(&session_target(s)->tokens);
	token_align_token(s->align, event->text, event->len);
}

/* The text that was appended here. */
static void
place_tokens(struct session *s, bool is_thought, const struct buf *text, size_t at)
{
	if (s->align)
		token_align_text(
		        s->align, &session_target(s)->tokens, is_thought, at, buf_text(text) + at, text->len - at);
}

/* ---- text ---- */

/* What came of the reply's own text, or its thought. */
static bool
append_text(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = session_target(s);
	bool is_thought = event->type == CHAT_EVENT_REASONING;
	struct buf *text = is_thought ? &reply->reasoning : &reply->content;
	size_t at = text->len;
	bool good = append(text, event, err);

	place_tokens(s, is_thought, text, at);
	return good;
}

static bool
take_thought(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = session_target(s);

	enter(s, SESSION_THINKING);
	count_token(s);
	reply->thought_tokens++;
	if (reply->content.len == 0)
		reply->thought_ms = s->thought_ms + s->now_ms - s->pace.first_ms;
	return append_text(s, event, err);
}

static bool
take_text(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = session_target(s);

	enter(s, SESSION_WRITING);
	count_token(s);
	if (reply->content.len == 0 && reply->thought_tokens > 0)
		reply->thought_ms = s->thought_ms + s->now_ms - s->pace.first_ms;
	return append_text(s, event, err);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* How much was dropped of its front. */
static size_t
trim(struct buf *text, bool both)
{
	size_t front = 0;

	while (text->len > 0 && is_space(text->data[text->len - 1]))
		buf_truncate(text, text->len - 1);
	while (both && front < text->len && is_space(text->data[front]))
		front++;
	buf_drop(text, front);
	return front;
}

/* Content and thought of the message that the reply goes on in are one thought then. */
static bool
move_content_to_thought(struct message *reply, struct err *err)
{
	struct chat_event content = {.text = buf_text(&reply->content), .len = reply->content.len};
	bool good = append(&reply->reasoning, &content, err);

	buf_release(&reply->content);
	reply->moves++;
	return good;
}

/* What came before the reply was continued is a part of it, unless there was a thought and content already. */
static bool
take_content_for_thought(struct session *s, struct err *err)
{
	static const struct chat_event tag = {.text = "</think>\n\n", .len = 10};
	struct message *reply = session_target(s);
	size_t front;
	bool good;

	if (s->had_answer)
		return append(&reply->content, &tag, err);
	/* What was there before cannot be told from it any more. */
	if (s->reply->stream_content > 0 && !s->again)
		session_forget(s, s->reply);
	if (s->align)
		token_align_end(s->align, &reply->tokens);
	front = trim(&reply->content, reply->reasoning.len == 0);
	tokens_become_thought(&reply->tokens, front, reply->content.len, reply->reasoning.len);
	good = move_content_to_thought(reply, err);
	if (s->align)
		token_align_end(s->align, &reply->tokens);
	enter(s, SESSION_THINKING);
	reply->thought_tokens += s->pace.tokens;
	if (s->pace.tokens > 0)
		reply->thought_ms = s->thought_ms + s->now_ms - s->pace.first_ms;
	return good;
}

static bool
take(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = session_target(s);

	switch (event->type) {
	case CHAT_EVENT_PROGRESS:
		reply->progress = event->progress;
		if (s->state == SESSION_WAITING)
			s->state = SESSION_READING;
		return true;
	case CHAT_EVENT_REASONING:
		return take_thought(s, event, err);
	case CHAT_EVENT_CONTENT:
		return take_text(s, event, err);
	case CHAT_EVENT_TOKEN:
		take_token(s, event);
		return true;
	case CHAT_EVENT_WAS_REASONING:
		return take_content_for_thought(s, err);
	case CHAT_EVENT_ID:
		set_once(&s->reply_id, event);
		return true;
	case CHAT_EVENT_MODEL:
		set_once(&reply->model, event);
		return true;
	case CHAT_EVENT_FINISH:
		set_once(&reply->finish_reason, event);
		return true;
	case CHAT_EVENT_TOOL_CALL:
		reply->tool_calls = true;
		return true;
	case CHAT_EVENT_USAGE:
		take_usage(s, &event->usage);
		return true;
	case CHAT_EVENT_TIMINGS:
		take_timings(s, &event->timings);
		return true;
	case CHAT_EVENT_CONNECTION:
		s->lost = event->lost;
		return true;
	case CHAT_EVENT_LULL:
		return true;
	}
	return true;
}

/* What a message has of a text that came in pieces. */
struct extent {
	unsigned moves;
	size_t content, reasoning;
};

static struct extent
extent_of(const struct message *m)
{
	return (struct extent){m->moves, m->content.len, m->reasoning.len};
}

static void
record(struct session *s, const struct extent *before)
{
	struct message *reply = s->reply;
	int64_t ms = s->now_ms - s->sent_ms;

	if (reply->moves != before->moves) {
		recorder_all_is_thought(&s->recorder, reply);
		return;
	}
	recorder_add(&s->recorder, reply, ms, true, reply->reasoning.len - before->reasoning);
	recorder_add(&s->recorder, reply, ms, false, reply->content.len - before->content);
}

bool
session_event(struct session *s, const struct chat_event *event, struct err *err)
{
	struct extent before;
	bool good;

	assert(s->reply);
	before = extent_of(s->reply);
	s->version++;
	if (event->type != CHAT_EVENT_LULL)
		s->heard_ms = s->now_ms;
	good = take(s, event, err);
	if (!s->again)
		record(s, &before);
	session_adopt_when_caught_up(s);
	if (!s->again)
		conversation_touch(s->conversation, s->reply);
	return good;
}
