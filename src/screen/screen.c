/*
 * screen.c - the app from its start to its end, and where keys, pastes and records go.
 */
#include "screen/screen.h"

#include <signal.h>
#include <stdlib.h>

#include "app/attach.h"
#include "app/attach_send.h"
#include "app/calls.h"
#include "app/compact.h"
#include "app/context.h"
#include "app/context_list.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/glimpse.h"
#include "app/held_keys.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/net_log.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/opener.h"
#include "app/panes.h"
#include "app/path_complete.h"
#include "app/pictures.h"
#include "app/settings.h"
#include "app/take_up.h"
#include "app/talk.h"
#include "app/titles.h"
#include "app/token_counts.h"
#include "app/turn.h"
#include "app/turn_slots.h"
#include "app/view.h"
#include "base/log.h"
#include "net/events.h"
#include "pages/pages.h"
#include "screen/actions.h"
#include "screen/answers.h"
#include "screen/key_press.h"
#include "system/prompt_reader.h"

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
screen_init(struct app *app, const struct config *config, const struct keeper_options *keep, struct log *log,
        struct err *err)
{
	*app = (struct app){
	        .config = config, .mouse.is_on = !config->no_mouse, .code.is_plain = config->plain_code, .stale = true};
	view_init(app, screen_chat_view());
	if (!actions_init(app, err))
		return false;
	if (!links_get(app, config->model, NULL, err)) {
		actions_release(app);
		return false;
	}
	grammar_reader_init(&app->code.reader, config->syntax_folder);
	app->prompt_reader = prompt_reader_new(config->prompts_folder);
	pictures_init(app);
	app->net = net_prepare(log, err);
	titles_init(app);
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
	pages_register(app);
	composer_init(&app->composer);
	app->composer.folds = true;
	panes_init(app);
	/* Without the net thread there is no app, but one that can be released. */
	if (!keeper_init(app, app->net ? keep : NULL, answers(), log, err))
		end_net(app);
	conversations_open(app, first_talk(app));
	if (!app->net) {
		screen_release(app);
		return false;
	}
	net_send_notes(app->net);
	prompt_reader_list(app->prompt_reader); /* for Tab */
	return true;
}

bool
screen_start(struct app *app, struct err *err)
{
	return term_start(app->term, err) && net_start(app->net, err) && keeper_start(app, err);
}

const char *
screen_end(struct app *app)
{
	const char *words;

	if (app->status != 128 + SIGHUP)
		turns_leave(app);
	words = keeper_end(app);
	net_settle(app->net, NET_SETTLE_MS);
	return words;
}

const char *
screen_end_net(struct app *app)
{
	end_net(app);
	return app->net_was_left
	               ? "the disk does not answer (a file that the network needs): servers may go on with replies"
	               : NULL;
}

void
screen_release(struct app *app)
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
	actions_release(app);
	titles_release(app);
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

/* ---- keys ---- */

void
screen_key(struct app *app, struct key key)
{
	if (!held_keys_wait(app))
		app_say(app, false, NULL);
	turn_slots_read(app);
	finder_catch_up(app->pane);
	app->pane->finder.show = false;
	view_settle(app);
	press_key(app, key);
	context_typed(app);
	view_settle(app);
}

void
screen_paste(struct app *app, const char *text, size_t n)
{
	if (held_keys_hold_paste(app, text, n))
		return;
	app_say(app, false, NULL);
	app->offered = app->excess_said = app->words_refused = false;
	view_paste(app, text, n);
	context_typed(app);
	view_settle(app);
}

void
screen_take_held(struct app *app)
{
	struct held_key held;

	while (held_keys_next(app, &held)) {
		if (held.paste)
			screen_paste(app, held.paste, held.n);
		else
			screen_key(app, held.key);
		free(held.paste);
		app->stale = true;
	}
}

/* ---- what comes from the net thread ---- */

/* That a server could not be reached is no longer true once it is ready. */
static void
take_of_watch(struct app *app, const struct queue_record *record)
{
	const struct link *link = app->message.about;
	bool was_up = link && server_state_is_up(link->server.state);

	const struct link *heard = links_event(app, record);

	if (heard)
		take_up_heard(app, heard);
	if (heard == link && link && !was_up && server_state_is_up(link->server.state))
		app_say(app, false, NULL);
}

static void
take_of_stream(struct app *app, const struct queue_record *record)
{
	struct talk *talk = conversations_of_stream(app, record->id);

	if (!talk && compact_event(app, record, &talk)) {
		if (talk)
			turn_next(app, talk);
		return;
	}
	if (!talk) {
		titles_event(app, record);
		return;
	}
	turn_take(app, talk, record);
}

void
screen_event(struct app *app, const struct queue_record *record)
{
	app->stale = true;
	if (record->type == NET_NOTE)
		net_log_add(app, (const char *)record->data, record->size);
	else if (record->type == NET_ANSWER || record->type == NET_ANSWER_BODY || record->type == NET_EVENT)
		calls_take(app, record);
	else if (record->type == NET_SLOTS || record->type == NET_STOPPED)
		turn_slots_take(app, record);
	else if (event_is_of_watch(record))
		take_of_watch(app, record);
	else
		take_of_stream(app, record);
}
