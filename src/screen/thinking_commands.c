/*
 * thinking_commands.c - one word for three parameters, of which one is set at a time.
 */
#include "screen/thinking_commands.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/conversations.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "llama/control.h"

enum {
	ANSWER_MS = 10000, /* for the server to say whether it does it */
};

/* ---- /think ---- */

static const char *const names[] = {"thinking", "reasoning_effort", "thinking_budget_tokens"};

static void
take_back(struct app *app, const char *but)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!but || strcmp(names[i], but) != 0)
			settings_set_json(app, parameter_named(names[i]), NULL);
}

/* What the conversation leaves open may be set by its preset or its model. */
static void
say_how(struct app *app)
{
	struct buf words = {0};

	settings_put_thinking(app, app->pane->talk, &words);
	app_say(app, false, words.len > 0 ? buf_text(&words) : "thinking is left to the model (auto)");
	buf_release(&words);
}

static const char *
name_for(const char *argument)
{
	if (strcmp(argument, "on") == 0 || strcmp(argument, "off") == 0)
		return "thinking";
	return *argument >= '0' && *argument <= '9' ? "thinking_budget_tokens" : "reasoning_effort";
}

bool
thinking_run(struct app *app, const char *argument)
{
	const char *name = name_for(argument);
	struct err err;
	char *json;

	if (!*argument) {
		say_how(app);
		return true;
	}
	if (strcmp(argument, "auto") == 0) {
		take_back(app, NULL);
		say_how(app);
		return true;
	}
	json = parameter_parse(parameter_named(name), argument, &err);
	if (!json)
		return app_refuse(app, "/think takes on, off, low, medium, high, auto, or a number of tokens");
	if (!settings_takes(app, parameter_named(name))) {
		free(json);
		return false;
	}
	take_back(app, name);
	settings_set_json(app, parameter_named(name), json);
	say_how(app);
	return true;
}

const char *
thinking_candidate(UNUSED const struct app *app, const char *first, size_t i)
{
	static const char *const words[] = {"on", "off", "low", "medium", "high", "auto"};

	return !*first && i < ARRAY_LEN(words) ? words[i] : NULL;
}

/* ---- answer now ---- */

/* The reply may have ended meanwhile, or its conversation be closed. */
static void
answered(struct app *app, uint64_t stream, const struct call_answer *answer)
{
	const struct talk *talk = conversations_of_stream(app, stream);
	struct err err = answer->broken;

	if (!talk)
		return;
	if (err.code == ERR_NONE &&
	        control_answer(link_client(talk->link), answer->status, answer->body, answer->n, &err))
		app_say(app, false, "the thought ends: the answer comes");
	else
		app_say(app, true, err.text);
}

void
thinking_answer_now(struct app *app)
{
	struct talk *talk = app->pane->talk;
	const struct session *session = &talk->session;
	struct http_request request;
	struct err err;

	if (session->state != SESSION_THINKING)
		app_say(app, false, "no reply is thinking now");
	else if (!model_is_llama_server(link_client(talk->link)))
		app_say(app, true, "only a llama-server can be told to end a thought: Esc stops the reply");
	else if (session->reply_id.len == 0)
		app_say(app, true, "the server gave the reply no id: Esc stops it");
	else if (!control_end_thinking(link_client(talk->link), buf_text(&session->reply_id), &request, &err))
		app_say(app, true, err.text);
	else
		calls_send(app, &request, ANSWER_MS, answered, session->stream);
}
