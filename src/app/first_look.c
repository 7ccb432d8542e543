/*
 * first_look.c - a look takes some milliseconds, and five seconds where the server does not answer.
 */
#include "app/first_look.h"

#include "app/app.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"

/* A model that was named is sent what is meant for it, whatever else the server has. */
static bool
is_open(const struct app *app, const struct link *link)
{
	return !app->config->offline && link->server.state == SERVER_UNKNOWN && !link_name_there(link) &&
	       model_is_llama_server(link_client(link));
}

bool
first_look_comes_first(struct app *app, void (*again)(struct app *))
{
	struct talk *talk = app->pane->talk;

	if (!talk_is_idle(talk) || !is_open(app, talk->link))
		return false;
	app->first_look = (struct first_look){.talk = talk, .again = again};
	app_say(app, false, "sent once the server is known: Esc gives up");
	return true;
}

bool
first_look_is_awaited(const struct app *app)
{
	return app->first_look.talk != NULL;
}

bool
first_look_give_up(struct app *app)
{
	if (!first_look_is_awaited(app))
		return false;
	app->first_look = (struct first_look){.talk = NULL};
	app_say(app, false, "not sent");
	return true;
}

void
first_look_turn(struct app *app)
{
	const struct first_look look = app->first_look;

	if (!look.talk || (look.talk == app->pane->talk && is_open(app, look.talk->link)))
		return;
	app->first_look = (struct first_look){.talk = NULL};
	app_say(app, false, NULL);
	if (look.talk == app->pane->talk)
		look.again(app);
}
