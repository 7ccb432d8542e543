/*
 * context.c - two numbers, and when they are asked for.
 *
 * The gauge is counted with an empty prompt at its end. A prompt's cost is then what it counts alone, less an empty one alone: a
 * small request, however long the conversation is. The first prompt of a conversation is counted as it is sent.
 */
#include "app/context.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/command.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "app/token_counts.h"
#include "app/version.h"
#include "base/clock.h"
#include "base/mem.h"

enum {
	LOOK_BACK = 32, /* messages, for one that tells how full the context is */
};

/* The prompt in the composer. */
struct cost {
	const struct talk *talk; /* of this conversation, */
	const struct link *link; /* with this model */
	size_t len;              /* bytes of the text that was counted, */
	size_t files;            /* with so many attached files, */
	uint64_t key;            /* and which it was */
	int64_t tokens;          /* -1: not known */
};

struct context {
	int64_t typed_ms;             /* when the last key came */
	size_t seen_len;              /* bytes in the composer as of then, */
	size_t seen_files;            /* attached files, */
	const struct link *seen_link; /* and the model that they are for */
	bool is_due;                  /* the prompt is to be counted when the keyboard rests */
	struct cost cost;
};

void
context_init(struct app *app)
{
	app->context = mem_alloc(sizeof(*app->context));
	app->context->cost.tokens = -1;
}

void
context_release(struct app *app)
{
	free(app->context);
}

struct chat_message
context_no_prompt(void)
{
	return (struct chat_message){CHAT_USER, "", NULL, NULL};
}

/* ---- what replies tell ---- */

int64_t
context_of_reply(const struct message *reply)
{
	const struct chat_timings *t = &reply->timings;

	if (t->cache_n + t->prompt_n + t->predicted_n > 0)
		return t->cache_n + t->prompt_n + t->predicted_n;
	return reply->usage.prompt_tokens > 0 && reply->usage.completion_tokens >= 0
	               ? reply->usage.prompt_tokens + reply->usage.completion_tokens
	               : 0;
}

/* The server has told all tokens of this reply, which is sent as it was made, to the same server. */
static bool
is_exact(const struct talk *talk, const struct message *m, const struct message *leaf)
{
	return m == leaf && m->state == MESSAGE_COMPLETE && m->timings.predicted_n > 0 && !m->is_edited &&
	       m->reasoning.len == 0 && !conversation_has_muted(talk->session.conversation) &&
	       strcmp(buf_text(&m->endpoint), link_client(talk->link)->endpoint.text) == 0;
}

/* The numbers of replies from before a summary do not hold after it. */
static void
estimate(const struct talk *talk, struct context_gauge *gauge)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation), *m = leaf;
	const struct message *summary = conversation_last_summary(talk->session.conversation);
	int64_t since_ms = summary ? summary->created_ms : 0;

	for (int i = 0; m && gauge->used <= 0 && i < LOOK_BACK && m->created_ms >= since_ms; i++, m = m->parent) {
		gauge->used = context_of_reply(m);
		gauge->is_about = !is_exact(talk, m, leaf);
	}
	gauge->is_about = gauge->is_about && gauge->used > 0;
}

/* ---- the gauge ---- */

static bool
is_counted(const struct talk *talk)
{
	const struct talk_counted *c = &talk->counted;

	return c->link == talk->link && c->starts == talk->link->starts &&
	       c->changes == conversation_changes(talk->session.conversation);
}

static void
note_counted(struct talk *talk, int64_t tokens)
{
	talk->counted = (struct talk_counted){.link = talk->link,
	        .starts = talk->link->starts,
	        .changes = conversation_changes(talk->session.conversation),
	        .tokens = tokens};
}

/* A server that shifts its context forgets the oldest tokens of a reply that goes on. */
static int64_t
used_by_running(const struct session *session, int64_t now_ms, int64_t size)
{
	int64_t used = session->reply->progress.total + pace_tokens_before(&session->pace, now_ms);

	return size > 0 && used > size ? size : used;
}

