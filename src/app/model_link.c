/*
 * model_link.c - clients are never changed once made, and a stream may still use them: another model is another link, and links
 * stay until the end.
 */
#include "app/model_link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/net_log.h"
#include "app/talk.h"
#include "base/mem.h"
#include "llama/defaults.h"

static bool
is_for(const struct link *link, const struct config_model *model, const char *asked)
{
	return link->model == model && (asked ? link->asked && strcmp(link->asked, asked) == 0 : link->asked == NULL);
}

static void
link_free(struct link *link)
{
	for (size_t i = 0; i < link->n_clients; i++)
		model_client_free(link->clients[i]);
	for (size_t i = 0; i < link->n_offers; i++)
		free(link->offers[i].name);
	free(link->offers);
	parameters_release(&link->defaults);
	free(link->asked);
	free(link);
}

static struct link *
link_new(const struct config_model *model, const char *asked, struct err *err)
{
	struct link *link = mem_alloc(sizeof(*link));
	struct config_model wanted = *model;
	const struct config config = {.model = &wanted};

	link->model = model;
	link->asked = asked ? mem_strdup(asked) : NULL;
	if (asked)
		wanted.model = link->asked;
	if (config_clients(&config, link->clients, &link->n_clients, err))
		return link;
	link->n_clients = 0;
	link_free(link);
	return NULL;
}

struct link *
links_get(struct app *app, const struct config_model *model, const char *asked, struct err *err)
{
	struct link *link;

	for (size_t i = 0; i < app->n_links; i++)
		if (is_for(app->links[i], model, asked))
			return app->links[i];
	link = link_new(model, asked, err);
	if (!link)
		return NULL;
	app->links = mem_realloc(app->links, (app->n_links + 1) * sizeof(struct link *));
	app->links[app->n_links++] = link;
	return link;
}

void
links_release(struct app *app)
{
	for (size_t i = 0; i < app->n_links; i++)
		link_free(app->links[i]);
	free(app->links);
}

const struct model_client *
link_client(const struct link *link)
{
	return link->clients[link->which];
}

bool
link_is_sought(const struct link *link)
{
	return link->n_clients > 1 &&
	       (link->server.state == SERVER_UNKNOWN || link->server.state == SERVER_NOT_RUNNING);
}

const char *
link_name_there(const struct link *link)
{
	return link->asked ? link->asked : link->model->model;
}

const struct link_offer *
link_find_offer(const struct link *link, const char *name)
{
	for (size_t i = 0; i < link->n_offers; i++)
		if (strcmp(link->offers[i].name, name) == 0)
			return &link->offers[i];
	return NULL;
}

void
link_probe(struct app *app, const struct link *link)
{
	if (app->net)
		net_probe(app->net, link->watch);
}

/* ---- what is known of the server ---- */

static void
forget_offers(struct link *link)
{
	for (size_t i = 0; i < link->n_offers; i++)
		free(link->offers[i].name);
	link->n_offers = 0;
}

/* Whatever was known of the server is old. */
static void
watch(struct app *app, struct link *link)
{
	forget_offers(link);
	parameters_release(&link->defaults);
	link->server = (struct server_info){0};
	link->which = 0;
	link->watch = ++app->last_watch;
	if (app->net && !app->config->offline)
		net_watch(app->net, link->watch, (const struct model_client *const *)link->clients, link->n_clients);
}

void
link_hold(struct app *app, struct link *link)
{
	if (link->users++ == 0)
		watch(app, link);
}

void
link_drop(struct app *app, struct link *link)
{
	if (--link->users == 0 && app->net)
		net_unwatch(app->net, link->watch);
}

static bool
warn_once(struct app *app, struct link *link)
{
	struct err why;

	if (link->warned || !model_client_warn(link_client(link), &why))
		return false;
	link->warned = true;
	app_say(app, true, why.text);
	return true;
}

bool
link_use(struct app *app, struct talk *talk, struct link *link)
{
	struct link *before = talk->link;

	if (link)
		link_hold(app, link);
	if (before)
		link_drop(app, before);
	talk->link = link;
	return link && warn_once(app, link);
}

/* Who could not count, or had not loaded the model, may be another server now. */
static void
note_start(struct link *link)
{
	link->starts++;
	link->cannot_count = link->is_unloaded = false;
}

static void
take_server(struct link *link, const struct queue_record *record)
{
	struct net_server server;

	memcpy(&server, record->data, sizeof(server));
	if (server_state_is_up(server.info.state) && !server_state_is_up(link->server.state))
		note_start(link);
	link->server = server.info;
	link->which = server.which;
}

/* The server has this model; an empty record: those that follow are all it has. */
static void
take_offer(struct link *link, const struct queue_record *record)
{
	struct link_offer *offer;
	struct net_offer told;

	link->is_unloaded = false;
	if (record->size == 0) {
		forget_offers(link);
		return;
	}
	memcpy(&told, record->data, sizeof(told));
	link->offers = mem_realloc(link->offers, (link->n_offers + 1) * sizeof(*link->offers));
	offer = &link->offers[link->n_offers++];
	*offer = (struct link_offer){.name = mem_strdup(told.name), .inputs = told.inputs};
	memcpy(offer->state, told.state, sizeof(offer->state));
}

/* The server's new state. */
static void
note_server(struct app *app, const struct link *link, enum server_state before)
{
	const struct server_info *server = &link->server;
	char *line;

	if (server->state == before)
		return;
	line = mem_printf("server %s: %s%s%s", link_client(link)->endpoint.text, server_state_word(server->state),
	        server->error.code != ERR_NONE ? ": " : "", server->error.code != ERR_NONE ? server->error.text : "");
	net_log_add(app, line, strlen(line));
	free(line);
}

void
link_sleeps(struct app *app, struct link *link)
{
	enum server_state before = link->server.state;

	link->server.state = SERVER_SLEEPING;
	note_server(app, link, before);
	app->stale = true;
	link_probe(app, link); /* which tells when it is awake again */
}

struct link *
links_event(struct app *app, const struct queue_record *record)
{
	for (size_t i = 0; i < app->n_links; i++) {
		struct link *link = app->links[i];

		if (link->users == 0 || link->watch != record->id)
			continue;
		if (record->type == NET_SERVER) {
			enum server_state before = link->server.state;

			take_server(link, record);
			note_server(app, link, before);
		} else if (record->type == NET_DEFAULTS) {
			defaults_read(&link->defaults, (const char *)record->data, record->size);
		} else {
			take_offer(link, record);
		}
		return link;
	}
	return NULL;
}
