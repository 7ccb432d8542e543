/*
 * models_ask.c - one call after the other to each server: its models, and for the only model of a server its props.
 */
#include "cmd/models_ask.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/signals.h"
#include "llama/server.h"
#include "cmd/say.h"
#include "net/events.h"

/* ---- from the configuration ---- */

static bool
make_clients(struct models_ask *ask, size_t server, struct err *err)
{
	struct asked_server *item = &ask->items[server];
	struct config_model model = *ask->servers.models[server];
	const struct config config = {.model = &model};

	return config_clients(&config, item->clients, &item->n_clients, err);
}

static bool
start(struct models_ask *ask, struct err *err)
{
	config_servers_init(&ask->servers, &ask->config);
	ask->items = mem_alloc(ask->servers.n * sizeof(*ask->items));
	ask->served = mem_alloc(ask->servers.n * sizeof(*ask->served));
	for (size_t i = 0; i < ask->servers.n; i++)
		if (!make_clients(ask, i, err))
			return false;
	ask->net = net_new(NULL, err);
	return ask->net != NULL;
}

bool
models_ask_init(struct models_ask *ask, const struct config_flags *flags, struct err *err)
{
	*ask = (struct models_ask){0};
	if (!config_load(&ask->config, flags, err))
		return false;
	if (start(ask, err))
		return true;
	models_ask_release(ask);
	return false;
}

static void
release_item(struct asked_server *item)
{
	for (size_t i = 0; i < item->n_clients; i++)
		model_client_free(item->clients[i]);
	served_release(&item->served);
	buf_release(&item->body);
}

void
models_ask_release(struct models_ask *ask)
{
	if (!net_free(ask->net))
		return; /* it may still use what follows */
	for (size_t i = 0; i < ask->servers.n; i++)
		release_item(&ask->items[i]);
	free(ask->items);
	free(ask->served);
	config_servers_release(&ask->servers);
	config_release(&ask->config);
}

/* ---- questions ---- */

const struct model_client *
models_ask_client(const struct models_ask *ask, size_t server)
{
	return ask->items[server].clients[ask->items[server].which];
}

static const struct model_client *
client_of(const struct asked_server *item)
{
	return item->clients[item->which];
}

static void
end_with(struct asked_server *item, const struct err *why)
{
	item->call = 0;
	served_take_models(&item->served, client_of(item), 0, "", 0, why);
}

static void
send_question(struct models_ask *ask, struct asked_server *item, bool props)
{
	struct http_request request = {0};
	struct err err;

	if (props)
		server_props_request(client_of(item), &request);
	else
		served_models_request(client_of(item), &request);
	item->asks_props = props;
	item->call = net_new_stream(ask->net);
	buf_clear(&item->body);
	if (net_call(ask->net, item->call, &request, MODELS_ANSWER_MS, &err))
		return;
	http_request_release(&request);
	end_with(item, &err);
}

void
models_ask_server(struct models_ask *ask, size_t server)
{
	if (ask->items[server].call == 0)
		send_question(ask, &ask->items[server], false);
}

bool
models_ask_is_done(const struct models_ask *ask)
{
	for (size_t i = 0; i < ask->servers.n; i++)
		if (ask->items[i].call != 0)
			return false;
	return true;
}

/* ---- answers ---- */

/* Not where flynn itself could not ask. */
static bool
is_unreachable(const struct asked_server *item)
{
	return item->served.state == MODEL_UNREACHABLE && item->served.error.code != ERR_SYSTEM;
}

/* Where no endpoint is configured, the next one may be it. */
static bool
tries_next(struct asked_server *item)
{
	if (!is_unreachable(item) || item->which + 1 >= item->n_clients)
		return false;
	item->which++;
	return true;
}

/* None of several answered: one sentence about them all. */
static void
blame_all(struct asked_server *item)
{
	if (item->n_clients < 2 || !is_unreachable(item))
		return;
	item->which = 0;
	err_set(&item->served.error, ERR_UNREACHABLE, "llama-server not running at %s (nor at %s)",
	        item->clients[0]->endpoint.text, item->clients[1]->endpoint.text);
}

static void
take_answer(struct models_ask *ask, struct asked_server *item, const struct net_answer *answer)
{
	const char *body = buf_text(&item->body);

	item->call = 0;
	if (item->asks_props) {
		served_take_props(&item->served, client_of(item), answer->status, body, item->body.len);
		return;
	}
	served_take_models(&item->served, client_of(item), answer->status, body, item->body.len, &answer->broken);
	if (tries_next(item))
		send_question(ask, item, false);
	else if (model_is_llama_server(client_of(item)) && item->served.n == 1 && !served_has_several(&item->served))
		send_question(ask, item, true);
	else
		blame_all(item);
}

static struct asked_server *
item_of(struct models_ask *ask, uint64_t call)
{
	for (size_t i = 0; i < ask->servers.n; i++)
		if (ask->items[i].call == call)
			return &ask->items[i];
	return NULL;
}

static void
take_record(struct models_ask *ask, const struct queue_record *r)
{
	struct asked_server *item = item_of(ask, r->id);
	struct net_answer answer;

	if (!item) {
		if (ask->other)
			ask->other(ask->arg, r);
	} else if (r->type == NET_ANSWER_BODY) {
		buf_put(&item->body, (const char *)r->data, r->size);
	} else if (r->type == NET_ANSWER) {
		memcpy(&answer, r->data, sizeof(answer));
		take_answer(ask, item, &answer);
	}
}

/* Nothing was begun that this could harm. */
static _Noreturn void
give_up(void)
{
	struct err err;

	(void)net_set_late(&err);
	_exit(say_err(&err));
}

/* For how long to wait for records. */
static int
time_to_wait(struct models_ask *ask, int ms)
{
	int again_ms;

	if (net_is_late(ask->net, &again_ms))
		give_up();
	return net_sleep(ask->net) ? clock_sooner(ms, again_ms) : 0;
}

bool
models_ask_turn(struct models_ask *ask, int ms)
{
	struct pollfd fds[] = {{.fd = net_fd(ask->net), .events = POLLIN}, {.fd = signals_fd(), .events = POLLIN}};
	const struct queue_record *r;

	poll(fds, 2, time_to_wait(ask, ms));
	net_awake(ask->net, fds[0].revents != 0);
	while ((r = net_peek(ask->net))) {
		take_record(ask, r);
		net_consume(ask->net);
	}
	for (size_t i = 0; i < ask->servers.n; i++)
		ask->served[i] = ask->items[i].served;
	return fds[1].revents == 0;
}

bool
models_ask_wait(struct models_ask *ask)
{
	while (!models_ask_is_done(ask))
		if (!models_ask_turn(ask, -1))
			return false;
	return true;
}
