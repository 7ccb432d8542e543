/*
 * context_list.c - rows are made again when the conversation has changed; their tokens are looked up for each frame.
 */
#include "app/context_list.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/context.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "app/token_counts.h"
#include "base/mem.h"
#include "llama/content.h"

enum {
	BYTES_A_TOKEN = 4, /* guesses, as long as nothing is counted */
	MEDIA_TOKENS = 512,
	CHAT_MAX = 3, /* messages: a prompt, its reply, and an empty prompt */
};

void
context_list_init(struct app *app)
{
	app->context_list = mem_alloc(sizeof(*app->context_list));
}

void
context_list_release(struct app *app)
{
	if (app->context_list)
		free(app->context_list->rows);
	free(app->context_list);
}

void
context_list_open(struct app *app)
{
	app->context_list->is_wanted = true;
}

void
context_list_close(struct app *app)
{
	app->context_list->is_wanted = false;
}

void
context_list_in_view(struct app *app, size_t first, size_t n)
{
	app->context_list->first = first;
	app->context_list->in_view = n;
}

/* ---- what is counted of a row ---- */

struct row_chat {
	struct chat_message messages[CHAT_MAX];
	size_t n;
};

static void
put_message(struct row_chat *chat, enum chat_role role, const char *content, const char *reasoning)
{
	chat->messages[chat->n++] = (struct chat_message){role, content, reasoning, NULL};
}

/* The reply to a prompt of the path; NULL: it has none. */
static struct message *
reply_to(struct conversation *c, const struct message *prompt)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	for (size_t i = n; i > 1; i--)
		if (path[i - 2] == prompt)
			return path[i - 1]->role == CHAT_ASSISTANT ? path[i - 1] : NULL;
	return NULL;
}

static void
put_reply(struct row_chat *chat, const struct message *reply, bool bare)
{
	const char *thought = reply->reasoning.len > 0 && !bare ? buf_text(&reply->reasoning) : NULL;

	if (reply->content.len > 0)
		put_message(chat, CHAT_ASSISTANT, buf_text(&reply->content), thought);
}

static struct row_chat
turn_chat(const struct message *prompt, const struct message *reply, bool bare)
{
	struct row_chat chat = {.n = 0};

	put_message(&chat, CHAT_USER, buf_text(&prompt->content), NULL);
	chat.messages[0].attachments = &prompt->attachments;
	if (reply)
		put_reply(&chat, reply, bare);
	chat.messages[chat.n++] = context_no_prompt();
	return chat;
}

static struct row_chat
system_chat(const char *text)
{
	struct row_chat chat = {.n = 0};

	if (*text)
		put_message(&chat, CHAT_SYSTEM, text, NULL);
	chat.messages[chat.n++] = context_no_prompt();
	return chat;
}

/* The system text, and the summaries of the path down to this one (NULL: none). Yours to free. */
static char *
system_text(struct conversation *c, const struct message *summary)
{
	struct buf text = {0};
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	buf_puts(&text, conversation_system(c) ? conversation_system(c) : "");
	for (size_t i = 0; summary && i < n; i++) {
		if (path[i]->is_summary)
			buf_printf(&text, "%s%s", text.len > 0 ? "\n\n" : "", buf_text(&path[i]->content));
		if (path[i] == summary)
			break;
	}
	return buf_take(&text);
}

static uint64_t
key_of(const struct app *app, const struct row_chat *chat)
{
	return token_counts_key(app, app->pane->talk, chat->messages, chat->n);
}

static void
ask(struct app *app, uint64_t key, const struct row_chat *chat)
{
	token_counts_ask(app, app->pane->talk, key, chat->messages, chat->n);
}

/* ---- making rows ---- */

static struct context_row *
add_row(struct context_list *list, enum context_part part)
{
	if (list->n == list->space) {
		list->space = list->space * 2 + 16;
		list->rows = mem_realloc(list->rows, list->space * sizeof(*list->rows));
	}
	list->rows[list->n] = (struct context_row){.part = part, .is_sent = true};
	return &list->rows[list->n++];
}

