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
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "llama/server.h"
#include "llama/server_error.h"

enum {
	AGAIN_MS = 2000,
	AGAIN_WITH_EVENTS_MS = 15000, /* a connection may be dead without a word */
	ANSWER_MS = 5000,
	SILENCE_MS = 2000, /* of a prompt, before it is asked whether its model is being loaded */
	AGAIN_WHEN_OVERTAKEN_MS = 200,
	UNMOVED_LOOKS_MOST = 4, /* at a model that is not being loaded although the server has taken the order */
};

struct models_server {
	size_t which; /* of the clients of its link: the one that answers */
	bool asks;
	bool overtaken;   /* an event has told more than the answer that is on its way may know */
	int64_t due_ms;   /* of the next round */
	uint64_t follows; /* the call; 0: none */
	bool hears;       /* its events */
	bool no_events;   /* it has none */
};

/* Something that a server was told to do, until it is done. */
struct models_order {
	uint64_t id;
	size_t server;
	char *name; /* on the server */
	bool load;  /* else unload */
	bool quiet; /* a server that cannot do it is no error */
	bool taken, moved;
	int looks; /* that did not see it move */
};

struct models {
	struct config_servers servers;
	struct models_server *items;
	struct served *served; /* of each */
	struct models_order *orders;
	size_t n_orders;
	uint64_t last_order;
	bool watched;
};

void
models_init(struct app *app)
{
	struct models *m = app->models = mem_alloc(sizeof(*m));

	config_servers_init(&m->servers, app->config);
	m->items = mem_alloc(m->servers.n * sizeof(*m->items));
	m->served = mem_alloc(m->servers.n * sizeof(*m->served));
}

void
models_release(struct app *app)
{
	struct models *m = app->models;

	if (!m)
		return;
	for (size_t i = 0; i < m->servers.n; i++)
		served_release(&m->served[i]);
	for (size_t i = 0; i < m->n_orders; i++)
		free(m->orders[i].name);
	free(m->orders);
	free(m->items);
	free(m->served);
	config_servers_release(&m->servers);
	free(m);
}

/* ---- servers ---- */

/* NULL: its clients cannot be made, and that is said of it. */
static const struct model_client *
client_of(struct app *app, size_t server)
{
	struct models *m = app->models;
	struct err err;
	struct link *link = links_get(app, m->servers.models[server], NULL, &err);

	if (!link) {
		m->served[server].state = MODEL_UNREACHABLE;
		m->served[server].error = err;
		return NULL;
	}
	if (link->users > 0)
		m->items[server].which = link->which;
	return link->clients[m->items[server].which];
}

static bool
has_orders(const struct models *m, size_t server)
{
	for (size_t i = 0; i < m->n_orders; i++)
		if (m->orders[i].server == server)
			return true;
	return false;
}

static size_t
server_of(const struct app *app, const struct link *link)
{
	return app->models->servers.of[link->model - app->config->models];
}

static char *
name_there(const struct link *link)
{
	return link->asked ? link->asked : link->model->model;
}

static const struct served_model *
model_of(const struct app *app, const struct link *link)
{
	const char *name = name_there(link);

	return name ? served_find(&app->models->served[server_of(app, link)], name) : NULL;
}

/* A prompt that no byte has come of may wait for its model to be loaded. */
static bool
waits_at(const struct app *app, const struct talk *talk, size_t server)
{
	const struct link *link = talk->link;

	return link && talk->session.state == SESSION_WAITING && link->server.router &&
	       server_of(app, link) == server && clock_ms() - talk->session.heard_ms >= SILENCE_MS;
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
	return app->models->watched || has_orders(app->models, server) || is_waited_for(app, server);
}

/* The model of such a prompt was seen being loaded: the time-out does not run meanwhile. */
static void
be_patient(struct app *app, size_t server)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[i];
		const struct served_model *model = waits_at(app, talk, server) ? model_of(app, talk->link) : NULL;

		if (model && model_state_is_on_its_way(model->state))
			net_be_patient(app->net, talk->session.stream);
	}
}

static void judge_orders(struct app *, size_t server, bool is_look);

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
	judge_orders(app, server, false);
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
	const struct model_client *client = client_of(app, server);
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
	judge_orders(app, server, true);
}

static void
take_props(struct app *app, uint64_t about, const struct call_answer *answer)
{
	const struct model_client *client = client_of(app, (size_t)about);

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
	const struct model_client *client = client_of(app, server);
	struct http_request request = {0};

	if (answer->status == 200 && was_overtaken(app, server))
		return;
	if (client)
		served_take_models(served, client, answer->status, answer->body, answer->n, &answer->broken);
	if (client && tries_next(app, server)) {
		ask_for_models(app, server);
	} else if (client && served->n == 1 && !served_has_several(served)) {
		server_props_request(client, &request);
		calls_send(app, &request, ANSWER_MS, take_props, server);
	} else {
		end_round(app, server);
	}
}

