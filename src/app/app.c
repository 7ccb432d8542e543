/*
 * app.c - state, and how what comes from the net thread changes it.
 */
#include "app/app.h"

#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/branches.h"
#include "app/commands.h"
#include "app/conversations.h"
#include "app/panes.h"
#include "app/press.h"
#include "app/prompts.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/events.h"
#include "text/clean.h"

bool
app_init(struct app *app, const struct config *config, const struct keeper_options *keep, struct log *log,
        struct err *err)
{
	*app = (struct app){
	        .config = config, .mouse = !config->no_mouse, .plain_code = config->plain_code, .stale = true};
	view_init(app, draw_chat_view());
	if (!actions_init(app, err))
		return false;
	if (!links_get(app, config->model, NULL, err)) {
		actions_release(app);
		return false;
	}
	/* Without one, code is plain. */
	if (!grammar_reader_init(&app->grammar_reader, config->syntax_folder, err))
		log_line(log, "code stays without colours: %s", err->text);
	app->net = net_new(log, err);
	composer_init(&app->composer);
	browse_init(app);
	model_list_init(&app->models);
	palette_init(app);
	tree_page_init(app);
	recall_search_init(app);
	panes_init(app);
	if (app->net && !keeper_init(app, keep, log, err)) {
		net_free(app->net);
		app->net = NULL;
	}
	conversations_open(app, talk_new(NULL, config->model->system));
	if (!app->net) {
		app_release(app);
		return false;
	}
	return true;
}

void
app_release(struct app *app)
{
	keeper_release(app);
	if (app->net)
		net_free(app->net);
	panes_release(app);
	conversations_release(app);
	links_release(&app->links);
	composer_release(&app->composer);
	browse_release(app);
	sidebar_release(&app->sidebar);
	model_list_release(&app->models);
	palette_release(app);
	tree_page_release(app);
	recall_search_release(app);
	editor_release(&app->editor);
	programs_release(&app->programs);
	grammar_reader_release(&app->grammar_reader);
	grammars_release(&app->grammars);
	recall_release(&app->recall);
	help_release(&app->help);
	actions_release(app);
	titles_release(&app->titles);
	free(app->message);
}

void
app_say(struct app *app, bool is_error, const char *words)
{
	free(app->message);
	app->message = words ? clean_line(words) : NULL;
	app->message_is_error = is_error;
	app->message_about = NULL;
	app->stale = true;
}

void
app_quit(struct app *app, int status)
{
	app->quit = true;
	app->status = status;
}

/* ---- keys ---- */

void
app_key(struct app *app, struct key key)
{
	app_say(app, false, NULL);
	app->pane->finder.show = false;
	view_settle(app);
	press_key(app, key);
	view_settle(app);
}

void
app_paste(struct app *app, const char *text, size_t n)
{
	app_say(app, false, NULL);
	view_paste(app, text, n);
	view_settle(app);
}

void
app_type(struct app *app, const char *text, size_t n)
{
	if (!composer_type(view_line(app), text, n))
		app_say(app, true, "that is too much for one prompt");
}

/* ---- a turn ---- */

/* A prompt that begins with a slash takes two. */
void
app_put_back(struct app *app, const char *prompt)
{
	char *typed = mem_printf("%s%s", *prompt == '/' ? "/" : "", prompt);

	if (!composer_replace(&app->composer, typed, strlen(typed)))
		app_say(app, true, "the prompt is too long for the composer");
	free(typed);
}