/* While a reply arrives, its prompt and the tokens so far; before that, what its predecessor used still holds. */
void
context_gauge(const struct talk *talk, int64_t now_ms, struct context_gauge *gauge)
{
	const struct message *running = talk->session.reply;

	*gauge = (struct context_gauge){.size = talk->link->server.n_ctx};
	if (running && running->progress.total > 0 && talk->session.pace.tokens > 0)
		gauge->used = used_by_running(&talk->session, now_ms, gauge->size);
	else if (!running && is_counted(talk) && talk->counted.tokens >= 0)
		gauge->used = talk->counted.tokens;
	else
		estimate(talk, gauge);
}

/* A chat that is to be counted: `said`, and one more message. */
struct counted_chat {
	struct chat_message *messages;
	size_t n;
};

static struct counted_chat
add_message(const struct chat_message *said, size_t n, struct chat_message last)
{
	struct counted_chat chat = {.messages = mem_alloc((n + 1) * sizeof(*said)), .n = n + 1};

	if (n > 0)
		memcpy(chat.messages, said, n * sizeof(*said));
	chat.messages[n] = last;
	return chat;
}

/* TOKENS_UNKNOWN: it was asked for now, or cannot be now. */
static int64_t
count(struct app *app, const struct talk *talk, const struct chat_message *said, size_t n, struct chat_message last)
{
	struct counted_chat chat = add_message(said, n, last);
	int64_t tokens = TOKENS_REFUSED;

	if (token_counts_may_ask(chat.messages, chat.n)) {
		uint64_t key = token_counts_key(app, talk, chat.messages, chat.n);

		tokens = token_counts_get(app, key);
		if (tokens == TOKENS_UNKNOWN && token_counts_can_ask(app, talk->link))
			token_counts_ask(app, talk, key, chat.messages, chat.n);
	}
	free(chat.messages);
	return tokens;
}

/* What is sent before a new prompt; `*n` is 0 where nothing was said that is. */
static const struct chat_message *
said_before(struct conversation *c, const struct message *last, size_t *n)
{
	const struct chat_message *said = conversation_request(c, last, n);

	if (*n > 0 && said[*n - 1].role == CHAT_SYSTEM)
		*n = 0;
	return said;
}

/* Looked at for each frame: a long conversation is not walked through while its server is down. */
static bool
waits_to_count(const struct app *app, const struct talk *talk)
{
	return conversation_leaf(talk->session.conversation) && !talk->link->cannot_count &&
	       !token_counts_can_ask(app, talk->link);
}

static void
count_gauge(struct app *app, struct talk *talk)
{
	const struct chat_message *said;
	int64_t tokens = 0;
	size_t n;

	if (!talk_is_idle(talk) || is_counted(talk) || waits_to_count(app, talk))
		return;
	said = said_before(talk->session.conversation, NULL, &n);
	if (n > 0)
		tokens = talk->link->cannot_count ? TOKENS_REFUSED : count(app, talk, said, n, context_no_prompt());
	if (tokens != TOKENS_UNKNOWN) {
		note_counted(talk, tokens);
		app->stale = true;
	}
}

/* ---- the cost ---- */

void
context_typed(struct app *app)
{
	app->context->typed_ms = clock_ms();
	app->context->seen_len = app->composer.text.len;
	app->context->seen_files = app->pane->talk->attached.n;
	app->context->seen_link = app->pane->talk->link;
	app->context->is_due = true;
}

/* What Enter would send, not a command or a reply that is being changed. */
static bool
holds_prompt(const struct app *app)
{
	return !composer_is_blank(&app->composer) && app->composer.text.len <= CONTEXT_COST_MAX &&
	       (!command_is_typed(&app->composer) || app->offered) && !version_is_of_reply(app) && app->editor.pid == 0;
}

/* Is this prompt the first one, so that it is sent with the system text alone? */
static bool
comes_first(const struct talk *talk)
{
	const struct message *edited = conversation_find(talk->session.conversation, talk->edited);
	size_t n;

	if (edited)
		return edited->parent == NULL;
	if (!talk_is_idle(talk))
		return false;
	(void)said_before(talk->session.conversation, NULL, &n);
	return n == 0;
}