static bool
row_may_be_counted(const struct context_row *row)
{
	return row->bytes + row->thought_bytes <= TOKENS_BYTES_MAX && row->media_bytes <= TOKENS_MEDIA_MAX;
}

static void
add_system_row(struct app *app, const struct message *summary, const char *text)
{
	struct context_row *row = add_row(app->context_list, summary ? CONTEXT_SUMMARY : CONTEXT_SYSTEM);
	struct row_chat chat = system_chat(text);

	row->message = summary ? summary->id : 0;
	row->bytes = summary ? summary->content.len : strlen(text);
	row->key = row_may_be_counted(row) ? key_of(app, &chat) : 0;
}

static void
add_system_rows(struct app *app, struct conversation *c)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	if (conversation_system(c))
		add_system_row(app, NULL, conversation_system(c));
	for (size_t i = 0; i < n; i++)
		if (path[i]->is_summary) {
			char *text = system_text(c, path[i]);

			add_system_row(app, path[i], text);
			free(text);
		}
}

static void
measure_prompt(struct context_row *row, const struct message *prompt)
{
	const struct chat_message message = {CHAT_USER, buf_text(&prompt->content), NULL, &prompt->attachments};

	row->bytes = content_text_bytes(&message);
	row->media_bytes = content_media_bytes(&prompt->attachments);
	for (size_t i = 0; i < prompt->attachments.n; i++)
		row->media += prompt->attachments.items[i]->kind != ATTACHMENT_TEXT;
}

static void
measure_turn(struct app *app, struct context_row *row, const struct message *prompt, const struct message *reply)
{
	struct row_chat chat = turn_chat(prompt, reply, false), bare = turn_chat(prompt, reply, true);
	bool has_thought = reply && reply->content.len > 0 && reply->reasoning.len > 0;

	measure_prompt(row, prompt);
	row->bytes += reply ? reply->content.len : 0;
	row->thought_bytes = has_thought ? reply->reasoning.len : 0;
	if ((reply && reply->state == MESSAGE_STREAMING) || !row_may_be_counted(row))
		return;
	row->key = key_of(app, &chat);
	row->bare_key = has_thought ? key_of(app, &bare) : 0;
}

/* Only those with a reply of some text are sent, and the last one as long as its reply is on its way. */
static bool
is_sent(const struct message *prompt, const struct message *reply)
{
	return !message_is_muted(prompt) && reply && (reply->content.len > 0 || reply->state == MESSAGE_STREAMING);
}

static void
add_turns(struct app *app, struct conversation *c)
{
	size_t n;
	unsigned number = 0;
	struct message *const *path = conversation_path(c, &n);

	for (size_t i = 0; i < n; i++) {
		const struct message *reply = i + 1 < n && path[i + 1]->role == CHAT_ASSISTANT ? path[i + 1] : NULL;
		struct context_row *row;

		if (path[i]->role != CHAT_USER)
			continue;
		row = add_row(app->context_list, CONTEXT_TURN);
		row->number = ++number;
		row->message = path[i]->id;
		row->is_muted = message_is_muted(path[i]);
		row->is_sent = is_sent(path[i], reply);
		measure_turn(app, row, path[i], reply);
	}
}

static bool
is_made(const struct context_list *list, const struct talk *talk)
{
	bool same = list->talk == talk && list->link == talk->link && list->starts == talk->link->starts &&
	            list->path == conversation_path_number(talk->session.conversation);

	return same && (!talk_is_idle(talk) || list->changes == conversation_changes(talk->session.conversation));
}

static void
note_made(struct context_list *list, const struct talk *talk)
{
	list->talk = talk;
	list->link = talk->link;
	list->starts = talk->link->starts;
	list->path = conversation_path_number(talk->session.conversation);
	list->changes = conversation_changes(talk->session.conversation);
}

