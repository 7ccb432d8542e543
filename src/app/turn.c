/*
 * turn.c - a prompt and its reply: asked for, taken up event by event, and ended.
 */
#include "app/turn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/command.h"
#include "app/compact.h"
#include "app/context.h"
#include "app/conversations.h"
#include "app/hidden.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/notify.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/room.h"
#include "app/sent.h"
#include "app/settings.h"
#include "app/talk.h"
#include "app/titles.h"
#include "app/turn_search.h"
#include "app/turn_slots.h"
#include "app/version.h"
#include "base/clock.h"
#include "base/mem.h"
#include "llama/media_refusal.h"
#include "net/events.h"
#include "store/uuid.h"

enum {
	CONTEXT_FULL_PERCENT = 90,
};

#define TURN_CANDIDATES "8" /* of each token, where nobody has said how many */

/* A conversation that is not shown has no composer to give a prompt back to, and a prompt from elsewhere may be too long for it:
 * it stays in the transcript. */
static bool
keeps_prompt(const struct app *app, const struct talk *talk)
{
	const struct message *reply = talk->session.reply;

	return talk != app->pane->talk || talk->is_blind || talk->best > 0 ||
	       (reply && reply->parent && !version_fits(reply->parent)) || !composer_is_blank(&app->composer) ||
	       attach_has_files(app, talk) || app->editor.pid > 0;
}

/* A pane that is to be seen says for itself what happens in it; but what went wrong is to be found. */
static void
note_news(struct app *app, struct talk *talk, enum err_code code)
{
	bool seen = panes_is_seen(app, talk);

	if (code == ERR_CANCELLED || (code == ERR_NONE && (seen || talk->prompts.n > 0)))
		return;
	talk->news = code == ERR_NONE ? NEWS_DONE : NEWS_FAILED;
	talk->news_ms = clock_ms();
	if (!seen)
		conversations_say_news(app, talk, true);
}

/* Before the next prompt finds that out. */
static void
warn_of_context(struct app *app, const struct talk *talk)
{
	struct context_gauge gauge;
	struct buf words = {0};

	context_gauge(talk, INT64_MAX, &gauge);
	if (talk != app->pane->talk || gauge.size <= 0 || gauge.used * 100 < gauge.size * CONTEXT_FULL_PERCENT)
		return;
	buf_puts(&words, "the context is nearly full: ");
	room_put_ways(app, talk, &words);
	app_say(app, false, buf_text(&words));
	buf_release(&words);
}

/* The turn has ended, or never began. */
static void
turn_end(struct app *app, struct talk *talk, const struct err *why)
{
	bool failed = why->code != ERR_NONE && why->code != ERR_CANCELLED;
	struct err shown = *why;
	char *prompt = session_end(&talk->session, why, keeps_prompt(app, talk));

	talk->ends++;
	talk->ended = why->code;
	talk->link->is_unloaded = false; /* a router has loaded the model for it */
	if (prompt) {
		sent_keep_prompt(talk->sent, prompt);
		version_edit_again(app);
		version_put_back(app, prompt);
		attachments_add_all(&talk->attached, &talk->session.files_back);
		free(prompt);
	}
	if (talk != app->pane->talk)
		note_news(app, talk, why->code);
	hidden_mend(app, &shown);
	notify_ended(app, talk, &shown);
	if (why->code == ERR_NONE) {
		warn_of_context(app, talk);
		turn_next(app, talk);
		titles_want(app, talk);
	}
	if (!failed)
		return;
	if (talk == app->pane->talk) {
		app_say(app, true, shown.text);
		app->message.about = talk->link;
	}
	link_probe(app, talk->link);
}

/* ---- the stream that a server keeps ---- */

/* The server goes on with the reply, and keeps it, when the connection is lost. NULL: it is not to. */
static const char *
name_stream(struct talk *talk)
{
	char id[UUID_SIZE];

	if (!model_resume(link_client(talk->link)))
		return NULL;
	uuid_make(id);
	session_keep_stream(&talk->session, id);
	return buf_text(&talk->session.reply->stream);
}

void
turn_stop_kept(struct app *app, struct talk *talk, struct message *m)
{
	const struct model_client *client = link_client(talk->link);

	if (!m || m->stream.len == 0)
		return;
	if (strcmp(buf_text(&m->endpoint), client->endpoint.text) == 0)
		net_stop(app->net, client, buf_text(&m->stream));
	buf_clear(&m->stream);
	conversation_touch(talk->session.conversation, m);
}

void
turns_leave(struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		struct session *session = &app->talks[i]->session;

		if (talk_is_idle(app->talks[i]) || !session->reply)
			continue;
		net_cancel(app->net, session->stream);
		session_forget_stream(session);
	}
}

/* ---- asking ---- */

