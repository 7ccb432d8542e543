/*
 * compact.c - a text, of which piece after piece is taken, and what the model has made of the pieces so far.
 */
#include "app/compact.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/compact_source.h"
#include "app/compact_text.h"
#include "app/conversations.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/room.h"
#include "app/talk.h"
#include "app/titles.h"
#include "base/mem.h"
#include "llama/parameters.h"
#include "net/events.h"

enum {
	SUMMARY_TOKENS = 1024, /* at most; a quarter of a small context */
	FRAME_TOKENS = 256,    /* of the question around the text, generously */
	BYTES_A_TOKEN = 3,     /* a guess for the first try; where it is too bold the server says so, and half is tried */
	PIECE_FIRST = 512,     /* bytes, at least, of the first try */
	PIECE_MIN = 64,        /* a context that takes less is none */
	PIECE_MOST = 4 << 20,  /* where the context is not known: few take more */
	TEXT_MAX = 64 * 1024,  /* bytes of a summary */
};

struct compact {
	struct talk *talk; /* NULL: nothing is summed up */
	uint64_t stream;
	uint64_t first_kept, leaf; /* ids of messages */
	char *wish;
	struct compact_text source;
	size_t at, piece, most; /* of it: where the piece begins that is asked about, its bytes, and the most of a piece */
	struct buf summary;     /* of all before that */
	struct buf coming;      /* the model's answer */
};

void
compact_init(struct app *app)
{
	app->compact = mem_alloc(sizeof(*app->compact));
}

static void
clear(struct compact *c)
{
	if (c->talk)
		c->talk->summing_up = -1;
	free(c->wish);
	compact_text_release(&c->source);
	buf_release(&c->summary);
	buf_release(&c->coming);
	*c = (struct compact){0};
}

void
compact_release(struct app *app)
{
	if (!app->compact)
		return;
	app->compact->talk = NULL;
	clear(app->compact);
	free(app->compact);
}

/* ---- asking ---- */

static const char task[] =
        "You sum up conversations between a user and an assistant, so that the assistant can go on from your summary "
        "alone. Keep what the user wants, facts, names, numbers, decisions, code and commands that matter, and what is "
        "still open. Answer with the summary alone, in the language of the conversation.";

static struct buf
make_question(const struct compact *c)
{
	struct buf b = {0};

	if (*c->wish)
		buf_printf(&b, "Keep above all: %s\n\n", c->wish);
	if (c->summary.len > 0)
		buf_printf(&b, "Summary of the conversation so far:\n%s\n\nSum up that summary together with how the "
		               "conversation went on:\n\n",
		        buf_text(&c->summary));
	else
		buf_puts(&b, "Sum up this conversation:\n\n");
	compact_text_put(&c->source, c->at, c->piece, &b);
	return b;
}

static long
summary_tokens(const struct talk *talk)
{
	int64_t n_ctx = talk->link->server.n_ctx;

	return n_ctx > 0 && n_ctx / 4 < SUMMARY_TOKENS ? (long)(n_ctx / 4) : SUMMARY_TOKENS;
}

static bool
ask(struct app *app, struct err *err)
{
	struct compact *c = app->compact;
	struct buf question = make_question(c);
	char *tokens = mem_printf("%ld", summary_tokens(c->talk));
	struct chat_order *order = chat_order_new(2);

	chat_order_add_text(order, CHAT_SYSTEM, task);
	chat_order_add(order, CHAT_USER, &question, NULL, NULL);
	order->stream = true;
	parameters_fix(&order->parameters, "max_tokens", tokens);
	parameters_fix(&order->parameters, "thinking", "off");
	buf_clear(&c->coming);
	c->stream = net_new_stream(app->net);
	buf_release(&question);
	free(tokens);
	return net_chat(app->net, c->stream, link_client(c->talk->link), order, err);
}

/* Of the piece: reading it is one half, writing its summary the other. */
static void
show_progress(struct app *app, const struct chat_progress *reading)
{
	struct compact *c = app->compact;
	size_t all = (size_t)summary_tokens(c->talk) * BYTES_A_TOKEN, half = reading ? 0 : 50;

	half += reading ? (size_t)chat_progress_percent(reading) / 2
	                : (c->coming.len < all ? c->coming.len * 50 / all : 50);
	if (c->coming.len == 0 && !reading)
		half = 0;
	c->talk->summing_up = (int)((c->at * 100 + c->piece * half) / c->source.len);
	app->stale = true;
}

static bool
ask_next(struct app *app, struct err *err)
{
	struct compact *c = app->compact;
	c->piece = compact_text_floor(&c->source, c->at, c->most);
	show_progress(app, NULL);
	return ask(app, err);
}

/* Where the context is known, a piece is what fits beside the summary before it and the one that is to come. */
static size_t
first_piece(const struct talk *talk)
{
	int64_t left = talk->link->server.n_ctx - 2 * summary_tokens(talk) - FRAME_TOKENS;

	if (talk->link->server.n_ctx <= 0)
		return PIECE_MOST;
	return left * BYTES_A_TOKEN > PIECE_FIRST ? (size_t)left * BYTES_A_TOKEN : PIECE_FIRST;
}

static void
fail(struct app *app, const char *why)
{
	char *words = mem_printf("not summed up: %s", why);

	app_say(app, true, words);
	free(words);
	clear(app->compact);
}

