/*
 * session.c - one turn after the other: a prompt goes out, events come back and grow the reply, an end closes it.
 */
#include "chat/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "chat/session_again.h"
#include "chat/title.h"
#include "chat/token_align.h"
#include "chat/tokens.h"

void
session_init(struct session *s, const char *system)
{
	*s = (struct session){.conversation = conversation_new(system)};
}

void
session_release(struct session *s)
{
	session_drop_again(s);
	session_drop_align(s);
	attachments_release(&s->files_back);
	conversation_free(s->conversation);
	s->conversation = NULL;
	buf_release(&s->reply_id);
}

static void
begin_turn(struct session *s, struct message *reply, uint64_t stream)
{
	buf_clear(&s->reply_id);
	session_drop_align(s);
	s->reply = reply;
	reply->state = MESSAGE_STREAMING;
	s->stream = stream;
	s->state = SESSION_WAITING;
	s->lost = s->taken_up = false;
	s->sent_ms = s->heard_ms = s->now_ms;
	s->thought_ms = reply->thought_ms;
	s->usage_is_counted = false;
	s->had_answer = reply->reasoning.len > 0 && reply->content.len > 0;
	pace_start(&s->pace);
	recorder_start(&s->recorder, reply);
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

/* A conversation that begins with files alone has the name of the first one. */
static void
name_after_file(struct conversation *c, const struct message *prompt)
{
	struct conversation_info *info = conversation_info(c);

	if (info->title.len > 0 || info->titled != TITLE_BY_PROMPT || prompt->attachments.n == 0)
		return;
	title_from_prompt(prompt->attachments.items[0]->name, &info->title);
	conversation_touch_info(c);
}

static void
begin_below(struct session *s, struct message *prompt, uint64_t stream)
{
	name_after_file(s->conversation, prompt);
	begin_turn(s, add(s, prompt, CHAT_ASSISTANT, ""), stream);
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
session_send_below(
        struct session *s, struct message *parent, const char *prompt, const struct attachments *files, uint64_t stream)
{
	struct buf mended = {0}; /* unbounded: appending cannot fail */
	struct message *m;
	bool whole;

	assert(s->state == SESSION_IDLE);
	s->left = conversation_leaf(s->conversation);
	whole = utf8_append_mended(&mended, prompt, strlen(prompt));
	assert(whole);
	(void)whole;
	give_title(s->conversation, buf_text(&mended));
	m = add(s, parent, CHAT_USER, buf_text(&mended));
	if (files)
		attachments_add_all(&m->attachments, files);
	begin_below(s, m, stream);
	buf_release(&mended);
}

void
session_send(struct session *s, const char *prompt, uint64_t stream)
{
	session_send_below(s, conversation_leaf(s->conversation), prompt, NULL, stream);
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

static size_t
common_start(const struct buf *text, const char *other)
{
	size_t n = 0;

	while (n < text->len && text->data[n] == other[n])
		n++;
	return n;
}

/* What was told about its end is true of the old text only. */
struct message *
session_edit(struct session *s, struct message *reply, const char *text)
{
	struct message *m = add(s, reply->parent, CHAT_ASSISTANT, "");
	size_t fits = utf8_floor(text, strnlen(text, MESSAGE_TEXT_MAX));

	assert(s->state == SESSION_IDLE);
	message_copy(m, reply);
	buf_release(&m->pieces);
	session_reopen(m);
	m->state = MESSAGE_COMPLETE;
	m->is_edited = true;
	m->tool_calls = false;
	tokens_cut(&m->tokens, common_start(&reply->content, text), m->reasoning.len);
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
	session_reopen(s->left);
	begin_turn(s, s->left, stream);
	conversation_touch(s->conversation, s->reply);
	return true;
}

static void
move_text(struct buf *to, struct buf *from)
{
	buf_share(to, from);
	buf_release(from);
}

void
session_branch(struct session *s, struct message *reply, struct token_branch *branch, uint64_t stream)
{
	struct message *m;

	assert(s->state == SESSION_IDLE);
	s->left = conversation_leaf(s->conversation);
	m = add(s, reply->parent, CHAT_ASSISTANT, "");
	move_text(&m->content, &branch->content);
	move_text(&m->reasoning, &branch->reasoning);
	move_text(&m->tokens, &branch->tokens);
	m->thought_tokens = branch->thought_tokens;
	m->thought_ms = reply->thought_ms;
	m->is_edited = true;
	begin_turn(s, m, stream);
}

/* ---- the stream that a server keeps ---- */

void
session_keep_stream(struct session *s, const char *id)
{
	struct message *reply = s->reply;

	buf_clear(&reply->stream);
	buf_puts(&reply->stream, id);
	reply->stream_content = reply->content.len;
	reply->stream_reasoning = reply->reasoning.len;
	conversation_touch(s->conversation, reply);
}

void
session_forget_stream(struct session *s)
{
	if (s->reply)
		session_forget(s, s->reply);
}

void
session_take_up(struct session *s, struct message *reply, uint64_t stream)
{
	assert(s->state == SESSION_IDLE);
	s->left = conversation_leaf(s->conversation);
	s->was = reply->state;
	session_tell_again(s, reply);
	begin_turn(s, reply, stream);
	s->lost = s->taken_up = true;
	s->had_answer = reply->stream_content > 0 && reply->stream_reasoning > 0;
	conversation_touch(s->conversation, reply);
}

void
session_replay(struct session *s, struct message *reply)
{
	assert(s->state == SESSION_IDLE && reply->content.len == 0 && reply->reasoning.len == 0);
	s->left = reply->parent;
	begin_turn(s, reply, 0);
	conversation_touch(s->conversation, reply);
}

/* ---- the end of a turn ---- */

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
		s->files_back = prompt->attachments;
		prompt->attachments = (struct attachments){0};
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

/* Nothing came of it: the reply is what it was. */
static void
leave_as_it_was(struct session *s)
{
	session_drop_again(s);
	s->reply->state = s->was;
	conversation_touch(s->conversation, s->reply);
}

static char *
close_turn(struct session *s, const struct err *why, bool keep_prompt)
{
	struct message *reply = s->reply;
	bool came = reply->content.len > 0 || reply->reasoning.len > 0 || reply->tool_calls;
	char *prompt = NULL;

	if (s->pace.tokens > 0 && !s->taken_up && !s->comes_whole)
		reply->timings.first_ms = s->pace.first_ms - s->sent_ms;
	if (why->code == ERR_NONE || came || keep_prompt) {
		close_reply(reply, why);
		session_count_usage(s);
		conversation_touch(s->conversation, reply);
	} else {
		if (why->code != ERR_CANCELLED)
			s->failed = *why;
		prompt = take_back(s);
		s->gave_back = prompt;
	}
	return prompt;
}

static char *
end(struct session *s, const struct err *why, bool keep_prompt)
{
	char *prompt = NULL;

	attachments_release(&s->files_back);
	if (s->align)
		token_align_end(s->align, &session_target(s)->tokens);
	session_drop_align(s);
	if (s->again && why->code == ERR_NONE)
		session_adopt(s);
	if (s->again)
		leave_as_it_was(s);
	else
		prompt = close_turn(s, why, keep_prompt);
	s->reply = NULL;
	s->stream = 0;
	s->state = SESSION_IDLE;
	s->version++;
	return prompt;
}

/* Where the connection stayed lost, the server may have the reply nevertheless. */
char *
session_end(struct session *s, const struct err *why, bool keep_prompt)
{
	assert(s->reply);
	if (!s->lost || why->code == ERR_NONE || why->code == ERR_CANCELLED)
		session_forget(s, s->reply);
	s->lost = false;
	return end(s, why, keep_prompt);
}

void
session_interrupt(struct session *s)
{
	static const struct err ended = {.code = ERR_CANCELLED};
	struct message *reply = s->reply;

	if (!reply)
		return;
	free(end(s, &ended, true));
	s->lost = false;
	reply->state = MESSAGE_INTERRUPTED;
}
