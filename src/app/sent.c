/*
 * sent.c - a row for each message of the request, which finds the text again: by the id of a message; the system text belongs to
 * none, and is kept.
 */
#include "app/sent.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "chat/conversation.h"
#include "llama/content.h"

enum {
	PROMPT_MAX = 1024 * 1024, /* bytes of a prompt that is kept, where the composer has it as well */
};

struct sent_message {
	enum chat_role role;
	uint64_t id; /* 0: the system text */
	size_t content, reasoning;
	unsigned moves;
	struct attachments attachments;
};

struct sent {
	uint64_t stream;
	const struct model_client *client; /* lives as long as the app */
	struct parameters parameters;
	bool stream_asked, answer_now;
	struct sent_message *messages;
	size_t n, bytes, media;
	struct buf system;
	char *prompt; /* of the last message, where it is out of the conversation; or NULL */
};

void
sent_free(struct sent *s)
{
	if (!s)
		return;
	parameters_release(&s->parameters);
	for (size_t i = 0; i < s->n; i++)
		attachments_release(&s->messages[i].attachments);
	free(s->messages);
	buf_release(&s->system);
	free(s->prompt);
	free(s);
}

/* ---- keeping ---- */

static void
note_text(struct sent *s, const struct sent_message *sent)
{
	s->messages[s->n++] = *sent;
	s->bytes += sent->content + sent->reasoning;
}

/* Of the last one. */
static void
note_attachments(struct sent *s, const struct attachments *list)
{
	attachments_add_all(&s->messages[s->n - 1].attachments, list);
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i]->kind == ATTACHMENT_TEXT)
			s->bytes += list->items[i]->size;
	s->media += content_media_bytes(list);
}

static void
note_messages(struct sent *s, struct conversation *c, const struct message *last)
{
	size_t n;
	struct buf *system;
	struct message *const *sent = conversation_sent(c, last, &n, &system);

	s->messages = mem_alloc((n + 1) * sizeof(*s->messages));
	if (system) {
		buf_share(&s->system, system);
		note_text(s, &(struct sent_message){.role = CHAT_SYSTEM, .content = system->len});
	}
	for (size_t i = 0; i < n; i++) {
		note_text(s, &(struct sent_message){.role = sent[i]->role,
		                     .id = sent[i]->id,
		                     .content = sent[i]->content.len,
		                     .reasoning = sent[i]->reasoning.len,
		                     .moves = sent[i]->moves});
		note_attachments(s, &sent[i]->attachments);
	}
}

struct sent *
sent_new(struct conversation *c, const struct chat_order *order, const struct model_client *client,
        const struct message *last, uint64_t stream)
{
	struct sent *s = mem_alloc(sizeof(*s));

	s->stream = stream;
	s->client = client;
	s->stream_asked = order->stream;
	s->answer_now = order->answer_now;
	parameters_copy(&s->parameters, &order->parameters);
	note_messages(s, c, last);
	return s;
}

void
sent_keep_prompt(struct sent *s, const char *prompt)
{
	if (!s || strlen(prompt) > PROMPT_MAX)
		return;
	free(s->prompt);
	s->prompt = mem_strdup(prompt);
}

/* ---- asking ---- */

uint64_t
sent_stream(const struct sent *s)
{
	return s ? s->stream : 0;
}

const struct model_client *
sent_client(const struct sent *s)
{
	return s->client;
}

size_t
sent_bytes(const struct sent *s)
{
	return s->bytes;
}

size_t
sent_media_bytes(const struct sent *s)
{
	return s->media;
}

/* ---- making it again ---- */

static const char *
keep(struct sent_again *again, char *copy)
{
	again->copies = mem_realloc(again->copies, (again->n_copies + 1) * sizeof(*again->copies));
	again->copies[again->n_copies++] = copy;
	return copy;
}

