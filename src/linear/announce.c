/*
 * announce.c - each piece of news is compared with what was said last, so that nothing that changes has to say it here.
 */
#include "linear/announce.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "linear/series.h"
#include "linear/state.h"
#include "linear/telling.h"

static void
say_server(struct app *app, const char *before)
{
	const struct talk *talk = app->pane->talk;
	const struct link *link = talk->link;
	struct status status;

	status_of(app, talk, clock_ms(), &status);
	linear_of(app)->was_down = !server_state_is_up(link->server.state);
	if (!linear_of(app)->was_down && *status.model)
		linear_line(app, "%sModel %s, the server is %s.", before, status.model, status.state[0]);
	else if (!linear_of(app)->was_down)
		linear_line(app, "%sThe server is %s.", before, status.state[0]);
	else if (link->server.state == SERVER_LOADING)
		linear_line(app, "%sThe server is loading its model.", before);
	else
		linear_line(app, "%sThere is no answer: %s.", before, status.state[0]);
}

/* It was not there, and is now. */
static void
say_news_of_server(struct app *app)
{
	struct linear *l = linear_of(app);

	if (!l->started || !l->typed || !l->was_down || !server_state_is_up(app->pane->talk->link->server.state))
		return;
	say_server(app, "");
}

/* What a line that is empty would send. */
static void
say_draft(struct app *app)
{
	if (!composer_is_blank(&app->composer))
		linear_note(app, "there is a draft, which an empty line sends: %s", composer_text(&app->composer));
}

/* Another one than before. */
static void
say_conversation(struct app *app)
{
	struct linear *l = linear_of(app);
	struct talk *talk = app->pane->talk;
	char title[STATUS_TITLE_MAX];
	size_t n;

	if (talk == l->talk)
		return;
	l->talk = talk;
	if (!l->typed)
		return;
	(void)conversation_path(talk->session.conversation, &n);
	status_title(talk, title);
	if (n == 0)
		linear_note(app, "a new conversation");
	else
		linear_note(app, "conversation: %s; %zu message%s, /last reads the last reply", title, n,
		        n == 1 ? "" : "s");
	say_draft(app);
}

/* Something is known of the server, and the conversation is there; but nobody waits for a disk that does not answer. */
static bool
may_start(const struct app *app)
{
	bool restores = app->keeper->restoring || app->pane->wanted;

	return app->pane->talk->link->server.state != SERVER_UNKNOWN && (!restores || app->keeper->trouble);
}

static void
say_start(struct app *app)
{
	struct linear *l = linear_of(app);

	if (l->started || !may_start(app))
		return;
	l->started = true;
	if (!l->typed)
		return;
	say_server(app, "flynn, line by line. ");
	if (app->pane->talk->link->model->greeting && !l->was_down)
		linear_put_text(app, app->pane->talk->link->model->greeting);
	linear_line(app, "/help lists the commands, /quit or Ctrl+D ends.");
	if (l->talk == app->pane->talk)
		say_draft(app);
}

static void
say_trouble(struct app *app)
{
	struct linear *l = linear_of(app);
	const char *now = app->keeper->trouble;

	if (!now == !l->trouble && (!now || strcmp(now, l->trouble) == 0))
		return;
	free(l->trouble);
	l->trouble = now ? mem_strdup(now) : NULL;
	if (now)
		linear_warn(app, "%s", now);
	else
		linear_note(app, "saving again");
}

static void
say_attached(struct app *app)
{
	struct linear *l = linear_of(app);
	const struct attachments *files = &app->pane->talk->attached;

	for (size_t i = l->n_attached; i < files->n; i++)
		linear_note(app, "attached: %s", files->items[i]->name);
	l->n_attached = files->n;
}

/* What the app has said since. That it reads files is said when they were read; keys are none to be named here. */
static void
say_message(struct app *app)
{
	if (!app->message.text)
		return;
	if (app->message.is_error) {
		linear_failed(app, err_exit_status(ERR_SYSTEM));
		linear_warn(app, "%s", app->message.text);
	} else if (strncmp(app->message.text, "reading files", 13) != 0) {
		linear_note(app, "%s", app->message.text);
	}
	app_say(app, false, NULL);
}

void
announce_news(struct app *app)
{
	say_start(app);
	if (!linear_of(app)->started)
		return;
	say_conversation(app);
	if (telling_turn(app))
		series_turn(app);
	say_message(app);
	say_attached(app);
	say_trouble(app);
	say_news_of_server(app);
	(void)telling_turn(app); /* what was begun meanwhile */
}
