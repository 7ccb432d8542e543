/*
 * life.c - the state of every part of the app, made in the order in which they need each other.
 */
#include "app/life.h"

#include <signal.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_send.h"
#include "app/best.h"
#include "app/blind.h"
#include "app/calls.h"
#include "app/compact.h"
#include "app/context.h"
#include "app/context_list.h"
#include "app/conversations.h"
#include "app/glimpse.h"
#include "app/held_keys.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/net_log.h"
#include "app/opener.h"
#include "app/opening.h"
#include "app/panes.h"
#include "app/path_complete.h"
#include "app/pictures.h"
#include "app/restore.h"
#include "app/settings.h"
#include "app/take_up.h"
#include "app/talk.h"
#include "app/tagging.h"
#include "app/titles.h"
#include "app/token_counts.h"
#include "app/turn.h"
#include "app/turn_slots.h"
#include "app/view.h"
#include "net/events.h"
#include "system/prompt_reader.h"

enum {
	SILENCE_LEAST_MS = 1000, /* shorter ones are never told */
};

/* ---- from the start to the end ---- */

void
life_begin(struct app *app, const struct config *config, const struct view *lowest)
{
	*app = (struct app){
	        .config = config, .mouse.is_on = !config->no_mouse, .code.is_plain = config->plain_code, .stale = true};
	view_init(app, lowest);
}

static struct talk *
first_talk(struct app *app)
{
	struct talk *talk = talk_new(NULL, NULL);

	settings_begin(app, talk);
	conversation_set_system(talk->session.conversation, settings_system(app, talk, app->links[0]));
	return talk;
}

static void
end_net(struct app *app)
{
	app->net_was_left |= !net_free(app->net);
	app->net = NULL;
}

bool
life_init(struct app *app, const struct keeper_options *keep, const struct keeper_above *above, struct log *log,
        struct err *err)
{
	if (!links_get(app, app->config->model, NULL, err)) {
		view_release(app);
		return false;
	}
	grammar_reader_init(&app->code.reader, app->config->syntax_folder);
	app->prompt_reader = prompt_reader_new(app->config->prompts_folder);
	pictures_init(app);
	app->net = net_prepare(log, err);
	titles_init(app);
	tagging_init(app);
	calls_init(app);
	models_init(app);
	compact_init(app);
	context_init(app);
	context_list_init(app);
	token_counts_init(app);
	opening_init(app);
	glimpse_init(app);
	attach_init(app);
	attach_send_init(app);
	held_keys_init(app);
	net_log_init(app);
	composer_init(&app->composer);
	app->composer.folds = true;
	panes_init(app);
	/* Without the net thread there is no app, but one that can be released. */
	if (!keeper_init(app, app->net ? keep : NULL, above, log, err))
		end_net(app);
	conversations_open(app, first_talk(app));
	if (!app->net) {
		life_release(app);
		return false;
	}
	net_send_notes(app->net);
	prompt_reader_list(app->prompt_reader); /* for Tab */
	return true;
}

bool
life_start(struct app *app, struct err *err)
{
	opener_start(app);
	/* They load SQLite and libcurl, which takes longer: the loader does one at a time. */
	return keeper_start(app, err) && net_start(app->net, err);
}

const char *
life_end(struct app *app)
{
	const char *words;

	if (app->status != 128 + SIGHUP)
		turns_leave(app);
	words = keeper_end(app);
	net_settle(app->net, NET_SETTLE_MS);
	return words;
}

const char *
life_end_net(struct app *app)
{
	end_net(app);
	return app->net_was_left
	               ? "the disk does not answer (a file that the network needs): servers may go on with replies"
	               : NULL;
}

void
life_programs(struct app *app)
{
	struct err err;

	while (programs_failed(&app->programs, &err))
		app_say(app, true, err.text);
}

void
life_release(struct app *app)
{
	keeper_release(app);
	attach_send_release(app);
	attach_release(app);
	path_complete_release(app);
	held_keys_release(app);
	end_net(app);
	panes_release(app);
	conversations_release(app);
	if (!app->net_was_left)
		links_release(app);
	view_release(app);
	composer_release(&app->composer);
	editor_release(&app->editor);
	programs_release(&app->programs);
	grammar_reader_release(&app->code.reader);
	prompt_reader_free(app->prompt_reader);
	pictures_release(app);
	opener_release(app);
	grammars_release(&app->code.grammars);
	recall_release(&app->recall);
	titles_release(app);
	tagging_release(app);
	calls_release(app);
	models_release(app);
	compact_release(app);
	context_release(app);
	context_list_release(app);
	token_counts_release(app);
	opening_release(app);
	glimpse_release(app);
	net_log_release(app);
	free(app->message.text);
}

/* ---- what comes from the net thread ---- */

/* That a server could not be reached is no longer true once it is ready. */
static void
take_of_watch(struct app *app, const struct queue_record *record)
{
	const struct link *link = app->message.about;
	bool was_up = link && server_state_is_up(link->server.state);

	const struct link *heard = links_event(app, record);

	if (heard) {
		take_up_heard(app, heard);
		if (record->type == NET_SERVER)
			turns_heard(app, heard);
		restore_models(app);
	}
	if (heard == link && link && !was_up && server_state_is_up(link->server.state))
		app_say(app, false, NULL);
}

/* Is nothing of it shown but more of a text? After a silence words about that have to go. Numbers have their time
 * (status_next_ms). */
static bool
take_of_talk(struct app *app, struct talk *talk, const struct queue_record *record)
{
	const struct session *s = &talk->session;
	enum session_state before = s->state;
	int64_t heard_ms = s->heard_ms;
	bool is_text = record->type == NET_CONTENT || record->type == NET_REASONING || record->type == NET_TOKEN;

	turn_take(app, talk, record);
	return is_text && s->state == before && (before == SESSION_WRITING || before == SESSION_THINKING) &&
	       s->now_ms - heard_ms < SILENCE_LEAST_MS;
}

/* True: as take_of_talk. */
static bool
take_of_stream(struct app *app, const struct queue_record *record)
{
	struct talk *talk = conversations_of_stream(app, record->id);

	if (talk)
		return take_of_talk(app, talk, record);
	if (!compact_event(app, record, &talk))
		titles_event(app, record);
	else if (talk)
		turn_next(app, talk);
	return false;
}

void
life_event(struct app *app, const struct queue_record *record)
{
	bool text_grew = false;

	if (record->type == NET_NOTE)
		net_log_add(app, (const char *)record->data, record->size);
	else if (record->type == NET_ANSWER || record->type == NET_ANSWER_BODY || record->type == NET_EVENT)
		calls_take(app, record);
	else if (record->type == NET_SLOTS || record->type == NET_STOPPED)
		turn_slots_take(app, record);
	else if (event_is_of_watch(record))
		take_of_watch(app, record);
	else
		text_grew = take_of_stream(app, record);
	if (text_grew) {
		app->texts_grew = true;
		return;
	}
	app->stale = true;
	blind_settle(app);
	best_settle(app);
}