/* With the system text, and a summary where there is one. */
static int64_t
count_first(struct app *app, const struct talk *talk, struct chat_message prompt)
{
	struct conversation *c = talk->session.conversation;
	const struct chat_message system = {CHAT_SYSTEM, conversation_system(c), NULL, NULL}, *said = &system;
	size_t n = system.content ? 1 : 0;

	if (talk->edited == 0)
		said = conversation_request(c, NULL, &n);
	return count(app, talk, said, n, prompt);
}

/* Of the prompt alone, or what must be counted for it first. */
static int64_t
count_cost(struct app *app, const struct talk *talk, const char *prompt)
{
	const struct chat_message last = {CHAT_USER, prompt, NULL, &talk->attached};
	int64_t alone, empty;

	if (comes_first(talk))
		return count_first(app, talk, last);
	empty = count(app, talk, NULL, 0, context_no_prompt());
	if (empty < 0)
		return empty;
	alone = count(app, talk, NULL, 0, last);
	return alone > empty ? alone - empty : alone < 0 ? alone : 0;
}

static uint64_t
prompt_key(const struct app *app, const char *prompt)
{
	const struct chat_message message = {CHAT_USER, prompt, NULL, &app->pane->talk->attached};

	return token_counts_key(app, app->pane->talk, &message, 1);
}

static void
note_cost(struct app *app, const char *prompt, int64_t tokens)
{
	app->context->is_due = false;
	app->context->cost = (struct cost){.talk = app->pane->talk,
	        .link = app->pane->talk->link,
	        .len = app->composer.text.len,
	        .files = app->pane->talk->attached.n,
	        .key = prompt_key(app, prompt),
	        .tokens = tokens < 0 ? -1 : tokens};
	app->stale = true;
}

/* The keyboard rests. */
static void
take_cost(struct app *app)
{
	struct talk *talk = app->pane->talk;
	const char *prompt;
	char *typed;
	int64_t tokens;

	if (!holds_prompt(app) || talk->link->cannot_count) {
		app->context->is_due = false;
		app->context->cost.tokens = -1;
		return;
	}
	if (!token_counts_can_ask(app, talk->link))
		return;
	typed = composer_typed(&app->composer);
	prompt = command_as_prompt(typed);
	tokens = count_cost(app, talk, prompt);
	if (tokens != TOKENS_UNKNOWN)
		note_cost(app, prompt, tokens);
	free(typed);
}

int64_t
context_cost(const struct app *app)
{
	const struct cost *cost = &app->context->cost;
	bool holds = cost->talk == app->pane->talk && cost->link == app->pane->talk->link && cost->len > 0 &&
	             cost->len == app->composer.text.len && cost->files == app->pane->talk->attached.n;

	return holds ? cost->tokens : -1;
}

/* Was it this very text that was counted? */
static bool
is_cost_of_now(const struct app *app)
{
	char *typed;
	bool same;

	if (context_cost(app) < 0)
		return false;
	typed = composer_typed(&app->composer);
	same = prompt_key(app, command_as_prompt(typed)) == app->context->cost.key;
	free(typed);
	return same;
}

int64_t
context_excess(const struct app *app)
{
	const struct talk *talk = app->pane->talk;
	int64_t cost = context_cost(app), size = talk->link->server.n_ctx, all = cost;

	if (size <= 0 || !talk_is_idle(talk) || !is_cost_of_now(app))
		return 0;
	if (!comes_first(talk)) {
		if (!is_counted(talk) || talk->counted.tokens < 0 || talk->edited != 0)
			return 0;
		all += talk->counted.tokens;
	}
	return all > size ? all - size : 0;
}

/* ---- each in its turn ---- */

static int
rest_left_ms(const struct app *app)
{
	int64_t left = app->context->typed_ms + CONTEXT_REST_MS - clock_ms();

	return left > 0 ? (int)left : 0;
}

int
context_turn(struct app *app)
{
	if (app->composer.text.len != app->context->seen_len ||
	        app->pane->talk->attached.n != app->context->seen_files ||
	        app->pane->talk->link != app->context->seen_link)
		context_typed(app);
	count_gauge(app, app->pane->talk);
	if (app->context->is_due && composer_is_blank(&app->composer))
		take_cost(app);
	if (app->context->is_due && rest_left_ms(app) > 0)
		return rest_left_ms(app);
	if (app->context->is_due)
		take_cost(app);
	return -1;
}