static void
ask_for_models(struct app *app, size_t server)
{
	struct models_server *s = &app->models->items[server];
	const struct model_client *client = client_of(app, server);
	struct http_request request = {0};

	s->due_ms = clock_ms() + (s->hears && !is_waited_for(app, server) ? AGAIN_WITH_EVENTS_MS : AGAIN_MS);
	s->asks = client != NULL;
	if (!client)
		return;
	served_models_request(client, &request);
	calls_send(app, &request, ANSWER_MS, take_models, server);
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

/* ---- orders ---- */

static void
drop_order(struct models *m, size_t i)
{
	free(m->orders[i].name);
	m->orders[i] = m->orders[--m->n_orders];
}

static void
say_failed(struct app *app, const struct models_order *order, const struct served_model *model)
{
	char why[SERVED_WHY_MAX], *words;

	served_put_why(model, why);
	words = mem_printf("%s failed to load%s%s", order->name, *why ? ": " : "", why);
	app_say(app, true, words);
	free(words);
}

/* True: there is nothing more to wait for. */
static bool
is_over(struct app *app, struct models_order *order, const struct served_model *model, bool is_look)
{
	if (!order->taken)
		return false;
	if (!model)
		return is_look;
	if (!order->load)
		return model->state == MODEL_UNLOADED || model->state == MODEL_FAILED;
	order->moved |= model_state_is_on_its_way(model->state);
	order->looks += is_look && !order->moved;
	if (model->state == MODEL_FAILED)
		say_failed(app, order, model);
	return model->state == MODEL_LOADED || model->state == MODEL_SLEEPING || model->state == MODEL_FAILED ||
	       (model->state == MODEL_UNLOADED && (order->moved || order->looks > UNMOVED_LOOKS_MOST));
}

static void
judge_orders(struct app *app, size_t server, bool is_look)
{
	struct models *m = app->models;

	be_patient(app, server);
	for (size_t i = m->n_orders; i-- > 0;)
		if (m->orders[i].server == server &&
		        is_over(app, &m->orders[i], served_find(&m->served[server], m->orders[i].name), is_look))
			drop_order(m, i);
	app->stale = true;
}

static void
refuse(struct app *app, const struct models_order *order, int status, const struct err *why)
{
	char *words;

	if (order->quiet && server_error_is_no_path(status))
		return;
	words = mem_printf("%s was not %s: %s", order->name, order->load ? "loaded" : "unloaded", why->text);
	app_say(app, true, words);
	free(words);
}

static void
take_order(struct app *app, size_t i, const struct call_answer *answer)
{
	struct models *m = app->models;
	struct models_order *order = &m->orders[i];
	const struct model_client *client = client_of(app, order->server);
	struct err err = answer->broken;

	order->taken =
	        err.code == ERR_NONE && client &&
	        (served_take_order(client, answer->status, answer->body, answer->n, &err) || err.code == ERR_NONE);
	m->items[order->server].due_ms = 0;
	m->items[order->server].overtaken = m->items[order->server].asks;
	if (order->taken) {
		if (order->load)
			served_expect_loading(&m->served[order->server], order->name);
	} else {
		refuse(app, order, answer->status, &err);
		drop_order(m, i);
	}
	app->stale = true;
}

static void
take_order_answer(struct app *app, uint64_t id, const struct call_answer *answer)
{
	for (size_t i = 0; i < app->models->n_orders; i++)
		if (app->models->orders[i].id == id) {
			take_order(app, i, answer);
			return;
		}
}

static void
give_order(struct app *app, struct models_order order)
{
	struct models *m = app->models;
	const struct model_client *client = client_of(app, order.server);
	struct http_request request = {0};
	struct err err;

	if (!client || !app->net)
		return;
	if (!(order.load ? served_load_request : served_unload_request)(client, order.name, &request, &err)) {
		app_say(app, true, err.text);
		return;
	}
	order.id = ++m->last_order;
	order.name = mem_strdup(order.name);
	m->orders = mem_realloc(m->orders, (m->n_orders + 1) * sizeof(*m->orders));
	m->orders[m->n_orders++] = order;
	calls_send(app, &request, ANSWER_MS, take_order_answer, order.id);
	m->items[order.server].due_ms = 0;
	app->stale = true;
}

static void
order_row(struct app *app, const struct model_row *row, bool load)
{
	if (row->known)
		give_order(app, (struct models_order){.server = row->server, .name = row->known->name, .load = load});
}

void
models_load(struct app *app, const struct model_row *row)
{
	order_row(app, row, true);
}

void
models_unload(struct app *app, const struct model_row *row)
{
	order_row(app, row, false);
}

/* ---- what is known ---- */

void
models_prepare(struct app *app, const struct link *link)
{
	const struct served_model *model = model_of(app, link);

	if (!name_there(link) || (model && model->state != MODEL_UNLOADED && model->state != MODEL_FAILED))
		return;
	give_order(app, (struct models_order){
	                        .server = server_of(app, link), .name = name_there(link), .load = true, .quiet = true});
}

bool
models_is_loading(const struct app *app, const struct link *link, int *percent)
{
	const struct served_model *model =
	        app->models && is_wanted(app, server_of(app, link)) ? model_of(app, link) : NULL;

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
	const struct model_client *client = client_of(app, row->server);

	return client ? client->endpoint.text : "";
}

bool
models_is_at(const struct app *app, const struct model_row *row, const struct link *link)
{
	return row->server == server_of(app, link);
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
	const char *name = name_there(link);

	for (size_t i = 0; name && i < link->n_offers; i++)
		if (strcmp(link->offers[i].name, name) == 0)
			return link->offers[i].inputs;
	return 0;
}

unsigned
models_inputs(const struct app *app, const struct link *link)
{
	const struct served_model *model = app->models ? model_of(app, link) : NULL;
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
	const char *name = name_there(link) ? name_there(link) : link->server.model;

	return model_input_check(models_inputs(app, link), name, attachments, err);
}
