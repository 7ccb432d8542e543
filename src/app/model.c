/*
 * model.c - clients are never changed once made, and a stream may still use them: another model is other clients, and
 * the old ones wait for the end.
 */
#include "app/model.h"

#include <stdlib.h>
#include <string.h>

#include "app/status.h"
#include "base/mem.h"

const char *
model_show_name(const char *name)
{
	const char *slash = name[0] == '/' ? strrchr(name, '/') : NULL;

	return slash && slash[1] ? slash + 1 : name;
}

void
model_watch(struct app *app)
{
	net_watch(app->net, ++app->watch, (const struct model_client *const *)app->clients, app->n_clients);
}

static void
retire_clients(struct app *app)
{
	app->retired = mem_realloc(app->retired, (app->n_retired + app->n_clients) * sizeof(struct model_client *));
	for (size_t i = 0; i < app->n_clients; i++)
		app->retired[app->n_retired++] = app->clients[i];
	app->n_clients = 0;
}

static const struct config_model *
find_configured(const struct app *app, const char *name)
{
	for (size_t i = 0; i < app->config->n_models; i++)
		if (strcmp(app->config->models[i].name, name) == 0)
			return &app->config->models[i];
	return NULL;
}

static void
forget_offers(struct app *app)
{
	for (size_t i = 0; i < app->n_offers; i++)
		free(app->offers[i]);
	app->n_offers = 0;
}

void
model_offer(struct app *app, const char *name, size_t n)
{
	if (n == 0) {
		forget_offers(app);
		return;
	}
	app->offers = mem_realloc(app->offers, (app->n_offers + 1) * sizeof(char *));
	app->offers[app->n_offers++] = mem_strndup(name, n);
}

/* Whatever was known is about another server now. */
static void
forget_server(struct app *app)
{
	forget_offers(app);
	memset(&app->server, 0, sizeof(app->server));
	app->which = 0;
	buf_clear(&app->hint);
	status_hint(app, &app->hint);
}

bool
model_switch(struct app *app, const char *name, struct err *err)
{
	const struct config_model *configured = find_configured(app, name);
	struct config_model wanted = configured ? *configured : *app->model;
	struct config config = {.model = &wanted};
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	size_t n;

	if (!configured)
		wanted.model = mem_strdup(name);
	if (!config_clients(&config, clients, &n, err)) {
		free(configured ? NULL : wanted.model);
		return false;
	}
	retire_clients(app);
	memcpy(app->clients, clients, n * sizeof(*clients));
	app->n_clients = n;
	free(app->asked_model);
	app->asked_model = configured ? NULL : wanted.model;
	if (configured)
		app->model = configured;
	net_unwatch(app->net, app->watch);
	forget_server(app);
	model_watch(app);
	return true;
}

const char *
model_name(const struct app *app, size_t i)
{
	size_t n = app->config->n_models;

	return i < n ? app->config->models[i].name : i - n < app->n_offers ? app->offers[i - n] : NULL;
}

void
model_describe(const struct app *app, struct buf *out)
{
	buf_puts(out, "models:");
	for (size_t i = 0; i < app->config->n_models; i++) {
		const struct config_model *m = &app->config->models[i];

		buf_printf(out, "%s %s%s", i > 0 ? "," : "", m->name, m == app->model ? " (in use)" : "");
	}
	if (app->asked_model)
		buf_printf(out, " · asked of the server: %s", app->asked_model);
	for (size_t i = 0; i < app->n_offers; i++)
		buf_printf(out, "%s %s", i > 0 ? "," : " · the server has", app->offers[i]);
	if (*app->server.model)
		buf_printf(out, " · the server has %s", app->server.model);
}

void
model_release(struct app *app)
{
	for (size_t i = 0; i < app->n_clients; i++)
		model_client_free(app->clients[i]);
	for (size_t i = 0; i < app->n_retired; i++)
		model_client_free(app->retired[i]);
	free(app->retired);
	forget_offers(app);
	free(app->offers);
	free(app->asked_model);
}