/* Pictures and sounds of earlier prompts go to the model again, which may be another one now. */
static bool
is_readable(const struct app *app, const struct talk *talk, const struct chat_order *order, struct err *err)
{
	for (size_t i = order->n_messages; i-- > 0;)
		if (!models_check_attachments(app, talk->link, &order->messages[i].attachments, err))
			return false;
	return true;
}

/* What its request is made with. */
static void
take_settings(struct app *app, struct talk *talk, struct parameters *parameters)
{
	char number[24];

	settings_effective(app, talk, parameters);
	if (talk->seed > 0) {
		snprintf(number, sizeof(number), "%ld", talk->seed);
		parameters_fix(parameters, "seed", number);
	}
	talk->seed = 0;
}

/* The parameter of that name says how many candidates. */
static void
want_tokens(struct parameters *parameters)
{
	if (parameters_integer(parameters, "logprobs", 0) < 1)
		parameters_fix(parameters, "logprobs", TURN_CANDIDATES);
}

/* Asks for the reply, with all messages down to `last`. A reply that goes on and has tokens gets more of them. */
static void
send_request(struct app *app, struct talk *talk, const struct message *last, bool with_tokens)
{
	struct session *session = &talk->session;
	struct chat_order *order = conversation_order(session->conversation, last);
	struct err err;

	app->stale = true;
	if (!is_readable(app, talk, order, &err)) {
		chat_order_free(order);
		turn_end(app, talk, &err);
		return;
	}
	order->stream = order->answer_now = true;
	take_settings(app, talk, &order->parameters);
	if (with_tokens || session->reply->tokens.len > 0)
		want_tokens(&order->parameters);
	buf_clear(&session->reply->parameters);
	parameters_put_json(&order->parameters, &session->reply->parameters);
	order->stream_id = mem_strdup(name_stream(talk));
	sent_free(talk->sent);
	talk->sent = sent_new(session->conversation, order, link_client(talk->link), last, session->stream);
	buf_clear(&session->reply->endpoint);
	buf_puts(&session->reply->endpoint, link_client(talk->link)->endpoint.text);
	if (!net_chat(app->net, session->stream, link_client(talk->link), order, &err))
		turn_end(app, talk, &err);
}

/* The session waits for a reply already. */
static void
ask_for_reply(struct app *app, struct talk *talk, const struct message *last, bool with_tokens)
{
	titles_leave(app, talk->link);
	talk->cut.code = ERR_NONE;
	turn_slots_begin(app, talk);
	if (!turn_search_begin(app, talk, last->id, with_tokens))
		send_request(app, talk, last, with_tokens);
}

/* A server was found for it, or none is there. */
static void
end_search(struct app *app, struct talk *talk)
{
	struct talk_search search = talk->search;

	(void)turn_search_end(app, talk);
	if (link_is_sought(talk->link))
		turn_end(app, talk, &talk->link->server.error);
	else
		send_request(app, talk, conversation_find(talk->session.conversation, search.last), search.with_tokens);
}

void
turns_heard(struct app *app, const struct link *link)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->search.link == link)
			end_search(app, app->talks[i]);
}

static void
send(struct app *app, struct talk *talk, struct message *parent, const char *text, const struct attachments *files)
{
	talk_now(talk);
	turn_stop_kept(app, talk, conversation_leaf(talk->session.conversation));
	session_send_below(&talk->session, parent, text, files, net_new_stream(app->net));
	ask_for_reply(app, talk, talk->session.reply->parent, false);
}

void
turn_send_version(struct app *app, const struct message *prompt, const char *text)
{
	transcript_end(&app->pane->transcript);
	app->pane->talk->changed = prompt->id;
	send(app, app->pane->talk, prompt->parent, text, &prompt->attachments);
}

void
turn_send_to(struct app *app, struct talk *talk, const char *prompt, const struct attachments *files)
{
	talk->changed = 0;
	send(app, talk, conversation_leaf(talk->session.conversation), command_as_prompt(prompt), files);
}

void
turn_next(struct app *app, struct talk *talk)
{
	struct queued_prompt next;

	if (!talk_is_idle(talk) || !prompt_queue_take_next(&talk->prompts, &next))
		return;
	talk->seed = next.seed;
	turn_send_to(app, talk, next.text, &next.files);
	queued_prompt_release(&next);
}

void
turn_send(struct app *app)
{
	struct talk *talk = app->pane->talk;
	struct message *edited = conversation_find(talk->session.conversation, talk->edited);
	char *prompt = composer_typed(&app->composer);
	struct attachments files = talk->attached;

	talk->attached = (struct attachments){0};
	composer_reset(&app->composer);
	transcript_end(&app->pane->transcript);
	talk->changed = talk->edited;
	if (edited)
		version_leave(app);
	send(app, talk, edited ? edited->parent : conversation_leaf(talk->session.conversation),
	        command_as_prompt(prompt), &files);
	attachments_release(&files);
	free(prompt);
}

