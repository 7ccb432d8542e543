/*
 * model.c - names to links, and what is known of them in words.
 */
#include "app/model.h"

#include <stdlib.h>
#include <string.h>

#include "app/hidden.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/mem.h"

const char *
model_show_name(const struct app *app, const char *name)
{
	const char *slash = name[0] == '/' ? strrchr(name, '/') : NULL;

	return hidden_model(app, slash && slash[1] ? slash + 1 : name);
}

static const struct link *
in_use(const struct app *app)
{
	return app->pane->talk->link;
}

const struct config_model *
model_configured(const struct app *app, const char *name)
{
	for (size_t i = 0; i < app->config->n_models; i++)
		if (strcmp(app->config->models[i].name, name) == 0)
			return &app->config->models[i];
	return NULL;
}

static bool
is_of_a_model(const struct app *app, const char *system)
{
	for (size_t i = 0; i < app->config->n_models; i++) {
		const char *its = app->config->models[i].system;

		if (its && strcmp(its, system) == 0)
			return true;
	}
	return false;
}

static bool
is_of_a_preset(const struct app *app, const char *system)
{
	for (size_t i = 0; i < app->config->presets.n; i++) {
		const char *its = app->config->presets.items[i].system;

		if (its && strcmp(its, system) == 0)
			return true;
	}
	return false;
}

/* /system can also have said that there is to be none. */
bool
model_has_own_system(const struct app *app, const struct talk *talk)
{
	const char *system = conversation_system(talk->session.conversation);

	return talk->system_said || (system && !is_of_a_model(app, system) && !is_of_a_preset(app, system));
}

bool
model_give(struct app *app, struct talk *talk, struct link *link)
{
	bool warned = link_use(app, talk, link);

	if (!model_has_own_system(app, talk))
		conversation_set_system(talk->session.conversation, settings_system(app, talk, link));
	return warned;
}

struct link *
model_find_link(struct app *app, const char *name, struct err *err)
{
	const struct config_model *configured = model_configured(app, name);
	const char *asked = NULL;

	if (!configured)
		configured = config_find_model(app->config, name, &asked);
	return configured ? links_get(app, configured, asked, err) : links_get(app, in_use(app)->model, name, err);
}

bool
model_take(struct app *app, struct link *link)
{
	if (link == in_use(app))
		link_probe(app, link);
	return model_give(app, app->pane->talk, link);
}

static void
say_use(struct app *app, const struct link *before, const struct link *link)
{
	struct buf words = {0}, unsent = {0};

	buf_printf(&words, "uses %s %s", model_name_of(link), link == before ? "already" : "now");
	settings_put_unsent(app, app->pane->talk, &unsent);
	if (unsent.len > 0)
		buf_printf(&words, "; it takes no %s, which the conversation has set", buf_text(&unsent));
	app_say(app, false, buf_text(&words));
	buf_release(&words);
	buf_release(&unsent);
}

/* A router loads it now, not only when it is asked. */
bool
model_use(struct app *app, const char *name)
{
	const struct link *before = in_use(app);
	struct err err;
	struct link *link;

	if (model_names_wait(app))
		return false;
	link = model_find_link(app, name, &err);
	if (!link) {
		app_say(app, true, err.text);
		return false;
	}
	if (before->server.router && link->model == before->model)
		models_prepare(app, link);
	if (!model_take(app, link))
		say_use(app, before, link);
	return true;
}

static const struct message *
last_answered(const struct conversation *c)
{
	const struct message *m = conversation_leaf(c);

	while (m && m->endpoint.len == 0)
		m = m->parent;
	return m;
}

static bool
leads_to(const struct link *link, const char *endpoint)
{
	for (size_t i = 0; i < link->n_clients; i++)
		if (strcmp(link->clients[i]->endpoint.text, endpoint) == 0)
			return true;
	return false;
}

/* Of several at one endpoint, that which is called by the model's name there. */
struct link *
model_of_conversation(struct app *app, struct conversation *c)
{
	const struct message *m = app->config->n_models > 1 ? last_answered(c) : NULL;
	struct link *found = NULL;
	struct err err;

	for (size_t i = 0; m && i < app->config->n_models; i++) {
		const struct config_model *model = &app->config->models[i];
		struct link *link = links_get(app, model, NULL, &err);

		if (!link || !leads_to(link, buf_text(&m->endpoint)))
			continue;
		if (model->model && strcmp(model->model, buf_text(&m->model)) == 0)
			return link;
		if (!found)
			found = link;
	}
	return found;
}

const char *
model_that_answered(const struct link *link, const struct conversation *c)
{
	const struct message *m = last_answered(c);

	return m && m->model.len > 0 && leads_to(link, buf_text(&m->endpoint)) ? buf_text(&m->model) : NULL;
}

bool
model_is_missing(const struct link *link)
{
	return link->server.router && !link->asked && !link->model->model;
}

const char *
model_name_of(const struct link *link)
{
	return link->asked ? link->asked : link->model->name;
}

const char *
model_name(const struct app *app, size_t i)
{
	const struct link *link = in_use(app);
	size_t n = app->config->n_models;

	if (hidden_is_on(app))
		return NULL;
	return i < n ? app->config->models[i].name : i - n < link->n_offers ? link->offers[i - n].name : NULL;
}

bool
model_names_wait(struct app *app)
{
	return hidden_is_on(app) &&
	       !app_refuse(
	               app, "the models are hidden until you vote: press the best reply's number on empty input, or 0");
}
