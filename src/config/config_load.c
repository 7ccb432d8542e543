/*
 * config_load.c - the order of precedence: flags over environment over file over defaults.
 */
#include "config/config_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/start_limit.h"
#include "config/file.h"
#include "config/paths.h"
#include "config/text_file.h"
#include "config/value.h"

static void
replace(char **text, const char *with)
{
	free(*text);
	*text = with && *with ? mem_strdup(with) : NULL;
}

/* Empty counts as unset. */
static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* The error there is already, with the option or variable it is about before it. */
static bool
blame(const char *what, struct err *err)
{
	return err_set(err, ERR_USAGE, "%s%s", what, err->text);
}

/* Without a file, or with one that holds nothing: a model whose endpoint is looked for. */
static void
add_default_model(struct config *c)
{
	c->models = mem_alloc(sizeof(*c->models));
	c->n_models = 1;
	c->model = c->otherwise = c->models;
	*c->model = (struct config_model){
	        .name = mem_strdup("default"),
	        .provider = mem_strdup("llamacpp"),
	        .timeout_ms = CONFIG_TIMEOUT_MS,
	        .made_up = true,
	};
}

/* A model of the file, another one of its server, or a name for the server of the model that is the default. */
static bool
choose_model(struct config *c, const char *name, struct err *err)
{
	const char *asked;
	struct config_model *found;

	c->otherwise = c->model;
	if (!name)
		return true;
	if (!*name)
		return err_set(err, ERR_USAGE, "-m: give the name of a model");
	found = config_find_model(c, name, &asked);
	if (found)
		c->model = found;
	else
		asked = name;
	if (!asked)
		return true;
	replace(&c->model->model, asked);
	c->model->asked = true;
	return true;
}

/* To another origin goes nothing that was meant for the file's: neither its token nor the trust in its certificate. */
static void
forget_secrets_unless_same_origin(struct config_model *m, const struct endpoint *to)
{
	struct endpoint from;
	struct err ignored;
	bool same;

	if (!m->endpoint)
		return;
	same = endpoint_parse(&from, m->endpoint, &ignored);
	if (same) {
		same = endpoint_same_origin(&from, to);
		endpoint_release(&from);
	}
	if (same)
		return;
	replace(&m->auth_token, NULL);
	replace(&m->auth_token_command, NULL);
	replace(&m->ca_file, NULL);
	m->insecure = false;
}

static bool
move_endpoint(struct config_model *m, const char *text, const char *blamed, struct err *err)
{
	struct endpoint to;

	if (!endpoint_parse(&to, text, err))
		return blame(blamed, err);
	forget_secrets_unless_same_origin(m, &to);
	replace(&m->endpoint, text);
	endpoint_release(&to);
	return true;
}

static bool
apply_endpoint(struct config_model *m, const char *flag, struct err *err)
{
	const char *set = variable("FLYNN_ENDPOINT");

	if (flag)
		return move_endpoint(m, flag, "-e: ", err);
	return !set || move_endpoint(m, set, "FLYNN_ENDPOINT: ", err);
}

static bool
apply_token(struct config_model *m, struct err *err)
{
	const char *token = variable(CONFIG_TOKEN_VARIABLE);

	if (!token)
		return true;
	if (!value_token(token, err))
		return blame(CONFIG_TOKEN_VARIABLE " ", err);
	replace(&m->auth_token, token);
	replace(&m->auth_token_command, NULL);
	return true;
}

/* ---- parameters and presets ---- */

/* The text of a file as a parameter's value. */
static bool
apply_file(struct config *c, const char *option, const char *path, const char *name, struct err *err)
{
	const struct parameter *p = parameter_find(name, err);
	char *text, *value;

	start_limit_enter(path);
	text = text_file_read(path, err);
	start_limit_leave();
	value = text ? parameter_parse(p, text, err) : NULL;
	if (text && !value)
		err_set(err, ERR_USAGE, "%s: %s", path,
		        p->type == PARAMETER_OBJECT ? "this is no JSON object" : "it is empty");
	free(text);
	if (!value)
		return blame(option, err);
	parameters_set(&c->parameters, p, value);
	return true;
}

static bool
apply_parameters(struct config *c, const struct config_flags *flags, struct err *err)
{
	for (size_t i = 0; i < flags->set.n; i++)
		if (!parameters_set_typed(&c->parameters, flags->set.items[i], err))
			return blame("--set: ", err);
	if (flags->schema && flags->grammar)
		return err_set(err, ERR_USAGE, "--schema and --grammar exclude each other: give one of them");
	if (flags->schema && !apply_file(c, "--schema ", flags->schema, "json_schema", err))
		return false;
	if (flags->grammar && !apply_file(c, "--grammar ", flags->grammar, "grammar", err))
		return false;
	return parameters_check(&c->parameters, err);
}

static bool
apply_preset(struct config *c, const char *name, struct err *err)
{
	c->no_preset = name && strcmp(name, "-") == 0;
	if (!name || c->no_preset)
		return true;
	c->preset = config_preset(c, name, err);
	return c->preset || blame("--preset: ", err);
}

static bool
apply(struct config *c, const struct config_flags *flags, struct err *err)
{
	const char *preset_model;

	if (!apply_preset(c, flags->preset, err) || !apply_parameters(c, flags, err))
		return false;
	preset_model = c->preset ? c->preset->model : NULL;
	if (!choose_model(c, flags->model ? flags->model : preset_model, err) ||
	        !apply_endpoint(c->model, flags->endpoint, err) || !apply_token(c->model, err))
		return false;
	if (flags->timeout && !value_seconds(flags->timeout, &c->model->timeout_ms, err))
		return blame("--timeout ", err);
	if (!model_check_parameters(c->model->provider, c->model->name, &c->parameters, err) ||
	        (c->preset && !model_check_parameters(c->model->provider, c->model->name, &c->preset->parameters, err)))
		return false;
	c->system = mem_strdup(flags->system);
	/* It ranks above that of any model that is changed to. */
	for (size_t i = 0; flags->system && i < c->n_models; i++)
		replace(&c->models[i].system, flags->system);
	return true;
}

/* Before the environment has taken its place. */
static bool
holds_token(const struct config *c)
{
	for (size_t i = 0; i < c->n_models; i++)
		if (c->models[i].auth_token)
			return true;
	return false;
}

bool
config_load(struct config *c, const struct config_flags *flags, struct err *err)
{
	*c = (struct config){.path = flags->file ? mem_strdup(flags->file) : paths_config(),
	        .attach_limits = attachment_default_limits(),
	        .images = true};
	if (!file_load(c, flags->file != NULL, err)) {
		config_release(c);
		return false;
	}
	c->file_holds_token = holds_token(c);
	if (c->n_models == 0)
		add_default_model(c);
	if (!c->prompts_folder)
		c->prompts_folder = paths_beside(c->path, "prompts");
	if (apply(c, flags, err))
		return true;
	config_release(c);
	return false;
}

void
config_for_endpoint(struct config *c, const char *endpoint)
{
	*c = (struct config){.attach_limits = attachment_default_limits(), .images = true};
	add_default_model(c);
	c->model->endpoint = mem_strdup(endpoint);
}
