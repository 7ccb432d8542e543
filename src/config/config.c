/*
 * config.c - a configuration owns its texts; and the clients for a model of it.
 */
#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static void
release_keys(struct config_keys *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		free(keys->lines[i].text);
	free(keys->lines);
	*keys = (struct config_keys){0};
}

static void
release_model(struct config_model *m)
{
	free(m->name);
	free(m->provider);
	free(m->endpoint);
	free(m->auth_token);
	free(m->auth_token_command);
	free(m->model);
	free(m->system);
	free(m->ca_file);
	free(m->greeting);
	parameters_release(&m->parameters);
	free(m->extra);
}

static void
release_presets(struct config_presets *presets)
{
	for (size_t i = 0; i < presets->n; i++) {
		free(presets->items[i].name);
		free(presets->items[i].system);
		free(presets->items[i].model);
		parameters_release(&presets->items[i].parameters);
	}
	free(presets->items);
}

void
config_release(struct config *c)
{
	for (size_t i = 0; i < c->n_models; i++)
		release_model(&c->models[i]);
	free(c->models);
	free(c->path);
	free(c->copy_command);
	free(c->open_command);
	free(c->notify_command);
	free(c->syntax_folder);
	release_keys(&c->keys);
	release_presets(&c->presets);
	free(c->prompts_folder);
	parameters_release(&c->parameters);
	free(c->system);
	*c = (struct config){0};
}

static const struct config_preset *
find_preset(const struct config_presets *presets, const char *name)
{
	for (size_t i = 0; i < presets->n; i++)
		if (strcmp(presets->items[i].name, name) == 0)
			return &presets->items[i];
	return NULL;
}

const struct config_preset *
config_preset(const struct config *c, const char *name, struct err *err)
{
	const struct config_preset *preset = find_preset(&c->presets, name);
	struct buf names = {0};

	if (preset)
		return preset;
	for (size_t i = 0; i < c->presets.n; i++)
		buf_printf(&names, "%s%s", i ? ", " : "", c->presets.items[i].name);
	if (c->presets.n > 0)
		err_set(err, ERR_USAGE, "there is no preset \"%s\": the presets are %s", name, buf_text(&names));
	else
		err_set(err, ERR_USAGE, "there is no preset \"%s\": put it under presets: in %s", name,
		        c->path ? c->path : "the configuration");
	buf_release(&names);
	return NULL;
}

struct config_model *
config_find_model(const struct config *c, const char *name, const char **asked)
{
	struct config_model *found = NULL;

	*asked = NULL;
	for (size_t i = 0; i < c->n_models; i++) {
		struct config_model *m = &c->models[i];
		size_t n = strlen(m->name);

		if (m->made_up || strncmp(name, m->name, n) != 0)
			continue;
		if (!name[n])
			return *asked = NULL, m;
		if (name[n] == '/' && name[n + 1] && (!found || n > strlen(found->name))) {
			found = m;
			*asked = name + n + 1;
		}
	}
	return found;
}

static const char *endpoints[CONFIG_CLIENTS_MAX] = CONFIG_DEFAULT_ENDPOINTS;

void
config_seek_at(const char *first, const char *second)
{
	endpoints[0] = first;
	endpoints[1] = second;
}

bool
config_clients(const struct config *c, struct model_client **clients, size_t *n, struct err *err)
{
	const struct config_model *m = c->model;
	size_t wanted = m->endpoint ? 1 : CONFIG_CLIENTS_MAX;

	for (*n = 0; *n < wanted; ++*n) {
		const struct model_settings settings = {
		        .provider = m->provider,
		        .name = m->name,
		        .endpoint = m->endpoint ? m->endpoint : endpoints[*n],
		        .auth_token = m->auth_token,
		        .auth_token_command = m->auth_token_command,
		        .model = m->model,
		        .ca_file = m->ca_file,
		        .extra = m->extra,
		        .insecure = m->insecure,
		        .no_resume = m->no_resume,
		        .timeout_ms = m->timeout_ms,
		};

		clients[*n] = model_client_new(&settings, err);
		if (!clients[*n])
			break;
	}
	if (*n == wanted)
		return true;
	while (*n > 0)
		model_client_free(clients[--*n]);
	return false;
}
