/*
 * models.c - a round of questions to each server: its models, and of a server with one model whether it sleeps. Events of a
 * router are followed from the first list on; whatever they leave open is asked for again.
 */
#include "app/models.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/model_link.h"
#include "app/models_inside.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "llama/server.h"
#include "llama/server_error.h"

enum {
	AGAIN_MS = 2000,
	AGAIN_WITH_EVENTS_MS = 15000, /* a connection may be dead without a word */
	SILENCE_MS = 2000,            /* of a prompt, before it is asked whether its model is being loaded */
	AGAIN_WHEN_OVERTAKEN_MS = 200,
};

/* ---- servers ---- */

/* A prompt that no byte has come of may wait for its model to be loaded. */
static bool
waits_at(const struct app *app, const struct talk *talk, size_t server)
{
	const struct link *link = talk->link;

	return link && talk->session.state == SESSION_WAITING && link->server.router &&
	       models_server_of(app, link) == server && clock_ms() - talk->session.heard_ms >= SILENCE_MS;
}

static bool
is_waited_for(const struct app *app, size_t server)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (waits_at(app, app->talks[i], server))
			return true;
	return false;
}

static bool
is_wanted(const struct app *app, size_t server)
{
	return app->models->watched || models_has_orders(app, server) || is_waited_for(app, server);
}

/* The model of such a prompt was seen being loaded: the time-out does not run meanwhile. */
static void
be_patient(struct app *app, size_t server)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[i];
		const struct served_model *model = waits_at(app, talk, server) ? models_find(app, talk->link) : NULL;

		if (model && model_state_is_on_its_way(model->state))
			net_be_patient(app->net, talk->session.stream);
	}
}

/* What became of orders and of prompts that wait, as far as it is known now. */
static void
judge(struct app *app, size_t server, bool is_look)
{
	be_patient(app, server);
	models_judge_orders(app, server, is_look);
}

/* ---- events ---- */

static void
take_event(struct app *app, uint64_t about, const char *text, size_t n)
{
	struct models *m = app->models;
	size_t server = (size_t)about;

	m->items[server].hears = true;
	m->items[server].overtaken = m->items[server].asks;
	if (n == 0 || !served_take_event(&m->served[server], text, n))
		m->items[server].due_ms = 0;
	judge(app, server, false);
}

/* A broken connection is opened again with the next round. */
static void
take_end_of_events(struct app *app, uint64_t about, const struct call_answer *answer)
{
	struct models_server *s = &app->models->items[about];

	s->follows = 0;
	s->hears = false;
	s->no_events = answer->status >= 400;
	s->due_ms = clock_ms() + AGAIN_MS;
}

static void
follow(struct app *app, size_t server)
{
	struct models_server *s = &app->models->items[server];
	const struct model_client *client = models_client(app, server);
	struct http_request request = {0};

	if (!client || s->follows || s->no_events || !app->models->served[server].router || !is_wanted(app, server))
		return;
	served_events_request(client, &request);
	s->follows = calls_follow(app, &request, take_event, take_end_of_events, server);
}

static void
stop_following(struct app *app, size_t server)
{
	struct models_server *s = &app->models->items[server];

	if (s->follows)
		calls_cancel(app, s->follows);
	s->follows = 0;
	s->hears = s->no_events = false;
}

/* ---- rounds ---- */

static void
end_round(struct app *app, size_t server)
{
	app->models->items[server].asks = false;
	follow(app, server);
	judge(app, server, true);
}

static void
take_props(struct app *app, uint64_t about, const struct call_answer *answer)
{
	const struct model_client *client = models_client(app, (size_t)about);

	if (client)
		served_take_props(&app->models->served[about], client, answer->status, answer->body, answer->n);
	end_round(app, (size_t)about);
}

static void ask_for_models(struct app *, size_t server);

/* Where no endpoint is configured, the next one may be it. */
static bool
tries_next(struct app *app, size_t server)
{
	struct models *m = app->models;
	struct err ignored;
	const struct link *link = links_get(app, m->servers.models[server], NULL, &ignored);

	if (!link || link->users > 0 || link->n_clients < 2 || m->served[server].state != MODEL_UNREACHABLE)
		return false;
	m->items[server].which = (m->items[server].which + 1) % link->n_clients;
	return m->items[server].which != 0;
}

/* A list that may be older than what was told since it was asked for. Another one is asked for soon. */
static bool
was_overtaken(struct app *app, size_t server)
{
	struct models_server *s = &app->models->items[server];
	bool overtaken = s->overtaken && app->models->served[server].router;

	s->overtaken = false;
	if (!overtaken)
		return false;
	s->asks = false;
	s->due_ms = clock_ms() + AGAIN_WHEN_OVERTAKEN_MS;
	app->stale = true;
	return true;
}