bool
turn_may_begin(struct app *app)
{
	if (talk_is_idle(app->pane->talk))
		return true;
	app_say(app, false,
	        app->pane->talk->summing_up < 0 ? "a reply is streaming: Esc stops it"
	                                        : "the conversation is being summed up: Esc stops that");
	return false;
}

static bool
retry(struct app *app, struct message *m, bool with_tokens)
{
	struct session *session = &app->pane->talk->session;

	if (!turn_may_begin(app))
		return false;
	talk_now(app->pane->talk);
	turn_stop_kept(app, app->pane->talk, m ? m : conversation_leaf(session->conversation));
	if (talk_is_empty(app->pane->talk) || !session_retry(session, m, net_new_stream(app->net))) {
		app_say(app, false, "there is no prompt to send again");
		return false;
	}
	transcript_end(&app->pane->transcript);
	ask_for_reply(app, app->pane->talk, session->reply->parent, with_tokens);
	return true;
}

bool
turn_retry(struct app *app, struct message *m)
{
	return retry(app, m, false);
}

bool
turn_retry_with_tokens(struct app *app)
{
	return retry(app, NULL, true);
}

bool
turn_branch(struct app *app, struct message *reply, struct token_branch *branch)
{
	struct session *session = &app->pane->talk->session;

	if (!turn_may_begin(app)) {
		token_branch_release(branch);
		return false;
	}
	talk_now(app->pane->talk);
	turn_stop_kept(app, app->pane->talk, reply);
	session_branch(session, reply, branch, net_new_stream(app->net));
	transcript_end(&app->pane->transcript);
	ask_for_reply(app, app->pane->talk, session->reply, true);
	return true;
}

bool
turn_may_continue(const struct talk *talk)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	return !leaf || leaf->content.len > 0 || leaf->reasoning.len == 0 ||
	       model_is_llama_server(link_client(talk->link));
}

void
turn_continue(struct app *app)
{
	struct session *session = &app->pane->talk->session;

	talk_now(app->pane->talk);
	if (session_can_continue(session))
		turn_stop_kept(app, app->pane->talk, conversation_leaf(session->conversation));
	if (!session_continue(session, net_new_stream(app->net)))
		return;
	transcript_end(&app->pane->transcript);
	ask_for_reply(app, app->pane->talk, session->reply, false);
}

/* Of a turn of which nothing was sent yet. False: it was. */
static bool
stop_search(struct app *app, struct talk *talk)
{
	struct err why;

	if (!turn_search_end(app, talk))
		return false;
	err_set(&why, ERR_CANCELLED, "stopped");
	turn_end(app, talk, &why);
	return true;
}

static void
stop(struct app *app, struct talk *talk)
{
	net_cancel(app->net, talk->session.stream);
	session_stop(&talk->session);
	app->stale = true;
}

void
turn_stop_of(struct app *app, struct talk *talk)
{
	if (compact_stop(app, talk) || stop_search(app, talk))
		return;
	turn_slots_stop(app, talk);
	stop(app, talk);
}

bool
turn_stop(struct app *app)
{
	if (talk_is_idle(app->pane->talk))
		return false;
	turn_stop_of(app, app->pane->talk);
	return true;
}

/* ---- what comes from the net thread ---- */

/* What a server says of pictures and sounds, in words that tell what to do. */
static void
explain_media(const struct talk *talk, struct err *why)
{
	const struct message *reply = talk->session.reply;
	const struct chat_message *sent;
	size_t n;

	if (!reply || !reply->parent || (why->code != ERR_SERVER && why->code != ERR_CONTEXT))
		return;
	sent = conversation_request(talk->session.conversation, reply->parent, &n);
	media_refusal_explain(link_client(talk->link), sent, n, why);
}

static void
take_end(struct app *app, struct talk *talk, const struct queue_record *record)
{
	struct err why;

	memcpy(&why, record->data, sizeof(why));
	if (talk->session.reply)
		settings_explain(app, talk, &talk->session.reply->parameters, &why);
	explain_media(talk, &why);
	turn_end(app, talk, talk->cut.code != ERR_NONE ? &talk->cut : &why);
}

static void
take_event(struct app *app, struct talk *talk, const struct queue_record *record)
{
	struct chat_event event;
	struct err err;

	if (!event_read(record, &event) || talk->cut.code != ERR_NONE || session_event(&talk->session, &event, &err))
		return;
	talk->cut = err;
	stop(app, talk);
}

void
turn_take(struct app *app, struct talk *talk, const struct queue_record *record)
{
	talk->session.now_ms = clock_ms();
	if (record->type == NET_END)
		take_end(app, talk, record);
	else
		take_event(app, talk, record);
}