/* The first n bytes of a text, or as much of both its ends as there may be. */
static const char *
part_of(struct sent_again *again, const char *text, size_t n, const struct sent_limits *limits)
{
	size_t head, tail;

	if (!limits || n <= limits->text)
		return text[n] ? keep(again, mem_strndup(text, n)) : text;
	head = utf8_floor(text, limits->text * 2 / 3);
	tail = utf8_floor(text, n - limits->text / 3);
	return keep(again, mem_printf("%.*s\n… %zu bytes are left out here …\n%.*s", (int)head, text, tail - head,
	                           (int)(n - tail), text + tail));
}

/* As far as it is there. */
static const char *
text_again(struct sent_again *again, const struct buf *text, size_t n, const struct sent_limits *limits)
{
	again->is_changed = again->is_changed || text->len < n;
	return part_of(again, buf_text(text), text->len < n ? text->len : n, limits);
}

static const char *
lost_text(
        const struct sent *s, struct sent_again *again, const struct sent_message *m, const struct sent_limits *limits)
{
	bool is_prompt = s->prompt && m == &s->messages[s->n - 1];
	const char *text = m->id == 0 ? buf_text(&s->system) : is_prompt ? s->prompt : "";

	again->is_changed = again->is_changed || strlen(text) != m->content;
	return part_of(again, text, strlen(text), limits);
}

/* A file of text, or a part of it; other files are shown by their first bytes anyway. */
static struct attachment *
file_again(struct sent_again *again, struct attachment *a, const struct sent_limits *limits)
{
	struct buf part = {0};

	if (a->kind != ATTACHMENT_TEXT || a->size <= limits->text)
		return attachment_hold(a);
	buf_puts(&part, part_of(again, a->data, a->size, limits));
	return attachment_new(a->kind, a->name, NULL, a->type, &part);
}

static const struct attachments *
files_again(struct sent_again *again, size_t i, const struct attachments *files, const struct sent_limits *limits)
{
	if (!limits)
		return files;
	for (size_t f = 0; f < files->n; f++)
		attachments_add(&again->attachments[i], file_again(again, files->items[f], limits));
	return &again->attachments[i];
}

static struct chat_message
message_again(const struct sent *s, const struct conversation *c, const struct sent_message *sent,
        const struct sent_limits *limits, struct sent_again *again)
{
	const struct message *m = conversation_find(c, sent->id);
	struct chat_message to = {.role = sent->role,
	        .attachments = files_again(again, (size_t)(sent - s->messages), &sent->attachments, limits)};

	if (!m) {
		to.content = lost_text(s, again, sent, limits);
		return to;
	}
	again->is_changed = again->is_changed || m->moves != sent->moves;
	to.content = text_again(again, &m->content, sent->content, limits);
	if (sent->reasoning > 0)
		to.reasoning = text_again(again, &m->reasoning, sent->reasoning, limits);
	return to;
}

void
sent_again(
        const struct sent *s, const struct conversation *c, const struct sent_limits *limits, struct sent_again *again)
{
	size_t first = s->n, rest = s->n, n = 0;

	if (limits && s->n > limits->first + limits->last) {
		first = limits->first;
		rest = s->n - limits->last;
	}
	*again = (struct sent_again){.left_out = rest - first,
	        .messages = mem_alloc((s->n + 1) * sizeof(*again->messages)),
	        .attachments = mem_alloc((s->n + 1) * sizeof(*again->attachments)),
	        .n_attachments = s->n};
	for (size_t i = 0; i < s->n; i++)
		if (i < first || i >= rest)
			again->messages[n++] = message_again(s, c, &s->messages[i], limits, again);
	again->request = (struct chat_request){.messages = again->messages,
	        .n_messages = n,
	        .stream = s->stream_asked,
	        .answer_now = s->answer_now,
	        .parameters = &s->parameters};
}

void
sent_again_release(struct sent_again *again)
{
	for (size_t i = 0; i < again->n_copies; i++)
		free(again->copies[i]);
	for (size_t i = 0; i < again->n_attachments; i++)
		attachments_release(&again->attachments[i]);
	free(again->attachments);
	free(again->copies);
	free(again->messages);
	*again = (struct sent_again){0};
}