/* A conversation that is not shown has no composer to give a prompt back to: it stays in the transcript. */
static bool
keeps_prompt(const struct app *app, const struct talk *talk)
{
	return talk != app->pane->talk || !composer_is_blank(&app->composer) || app->editor.pid > 0;
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

/* The turn has ended, or never began. */
static void
end_turn(struct app *app, struct talk *talk, const struct err *why)
{
	bool failed = why->code != ERR_NONE && why->code != ERR_CANCELLED;
	char *prompt = session_end(&talk->session, why, keeps_prompt(app, talk));

	if (prompt) {
		branches_edit_again(app);
		app_put_back(app, prompt);
		free(prompt);
	}
	if (talk != app->pane->talk)
		note_news(app, talk, why->code);
	if (why->code == ERR_NONE) {
		prompts_go_on(app, talk);
		titles_want(app, talk);
	}
	if (!failed)
		return;
	if (talk == app->pane->talk) {
		app_say(app, true, why->text);
		app->message_about = talk->link;
	}
	link_probe(app, talk->link);
}

/* The session waits for a reply already: asks for it, with all messages down to `last`. */
static void
ask_for_reply(struct app *app, struct talk *talk, const struct message *last)
{
	struct chat_request request = {.stream = true};
	struct session *session = &talk->session;
	struct err err;

	titles_leave(app, talk->link);
	talk->cut.code = ERR_NONE;
	request.messages = conversation_request(session->conversation, last, &request.n_messages);
	buf_clear(&session->reply->endpoint);
	buf_puts(&session->reply->endpoint, link_client(talk->link)->endpoint.text);
	if (!net_chat(app->net, session->stream, link_client(talk->link), &request, &err))
		end_turn(app, talk, &err);
	app->stale = true;
}

static void
send(struct app *app, struct talk *talk, struct message *parent, const char *prompt)
{
	talk_now(talk);
	session_send_below(&talk->session, parent, command_as_prompt(prompt), net_new_stream(app->net));
	ask_for_reply(app, talk, talk->session.reply->parent);
}

void
app_turn(struct app *app, struct talk *talk, const char *prompt)
{
	talk->changed = 0;
	send(app, talk, conversation_leaf(talk->session.conversation), prompt);
}

void
app_send(struct app *app)
{
	struct talk *talk = app->pane->talk;
	struct message *edited = conversation_find(talk->session.conversation, talk->edited);
	char *prompt = mem_strdup(composer_text(&app->composer));

	composer_reset(&app->composer);
	transcript_end(&app->pane->transcript);
	talk->changed = talk->edited;
	if (edited)
		branches_leave_edit(app);
	send(app, talk, edited ? edited->parent : conversation_leaf(talk->session.conversation), prompt);
	free(prompt);
}

bool
app_retry(struct app *app, struct message *m)
{
	struct session *session = &app->pane->talk->session;

	if (!talk_is_idle(app->pane->talk)) {
		app_say(app, false, "a reply is on its way: Esc stops it");
		return false;
	}
	talk_now(app->pane->talk);
	if (talk_is_empty(app->pane->talk) || !session_retry(session, m, net_new_stream(app->net))) {
		app_say(app, false, "there is no prompt to try again");
		return false;
	}
	transcript_end(&app->pane->transcript);
	ask_for_reply(app, app->pane->talk, session->reply->parent);
	return true;
}

void
app_continue(struct app *app)
{
	struct session *session = &app->pane->talk->session;

	talk_now(app->pane->talk);
	if (!session_continue(session, net_new_stream(app->net)))
		return;
	transcript_end(&app->pane->transcript);
	ask_for_reply(app, app->pane->talk, session->reply);
}

static void
stop(struct app *app, struct talk *talk)
{
	net_cancel(app->net, talk->session.stream);
	session_stop(&talk->session);
	app->stale = true;
}

bool
app_stop_reply(struct app *app)
{
	if (talk_is_idle(app->pane->talk))
		return false;
	stop(app, app->pane->talk);
	return true;
}

/* ---- what comes from the net thread ---- */

/* That a server could not be reached is no longer true once it is ready. */
static void
take_of_watch(struct app *app, const struct queue_record *record)
{
	const struct link *link = app->message_about;
	bool was_ready = link && link->server.state == SERVER_READY;

	const struct link *heard = links_event(app, record);

	model_list_refresh(app);
	if (heard == link && link && !was_ready && link->server.state == SERVER_READY)
		app_say(app, false, NULL);
}

static void
take_end(struct app *app, struct talk *talk, const struct queue_record *record)
{
	struct err why;

	memcpy(&why, record->data, sizeof(why));
	end_turn(app, talk, talk->cut.code != ERR_NONE ? &talk->cut : &why);
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

static void
take_of_stream(struct app *app, const struct queue_record *record)
{
	struct talk *talk = conversations_of_stream(app, record->id);

	if (!talk) {
		titles_event(app, record);
		return;
	}
	talk->session.now_ms = clock_ms();
	if (record->type == NET_END)
		take_end(app, talk, record);
	else
		take_event(app, talk, record);
}

void
app_event(struct app *app, const struct queue_record *record)
{
	app->stale = true;
	if (event_is_of_watch(record))
		take_of_watch(app, record);
	else
		take_of_stream(app, record);
}