static void
take_models(struct app *app, uint64_t about, const struct call_answer *answer)
{
	size_t server = (size_t)about;
	struct served *served = &app->models->served[server];
	const struct model_client *client = models_client(app, server);
	struct http_request request = {0};

	if (answer->status == 200 && was_overtaken(app, server))
		return;
	if (client)
		served_take_models(served, client, answer->status, answer->body, answer->n, &answer->broken);
	if (client && tries_next(app, server)) {
		ask_for_models(app, server);
	} else if (client && model_is_llama_server(client) && served->n == 1 && !served_has_several(served)) {
		server_props_request(client, &request);
		calls_send(app, &request, MODELS_ANSWER_MS, take_props, server);
	} else {
		end_round(app, server);
	}
}

static void
ask_for_models(struct app *app, size_t server)
{
	struct models_server *s = &app->models->items[server];
	const struct model_client *client = models_client(app, server);
	struct http_request request = {0};

	s->due_ms = clock_ms() + (s->hears && !is_waited_for(app, server) ? AGAIN_WITH_EVENTS_MS : AGAIN_MS);
	s->asks = client != NULL;
	if (!client)
		return;
	served_models_request(client, &request);
	calls_send(app, &request, MODELS_ANSWER_MS, take_models, server);
}

void
models_turn(struct app *app)
{
	struct models *m = app->models;
	int64_t now_ms = clock_ms();

	for (size_t i = 0; m && app->net && i < m->servers.n; i++) {
		if (!is_wanted(app, i))
			stop_following(app, i);
		else if (!m->items[i].asks && now_ms >= m->items[i].due_ms)
			ask_for_models(app, i);
	}
}

int64_t
models_due_ms(const struct app *app)
{
	const struct models *m = app->models;
	int64_t first_ms = INT64_MAX;

	for (size_t i = 0; m && i < m->servers.n; i++)
		if (is_wanted(app, i) && !m->items[i].asks && m->items[i].due_ms < first_ms)
			first_ms = m->items[i].due_ms;
	return first_ms == INT64_MAX ? 0 : first_ms > 0 ? first_ms : 1;
}

/* What was known is old. */
void
models_watch(struct app *app, bool on)
{
	struct models *m = app->models;

	m->watched = on;
	for (size_t i = 0; i < m->servers.n; i++)
		if (on)
			m->items[i].due_ms = 0;
	app->stale = true;
}

/* ---- what is known ---- */

bool
models_is_loading(const struct app *app, const struct link *link, int *percent)
{
	const struct served_model *model =
	        app->models && is_wanted(app, models_server_of(app, link)) ? models_find(app, link) : NULL;

	if (!model || !model_state_is_on_its_way(model->state))
		return false;
	*percent = model->percent;
	return true;
}

void
models_rows(const struct app *app, struct model_rows *rows)
{
	model_rows_make(rows, app->config, &app->models->servers, app->models->served);
}

const struct served *
models_server(const struct app *app, const struct model_row *row)
{
	return &app->models->served[row->server];
}

const char *
models_endpoint(struct app *app, const struct model_row *row)
{
	const struct model_client *client = models_client(app, row->server);

	return client ? client->endpoint.text : "";
}

bool
models_is_at(const struct app *app, const struct model_row *row, const struct link *link)
{
	return row->server == models_server_of(app, link);
}

bool
models_uses(const struct app *app, const struct model_row *row, const struct link *link)
{
	return model_row_is_used(row, &app->models->servers, app->config, link->model, link->asked);
}

/* Of a router that was asked for its models when it became ready. */
static unsigned
offered_inputs(const struct link *link)
{
	const char *name = link_name_there(link);
	const struct link_offer *offer = name ? link_find_offer(link, name) : NULL;

	return offer ? offer->inputs : 0;
}

unsigned
models_inputs(const struct app *app, const struct link *link)
{
	const struct served_model *model = app->models ? models_find(app, link) : NULL;
	unsigned inputs = link->server.inputs;

	if (!server_state_is_up(link->server.state))
		return 0;
	if (inputs == 0 && model)
		inputs = model->inputs;
	return inputs ? inputs : offered_inputs(link);
}

bool
models_check_attachments(
        const struct app *app, const struct link *link, const struct attachments *attachments, struct err *err)
{
	const char *name = link_name_there(link) ? link_name_there(link) : link->server.model;

	return model_input_check(models_inputs(app, link), link_client(link), name, attachments, err);
}
