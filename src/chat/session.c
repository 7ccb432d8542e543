/*
 * session.c - one turn after the other: a prompt goes out, events come back and grow the reply, an end closes it.
 */
#include "chat/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "chat/title.h"

void
session_init(struct session *s, const char *system)
{
	*s = (struct session){.conversation = conversation_new(system)};
}

void
session_release(struct session *s)
{
	conversation_free(s->conversation);
	s->conversation = NULL;
	buf_release(&s->reply_id);
}

static void
begin(struct session *s, struct message *reply, uint64_t stream)
{
	buf_clear(&s->reply_id);
	s->reply = reply;
	reply->state = MESSAGE_STREAMING;
	s->stream = stream;
	s->state = SESSION_WAITING;
	s->sent_ms = s->heard_ms = s->now_ms;
	s->thought_ms = reply->thought_ms;
	s->usage_is_counted = false;
	s->had_answer = reply->reasoning.len > 0 && reply->content.len > 0;
	pace_start(&s->pace);
	s->failed.code = ERR_NONE;
	s->version++;
}

static struct message *
add(struct session *s, struct message *parent, enum chat_role role, const char *content)
{
	struct message *m = conversation_add(s->conversation, parent, role, content);

	m->created_ms = s->unix_ms;
	return m;
}

static void
begin_below(struct session *s, struct message *prompt, uint64_t stream)
{
	begin(s, add(s, prompt, CHAT_ASSISTANT, ""), stream);
}

/* Until somebody finds a better one. */
static void
give_title(struct conversation *c, const char *prompt)
{
	struct conversation_info *info = conversation_info(c);

	if (info->title.len > 0)
		return;
	title_from_prompt(prompt, &info->title);
	conversation_touch_info(c);
}

void
session_send_below(struct session *s, struct message *parent, const char *prompt, uint64_t stream)
{
	struct buf mended = {0}; /* unbounded: appending cannot fail */
	bool whole;

	assert(s->state == SESSION_IDLE);
	s->left = conversation_leaf(s->conversation);
	whole = utf8_append_mended(&mended, prompt, strlen(prompt));
	assert(whole);
	(void)whole;
	give_title(s->conversation, buf_text(&mended));
	begin_below(s, add(s, parent, CHAT_USER, buf_text(&mended)), stream);
	buf_release(&mended);
}

void
session_send(struct session *s, const char *prompt, uint64_t stream)
{
	session_send_below(s, conversation_leaf(s->conversation), prompt, stream);
}

bool
session_retry(struct session *s, struct message *m, uint64_t stream)
{
	struct message *prompt = m ? m : conversation_leaf(s->conversation);

	assert(s->state == SESSION_IDLE);
	if (prompt && prompt->role == CHAT_ASSISTANT)
		prompt = prompt->parent;
	if (!prompt)
		return false;
	s->left = conversation_leaf(s->conversation);
	begin_below(s, prompt, stream);
	return true;
}

/* Drops how the reply ended. */
static void
reopen(struct message *reply)
{
	buf_clear(&reply->finish_reason);
	free(reply->error);
	reply->error = NULL;
	reply->progress = (struct chat_progress){0};
	reply->usage = (struct chat_usage){-1, -1, -1};
	reply->timings = (struct chat_timings){0};
}

/* What was told about its end is true of the old text only. */
struct message *
session_edit(struct session *s, const struct message *reply, const char *text)
{
	struct message *m = add(s, reply->parent, CHAT_ASSISTANT, "");
	size_t fits = utf8_floor(text, strnlen(text, MESSAGE_TEXT_MAX));

	assert(s->state == SESSION_IDLE);
	message_copy(m, reply);
	reopen(m);
	m->state = MESSAGE_COMPLETE;
	m->is_edited = true;
	m->tool_calls = false;
	if (!buf_append(&m->content, text, fits))
		assert(!"it was cut to fit");
	s->version++;
	return m;
}

bool
session_can_continue(const struct session *s)
{
	const struct message *leaf = conversation_leaf(s->conversation);

	return s->state == SESSION_IDLE && leaf && message_can_continue(leaf);
}

bool
session_continue(struct session *s, uint64_t stream)
{
	if (!session_can_continue(s))
		return false;
	s->left = conversation_leaf(s->conversation);
	reopen(s->left);
	begin(s, s->left, stream);
	conversation_touch(s->conversation, s->reply);
	return true;
}

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
static void
count_usage(struct session *s)
{
	struct message *reply = s->reply;
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
	count_usage(s);
}

static void
take_usage(struct session *s, const struct chat_usage *usage)
{
	s->reply->usage = *usage;
	s->usage_is_counted = false;
}