static bool
has_thoughts(const struct context_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->rows[i].thought_bytes > 0)
			return true;
	return false;
}

static void
make_rows(struct app *app)
{
	struct context_list *list = app->context_list;
	struct talk *talk = app->pane->talk;
	struct row_chat empty = system_chat("");

	list->n = 0;
	list->empty_key = key_of(app, &empty);
	add_system_rows(app, talk->session.conversation);
	add_turns(app, talk->session.conversation);
	if (has_thoughts(list))
		add_row(list, CONTEXT_THOUGHTS);
	add_row(list, CONTEXT_TEMPLATE);
	add_row(list, CONTEXT_ROOM);
	note_made(list, talk);
}

/* ---- tokens ---- */

static int64_t
more_than_zero(int64_t tokens)
{
	return tokens > 0 ? tokens : 0;
}

/* What a summary is counted on top of: the system text, and the summaries before it. */
static int64_t
tokens_below(const struct app *app, size_t i, int64_t empty)
{
	const struct context_list *list = app->context_list;

	return i > 0 && list->rows[i].part == CONTEXT_SUMMARY ? token_counts_get(app, list->rows[i - 1].key) : empty;
}

/* False: it is not counted. */
static bool
look_up(const struct app *app, size_t i, int64_t empty)
{
	struct context_row *row = &app->context_list->rows[i];
	int64_t all = row->key != 0 ? token_counts_get(app, row->key) : TOKENS_UNKNOWN, bare = all;
	int64_t below = tokens_below(app, i, empty);

	if (row->bare_key != 0)
		bare = token_counts_get(app, row->bare_key);
	if (all < 0 || bare < 0 || below < 0)
		return false;
	row->tokens = more_than_zero(bare - below);
	row->thought_tokens = more_than_zero(all - bare);
	row->is_about = false;
	return true;
}

static bool
is_text(const struct context_row *row)
{
	return row->part <= CONTEXT_TURN;
}

struct sums {
	int64_t tokens, thoughts; /* of what is sent */
	int64_t counted;          /* of texts that are counted, sent or not, */
	size_t counted_bytes;     /* and its bytes; */
	size_t bytes;             /* of texts that are sent */
	bool is_about;
};

static void
sum_row(struct sums *sums, const struct context_row *row, bool counted)
{
	if (counted && row->media == 0) {
		sums->counted += row->tokens + row->thought_tokens;
		sums->counted_bytes += row->bytes + row->thought_bytes;
	}
	if (row->is_sent)
		sums->bytes += row->bytes + row->thought_bytes;
}

