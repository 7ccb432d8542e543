/*
 * models_orders.c - what a server was told to do, load or unload a model, until that is done or has failed.
 */
#include "app/models.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/model_link.h"
#include "app/models_inside.h"
#include "base/mem.h"
#include "llama/server_error.h"

enum {
	UNMOVED_LOOKS_MOST = 4, /* at a model that is not being loaded although the server has taken the order */
};

bool
models_has_orders(const struct app *app, size_t server)
{
	const struct models *m = app->models;

	for (size_t i = 0; i < m->n_orders; i++)
		if (m->orders[i].server == server)
			return true;
	return false;
}

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

void
models_judge_orders(struct app *app, size_t server, bool is_look)
{
	struct models *m = app->models;

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
	const struct model_client *client = models_client(app, order->server);
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
give_order(struct app *app, const char *name, struct models_order order)
{
	struct models *m = app->models;
	const struct model_client *client = models_client(app, order.server);
	struct http_request request = {0};
	struct err err;

	if (!client || !app->net || !model_is_llama_server(client))
		return;
	if (!(order.load ? served_load_request : served_unload_request)(client, name, &request, &err)) {
		app_say(app, true, err.text);
		return;
	}
	order.id = ++m->last_order;
	order.name = mem_strdup(name);
	m->orders = mem_realloc(m->orders, (m->n_orders + 1) * sizeof(*m->orders));
	m->orders[m->n_orders++] = order;
	calls_send(app, &request, MODELS_ANSWER_MS, take_order_answer, order.id);
	m->items[order.server].due_ms = 0;
	app->stale = true;
}

static void
order_row(struct app *app, const struct model_row *row, bool load)
{
	if (row->known)
		give_order(app, row->known->name, (struct models_order){.server = row->server, .load = load});
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

void
models_prepare(struct app *app, const struct link *link)
{
	const struct served_model *model = models_find(app, link);
	const char *name = link_name_there(link);

	if (!name || (model && model->state != MODEL_UNLOADED && model->state != MODEL_FAILED))
		return;
	give_order(
	        app, name, (struct models_order){.server = models_server_of(app, link), .load = true, .quiet = true});
}