/* The server's own counts are in them too. */
static void
take_timings(struct session *s, const struct chat_timings *timings)
{
	s->reply->timings = *timings;
	if (s->usage_is_counted && timings->predicted_n > 0)
		take_usage(s, &(struct chat_usage){-1, -1, -1});
}

static bool
take_thought(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = s->reply;

	enter(s, SESSION_THINKING);
	count_token(s);
	reply->thought_tokens++;
	if (reply->content.len == 0)
		reply->thought_ms = s->thought_ms + s->now_ms - s->pace.first_ms;
	return append(&reply->reasoning, event, err);
}

static bool
take_text(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = s->reply;

	enter(s, SESSION_WRITING);
	count_token(s);
	if (reply->content.len == 0 && reply->thought_tokens > 0)
		reply->thought_ms = s->thought_ms + s->now_ms - s->pace.first_ms;
	return append(&reply->content, event, err);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
trim(struct buf *text, bool both)
{
	size_t front = 0;

	while (text->len > 0 && is_space(text->data[text->len - 1]))
		buf_truncate(text, text->len - 1);
	while (both && front < text->len && is_space(text->data[front]))
		front++;
	buf_drop(text, front);
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
	struct message *reply = s->reply;
	bool good;

	if (s->had_answer)
		return append(&reply->content, &tag, err);
	trim(&reply->content, reply->reasoning.len == 0);
	good = move_content_to_thought(reply, err);
	enter(s, SESSION_THINKING);
	reply->thought_tokens += s->pace.tokens;
	if (s->pace.tokens > 0)
		reply->thought_ms = s->thought_ms + s->now_ms - s->pace.first_ms;
	return good;
}

bool
session_event(struct session *s, const struct chat_event *event, struct err *err)
{
	struct message *reply = s->reply;

	assert(reply);
	s->version++;
	conversation_touch(s->conversation, reply);
	if (event->type != CHAT_EVENT_LULL)
		s->heard_ms = s->now_ms;
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
	case CHAT_EVENT_LULL:
		return true;
	}
	return true;
}

void
session_stop(struct session *s)
{
	if (s->state != SESSION_IDLE)
		s->state = SESSION_STOPPING;
	s->version++;
}

/* Nothing was said after all. */
static void
take_title_back(struct conversation *c)
{
	struct conversation_info *info = conversation_info(c);

	if (info->titled != TITLE_BY_PROMPT)
		return;
	buf_clear(&info->title);
	conversation_touch_info(c);
}

/* The last reply of a prompt takes it along: a prompt that was only tried again stays. */
static char *
take_back(struct session *s)
{
	struct message *reply = s->reply, *prompt = reply->parent;
	char *text = NULL;

	conversation_remove(s->conversation, reply);
	if (!prompt->first_child && prompt != s->left) {
		text = buf_take(&prompt->content);
		conversation_remove(s->conversation, prompt);
	}
	conversation_set_leaf(s->conversation, s->left);
	if (!conversation_next(s->conversation, NULL))
		take_title_back(s->conversation);
	return text;
}

static void
close_reply(struct message *reply, const struct err *why)
{
	reply->state = MESSAGE_FAILED;
	if (why->code == ERR_NONE)
		reply->state = MESSAGE_COMPLETE;
	else if (why->code == ERR_CANCELLED)
		reply->state = MESSAGE_STOPPED;
	else {
		reply->error = mem_alloc(sizeof(*reply->error));
		*reply->error = *why;
	}
}

char *
session_end(struct session *s, const struct err *why, bool keep_prompt)
{
	struct message *reply = s->reply;
	bool came = reply->content.len > 0 || reply->reasoning.len > 0 || reply->tool_calls;
	char *prompt = NULL;

	assert(reply);
	if (s->pace.tokens > 0)
		reply->first_ms = s->pace.first_ms - s->sent_ms;
	if (why->code == ERR_NONE || came || keep_prompt) {
		close_reply(reply, why);
		count_usage(s);
		conversation_touch(s->conversation, reply);
	} else {
		if (why->code != ERR_CANCELLED)
			s->failed = *why;
		prompt = take_back(s);
		s->gave_back = prompt;
	}
	s->reply = NULL;
	s->stream = 0;
	s->state = SESSION_IDLE;
	s->version++;
	return prompt;
}

void
session_interrupt(struct session *s)
{
	static const struct err ended = {.code = ERR_CANCELLED};
	struct message *reply = s->reply;

	if (!reply)
		return;
	free(session_end(s, &ended, true));
	reply->state = MESSAGE_INTERRUPTED;
}