/* And what else makes room, which somebody who asks for a summary mostly wants. */
static bool
say_nothing(struct app *app, const struct talk *talk)
{
	static const char *const what[] = {"there is nothing to sum up", "one turn is not summed up: ",
	        "the last two turns are not summed up: ", "all before the last two turns is muted: "};
	int turns = compact_source_turns(talk->session.conversation);
	struct buf words = {0};

	buf_puts(&words, what[turns]);
	if (turns > COMPACT_TURNS_KEPT) {
		buf_puts(&words, "there is nothing to sum up");
	} else if (turns > 0) {
		room_put_ways(app, talk, &words);
		buf_printf(&words, "; %s", room_on_server(talk));
	}
	app_say(app, false, buf_text(&words));
	buf_release(&words);
	return false;
}

bool
compact_begin(struct app *app, const char *wish)
{
	struct compact *c = app->compact;
	struct talk *talk = app->pane->talk;
	struct err err;

	if (!talk_is_idle(talk)) {
		app_say(app, false,
		        talk->summing_up < 0 ? "a reply is streaming: Esc stops it"
		                             : "the conversation is being summed up: Esc stops that");
		return false;
	}
	if (c->talk) {
		app_say(app, false, "another conversation is being summed up: wait for it");
		return false;
	}
	if (link_is_sought(talk->link)) {
		app_say(app, true, "not summed up: no server was found yet");
		return false;
	}
	if (!compact_source_collect(talk->session.conversation, &c->source, &c->first_kept, &c->leaf))
		return say_nothing(app, talk);
	titles_leave(app, talk->link);
	talk_now(talk);
	talk->session.heard_ms = talk->session.now_ms;
	c->talk = talk;
	c->wish = mem_strdup(wish);
	c->most = first_piece(talk);
	if (ask_next(app, &err))
		return true;
	fail(app, err.text);
	return false;
}

bool
compact_stop(struct app *app, const struct talk *talk)
{
	struct compact *c = app->compact;

	if (!c->talk || c->talk != talk)
		return false;
	net_cancel(app->net, c->stream);
	clear(c);
	app_say(app, false, "stopped: the conversation is as it was");
	return true;
}

/* ---- the new branch ---- */

static void
copy_turns(struct conversation *conversation, struct message *parent, uint64_t first, uint64_t leaf)
{
	struct buf down = {0}; /* pointers to messages, the last first */
	struct message *m = conversation_find(conversation, leaf);

	for (; m && m->id >= first; m = m->parent)
		buf_put(&down, (const char *)&m, sizeof(m));
	for (size_t i = down.len / sizeof(m); i > 0; i--) {
		memcpy(&m, down.data + (i - 1) * sizeof(m), sizeof(m));
		parent = conversation_add_copy(conversation, parent, m);
	}
	buf_release(&down);
}

static void
add_branch(struct compact *c)
{
	struct conversation *conversation = c->talk->session.conversation;
	struct message *summary = conversation_add(conversation, NULL, CHAT_SYSTEM, buf_text(&c->summary));

	summary->is_summary = true;
	summary->created_ms = c->talk->session.unix_ms;
	copy_turns(conversation, summary, c->first_kept, c->leaf);
	c->talk->session.failed.code = ERR_NONE;
	c->talk->session.version++;
}

static void
finish(struct app *app)
{
	struct compact *c = app->compact;
	size_t before = c->source.len, after = c->summary.len;
	char *words;

	talk_now(c->talk);
	add_branch(c);
	words = mem_printf("summed up: %zu characters became %zu; the long branch stays in the tree", before, after);
	app_say(app, false, words);
	free(words);
	clear(c);
	app->stale = true;
}

/* ---- what comes ---- */

/* The answer to a piece is there. */
static void
take_summary(struct app *app)
{
	struct compact *c = app->compact;
	struct buf before = c->summary;
	struct err err;

	if (c->coming.len == 0) {
		fail(app, "the model gave no summary");
		return;
	}
	c->summary = c->coming;
	c->coming = before;
	c->at += c->piece;
	if (c->at == c->source.len)
		finish(app);
	else if (!ask_next(app, &err))
		fail(app, err.text);
}

static void
take_end(struct app *app, const struct err *why)
{
	struct compact *c = app->compact;
	struct err err;

	if (why->code == ERR_NONE) {
		take_summary(app);
	} else if (why->code == ERR_CONTEXT && c->piece / 2 >= PIECE_MIN) {
		c->most = c->piece / 2;
		if (!ask_next(app, &err))
			fail(app, err.text);
	} else {
		fail(app, why->text);
	}
}

static void
take_event(struct app *app, const struct chat_event *event)
{
	struct compact *c = app->compact;

	if (event->type == CHAT_EVENT_PROGRESS)
		show_progress(app, &event->progress);
	if (event->type == CHAT_EVENT_WAS_REASONING)
		buf_clear(&c->coming);
	if (event->type != CHAT_EVENT_CONTENT || c->coming.len >= TEXT_MAX)
		return;
	buf_put(&c->coming, event->text, event->len);
	show_progress(app, NULL);
}

bool
compact_event(struct app *app, const struct queue_record *record, struct talk **ended)
{
	struct compact *c = app->compact;
	struct talk *talk = c->talk;
	struct chat_event event;
	struct err why;

	*ended = NULL;
	if (!talk || record->id != c->stream)
		return false;
	talk_now(talk);
	talk->session.heard_ms = talk->session.now_ms;
	if (record->type == NET_END) {
		memcpy(&why, record->data, sizeof(why));
		take_end(app, &why);
	} else if (event_read(record, &event)) {
		take_event(app, &event);
	}
	if (!c->talk)
		*ended = talk;
	return true;
}
