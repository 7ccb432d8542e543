/*
 * model_rows.c - the configuration's models first, in its order, then what else each server has.
 */
#include "config/model_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* ---- servers ---- */

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
is_same_server(const struct config_model *a, const struct config_model *b)
{
	return is_same(a->provider, b->provider) && is_same(a->endpoint, b->endpoint) &&
	       is_same(a->auth_token, b->auth_token) && is_same(a->auth_token_command, b->auth_token_command) &&
	       is_same(a->ca_file, b->ca_file) && a->insecure == b->insecure;
}

static size_t
find_server(const struct config_servers *s, const struct config_model *m)
{
	size_t i = 0;

	while (i < s->n && !is_same_server(s->models[i], m))
		i++;
	return i;
}

void
config_servers_init(struct config_servers *s, const struct config *c)
{
	*s = (struct config_servers){
	        .models = mem_alloc(c->n_models * sizeof(*s->models)), .of = mem_alloc(c->n_models * sizeof(*s->of))};
	for (size_t i = 0; i < c->n_models; i++) {
		s->of[i] = find_server(s, &c->models[i]);
		if (s->of[i] == s->n)
			s->models[s->n++] = &c->models[i];
		if (&c->models[i] == c->model)
			s->models[s->of[i]] = c->model;
	}
}

void
config_servers_release(struct config_servers *s)
{
	free(s->models);
	free(s->of);
	*s = (struct config_servers){0};
}

/* ---- names ---- */

static bool
is_taken(const struct config *c, const char *name)
{
	const char *asked;

	return config_find_model(c, name, &asked) != NULL;
}

static size_t
server_of(const struct config_servers *servers, const struct config *c, const struct config_model *m)
{
	return servers->of[m - c->models];
}

/* As -m takes another model of the server that this one leads to. */
static char *
name_other(const struct config *c, const struct config_servers *servers, const struct config_model *m,
        const char *on_server)
{
	bool is_default = server_of(servers, c, m) == server_of(servers, c, c->otherwise);

	if (m->made_up || (is_default && !is_taken(c, on_server)))
		return mem_strdup(on_server);
	return mem_printf("%s/%s", m->name, on_server);
}

/* As -m takes a model of the configuration. */
static char *
name_own(const struct config *c, const struct config_servers *servers, const struct config_model *m,
        const struct served_model *known)
{
	if (m->asked)
		return name_other(c, servers, m, m->model);
	if (!m->made_up)
		return mem_strdup(m->name);
	return mem_strdup(m->model ? m->model : known ? known->name : m->name);
}

/* ---- rows ---- */

static void
add_row(struct model_rows *rows, struct model_row row)
{
	rows->items = mem_realloc(rows->items, (rows->n + 1) * sizeof(*rows->items));
	rows->items[rows->n++] = row;
}

/* One that the server does not know will fail. */
static enum model_state
state_of(const struct served *served, const struct served_model *known)
{
	return known ? known->state : served->state == MODEL_LOADED ? MODEL_FAILED : served->state;
}

static void
add_own(struct model_rows *rows, const struct config *c, size_t i, const struct config_servers *servers,
        const struct served *served)
{
	const struct config_model *m = &c->models[i];
	const struct served_model *known = NULL;

	if (served_has_several(served) && !m->model)
		return;
	if (served_has_several(served))
		known = served_find(served, m->model);
	else if (served->n == 1)
		known = &served->models[0];
	add_row(rows, (struct model_row){.name = name_own(c, servers, m, known),
	                      .model = m,
	                      .server = servers->of[i],
	                      .state = state_of(served, known),
	                      .known = known});
}

static bool
is_configured(const struct config *c, const struct config_servers *servers, size_t server, const struct served *served,
        const struct served_model *model)
{
	for (size_t i = 0; i < c->n_models; i++)
		if (servers->of[i] == server && c->models[i].model && served_find(served, c->models[i].model) == model)
			return true;
	return false;
}

static void
add_others(struct model_rows *rows, const struct config *c, const struct config_servers *servers, size_t server,
        const struct served *served)
{
	const struct config_model *m = servers->models[server];

	for (size_t i = 0; served_has_several(served) && i < served->n; i++) {
		const struct served_model *known = &served->models[i];

		if (!is_configured(c, servers, server, served, known))
			add_row(rows, (struct model_row){.name = name_other(c, servers, m, known->name),
			                      .model = m,
			                      .asked = mem_strdup(known->name),
			                      .server = server,
			                      .state = known->state,
			                      .known = known});
	}
}

void
model_rows_release(struct model_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		free(rows->items[i].name);
		free(rows->items[i].asked);
	}
	free(rows->items);
	*rows = (struct model_rows){0};
}

void
model_rows_make(struct model_rows *rows, const struct config *c, const struct config_servers *servers,
        const struct served *served)
{
	model_rows_release(rows);
	for (size_t i = 0; i < c->n_models; i++)
		add_own(rows, c, i, servers, &served[servers->of[i]]);
	for (size_t i = 0; i < servers->n; i++)
		add_others(rows, c, servers, i, &served[i]);
}

/* ---- one row ---- */

const char *
model_row_on_server(const struct model_row *row)
{
	return row->known ? row->known->name : row->asked ? row->asked : row->model->model;
}

bool
model_row_is_used(const struct model_row *row, const struct config_servers *servers, const struct config *c,
        const struct config_model *m, const char *asked)
{
	const char *there = row->asked ? row->asked : row->model->model, *wanted = asked ? asked : m->model;

	if (server_of(servers, c, m) != row->server)
		return false;
	if (!row->asked && !asked)
		return row->model == m;
	return is_same(there, wanted) || (row->known && wanted && served_is_called(row->known, wanted));
}

bool
model_row_why(const struct model_row *row, const struct served *server, struct buf *out)
{
	char why[SERVED_WHY_MAX];

	if (row->state == MODEL_UNREACHABLE || (row->state == MODEL_LOADING && !row->known)) {
		buf_puts(out, server->error.text);
		return server->error.code != ERR_NONE;
	}
	if (row->state == MODEL_FAILED && !row->known) {
		buf_puts(out, "the server has no model of this name");
		return true;
	}
	if (!row->known)
		return false;
	served_put_why(row->known, why);
	buf_puts(out, why);
	return *why != '\0';
}
