/*
 * models_state.c - what is kept of each server, and which server and model a link leads to.
 */
#include "app/models.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/model_link.h"
#include "app/models_inside.h"
#include "base/mem.h"

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

const struct model_client *
models_client(struct app *app, size_t server)
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

size_t
models_server_of(const struct app *app, const struct link *link)
{
	return app->models->servers.of[link->model - app->config->models];
}

const struct served_model *
models_find(const struct app *app, const struct link *link)
{
	const char *name = link_name_there(link);

	return name ? served_find(&app->models->served[models_server_of(app, link)], name) : NULL;
}