/* From what is counted, else from the gauge. */
static int64_t
guess(const struct context_list *list, const struct sums *sums, size_t bytes)
{
	if (sums->counted > 0 && sums->counted_bytes > 0)
		return (int64_t)((double)bytes * (double)sums->counted / (double)sums->counted_bytes + 0.5);
	if (list->used > 0 && sums->bytes > 0)
		return (int64_t)((double)bytes * (double)list->used / (double)sums->bytes + 0.5);
	return (int64_t)((bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN);
}

static void
guess_rows(struct context_list *list, struct sums *sums)
{
	for (size_t i = 0; i < list->n; i++) {
		struct context_row *row = &list->rows[i];

		if (!is_text(row))
			continue;
		if (row->is_about) {
			row->tokens = guess(list, sums, row->bytes) + (int64_t)row->media * MEDIA_TOKENS;
			row->thought_tokens = guess(list, sums, row->thought_bytes);
		}
		if (!row->is_sent)
			continue;
		sums->tokens += row->tokens;
		sums->thoughts += row->thought_tokens;
		sums->is_about |= row->is_about;
	}
}

/* Rows that are not of texts are the last ones. */
static void
set_others(struct context_list *list, const struct sums *sums)
{
	for (size_t i = 0; i < list->n; i++) {
		struct context_row *row = &list->rows[i];

		if (row->part == CONTEXT_THOUGHTS)
			row->tokens = sums->thoughts;
		if (row->part == CONTEXT_TEMPLATE)
			row->tokens = more_than_zero(list->used - sums->tokens - sums->thoughts);
		if (row->part == CONTEXT_ROOM)
			row->tokens = more_than_zero(list->size - list->used);
		if (!is_text(row))
			row->is_about = row->part == CONTEXT_ROOM ? list->is_about : sums->is_about || list->is_about;
	}
}

/* It is not counted yet, and may be. */
static bool
is_open(const struct app *app, uint64_t key)
{
	return key != 0 && token_counts_get(app, key) == TOKENS_UNKNOWN;
}

static void
fill_in(struct app *app)
{
	struct context_list *list = app->context_list;
	int64_t empty = token_counts_get(app, list->empty_key);
	struct sums sums = {0};

	list->uncounted = 0;
	for (size_t i = 0; i < list->n; i++) {
		struct context_row *row = &list->rows[i];
		bool counted = is_text(row) && look_up(app, i, empty);

		if (!is_text(row))
			continue;
		row->is_about = !counted;
		list->uncounted += !counted && is_open(app, row->key);
		sum_row(&sums, row, counted);
	}
	guess_rows(list, &sums);
	if (list->used <= 0) {
		list->used = sums.tokens + sums.thoughts;
		list->is_about = sums.is_about;
	}
	set_others(list, &sums);
}

const struct context_list *
context_list_make(struct app *app)
{
	struct context_list *list = app->context_list;
	struct parameters parameters;
	struct context_gauge gauge;

	if (!is_made(list, app->pane->talk))
		make_rows(app);
	context_gauge(app->pane->talk, INT64_MAX, &gauge);
	list->used = gauge.used;
	list->size = gauge.size;
	list->is_about = gauge.is_about;
	settings_effective(app, app->pane->talk, &parameters);
	list->reply_max = parameters_integer(&parameters, "max_tokens", 0);
	parameters_release(&parameters);
	fill_in(app);
	return list;
}

/* ---- asking ---- */

static void
ask_turn(struct app *app, const struct context_row *row, bool bare)
{
	struct conversation *c = app->pane->talk->session.conversation;
	const struct message *prompt = conversation_find(c, row->message);
	struct row_chat chat = turn_chat(prompt, reply_to(c, prompt), bare);

	ask(app, bare ? row->bare_key : row->key, &chat);
}

static void
ask_system(struct app *app, const struct context_row *row)
{
	struct conversation *c = app->pane->talk->session.conversation;
	char *text = system_text(c, conversation_find(c, row->message));
	struct row_chat chat = system_chat(text);

	ask(app, row->key, &chat);
	free(text);
}

/* True: something of this row was asked for. */
static bool
ask_row(struct app *app, const struct context_row *row)
{
	bool all = is_open(app, row->key);

	if (!is_text(row) || (!all && !is_open(app, row->bare_key)))
		return false;
	if (row->part == CONTEXT_TURN)
		ask_turn(app, row, !all);
	else
		ask_system(app, row);
	return true;
}

static bool
ask_rows(struct app *app, size_t first, size_t end)
{
	const struct context_list *list = app->context_list;

	for (size_t i = first; i < end && i < list->n; i++)
		if (ask_row(app, &list->rows[i]))
			return true;
	return false;
}

void
context_list_ask(struct app *app)
{
	struct context_list *list = app->context_list;

	if (!list->is_wanted || !token_counts_can_ask(app, app->pane->talk->link) || !is_made(list, app->pane->talk))
		return;
	if (is_open(app, list->empty_key)) {
		struct row_chat empty = system_chat("");

		ask(app, list->empty_key, &empty);
		return;
	}
	if (!ask_rows(app, list->first, list->first + list->in_view))
		(void)ask_rows(app, 0, list->n);
}
