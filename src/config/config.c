/*
 * config.c - a configuration owns its texts; and the clients for a model of it.
 */
#include "config/config.h"

#include <stdlib.h>

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
	free(m->model);
	free(m->system);
	free(m->ca_file);
	free(m->greeting);
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
	free(c->syntax_folder);
	release_keys(&c->keys);
	*c = (struct config){0};
}

bool
config_clients(const struct config *c, struct model_client **clients, size_t *n, struct err *err)
{
	static const char *const endpoints[CONFIG_CLIENTS_MAX] = CONFIG_DEFAULT_ENDPOINTS;
	const struct config_model *m = c->model;
	size_t wanted = m->endpoint ? 1 : CONFIG_CLIENTS_MAX;

	for (*n = 0; *n < wanted; ++*n) {
		const struct model_settings settings = {
		        .provider = m->provider,
		        .endpoint = m->endpoint ? m->endpoint : endpoints[*n],
		        .auth_token = m->auth_token,
		        .model = m->model,
		        .ca_file = m->ca_file,
		        .insecure = m->insecure,
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
