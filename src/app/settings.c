/*
 * settings.c - three sets of parameters, one over the other.
 */
#include "app/settings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/hidden.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/mem.h"
#include "llama/refusal.h"

static struct conversation_info *
info_of(const struct talk *talk)
{
	return conversation_info(talk->session.conversation);
}

void
settings_begin(struct app *app, struct talk *talk)
{
	const struct config_preset *preset = app->config->preset;

	parameters_merge(&info_of(talk)->parameters, &app->config->parameters);
	if (preset)
		buf_puts(&info_of(talk)->preset, preset->name);
}

const struct config_preset *
settings_preset(const struct app *app, const struct talk *talk)
{
	const struct buf *name = &info_of(talk)->preset;
	struct err ignored;

	return name->len > 0 ? config_preset(app->config, buf_text(name), &ignored) : NULL;
}

const char *
settings_system(const struct app *app, const struct talk *talk, const struct link *link)
{
	const struct config_preset *preset = settings_preset(app, talk);

	if (app->config->system)
		return app->config->system;
	return preset && preset->system ? preset->system : link->model->system;
}

bool
settings_is_sent(const struct talk *talk, const struct parameter *p)
{
	return model_takes(link_client(talk->link), p);
}

/* What was set for another model stays set, and is not sent to one that takes no such parameter. */
static void
drop_untaken(const struct talk *talk, struct parameters *set)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++)
		if (!settings_is_sent(talk, &table[i]))
			parameters_set(set, &table[i], NULL);
}

void
settings_effective(const struct app *app, const struct talk *talk, struct parameters *out)
{
	const struct config_preset *preset = settings_preset(app, talk);

	*out = (struct parameters){0};
	parameters_merge(out, &talk->link->model->parameters);
	if (preset)
		parameters_merge(out, &preset->parameters);
	parameters_merge(out, &info_of(talk)->parameters);
	drop_untaken(talk, out);
}

/* A schema is not sent where a grammar over it is, nor the other way round. */
static bool
is_hidden(const struct parameter *p, const struct parameters *over)
{
	return (strcmp(p->name, "json_schema") == 0 && parameters_has(over, "grammar")) ||
	       (strcmp(p->name, "grammar") == 0 && parameters_has(over, "json_schema"));
}

const char *
settings_get(const struct app *app, const struct talk *talk, const struct parameter *p, enum setting_source *source)
{
	static const struct parameters none;
	const struct config_preset *preset = settings_preset(app, talk);
	const struct {
		const struct parameters *set;
		enum setting_source source;
	} all[] = {{&info_of(talk)->parameters, SETTING_OF_CONVERSATION},
	        {preset ? &preset->parameters : &none, SETTING_OF_PRESET},
	        {&talk->link->model->parameters, SETTING_OF_MODEL}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		const char *json = parameters_get(all[i].set, p);

		*source = all[i].source;
		if (json)
			return json;
		if (is_hidden(p, all[i].set))
			break;
	}
	*source = SETTING_OF_SERVER;
	return NULL;
}

const char *
settings_default(const struct talk *talk, const struct parameter *p)
{
	return parameters_get(&talk->link->defaults, p);
}

bool
settings_lacks_defaults(const struct talk *talk)
{
	return talk->link->server.router && parameters_is_empty(&talk->link->defaults);
}

void
settings_put_unsent(const struct app *app, const struct talk *talk, struct buf *out)
{
	size_t n, start = out->len;
	const struct parameter *table = parameter_table(&n);
	enum setting_source source;

	for (size_t i = 0; i < n; i++)
		if (!settings_is_sent(talk, &table[i]) && settings_get(app, talk, &table[i], &source))
			buf_printf(out, "%s%s", out->len > start ? ", " : "", table[i].name);
}

void
settings_put_source(const struct app *app, const struct talk *talk, enum setting_source source, struct buf *out)
{
	const struct config_preset *preset = settings_preset(app, talk);

	switch (source) {
	case SETTING_OF_CONVERSATION:
		buf_puts(out, "this conversation");
		break;
	case SETTING_OF_PRESET:
		buf_printf(out, "preset %s", hidden_model(app, preset ? preset->name : ""));
		break;
	case SETTING_OF_MODEL:
		buf_printf(out, "model %s", hidden_model(app, talk->link->model->name));
		break;
	case SETTING_OF_SERVER:
		buf_puts(out, "the server");
		break;
	}
}

/* Removes the parameter that excludes the new one. */
static void
make_way(struct parameters *set, const struct parameter *p)
{
	const char *other = strcmp(p->name, "json_schema") == 0 ? "grammar"
	                    : strcmp(p->name, "grammar") == 0   ? "json_schema"
	                                                        : NULL;

	if (other)
		parameters_set(set, parameter_named(other), NULL);
}

void
settings_set_json(struct app *app, const struct parameter *p, char *json)
{
	struct parameters *set = &info_of(app->pane->talk)->parameters;

	if (json)
		make_way(set, p);
	parameters_set(set, p, json);
	conversation_touch_info(app->pane->talk->session.conversation);
	app->stale = true;
}

void
settings_replace(struct app *app, const struct parameters *with)
{
	struct parameters *set = &info_of(app->pane->talk)->parameters;

	parameters_release(set);
	parameters_copy(set, with);
	conversation_touch_info(app->pane->talk->session.conversation);
	app->stale = true;
}

bool
settings_takes(struct app *app, const struct parameter *p)
{
	const struct link *link = app->pane->talk->link;
	char *words;

	if (settings_is_sent(app->pane->talk, p))
		return true;
	words = mem_printf("%s takes no %s: it is of llama-server alone", link->model->name, p->name);
	(void)app_refuse(app, words);
	free(words);
	return false;
}

bool
settings_set(struct app *app, const struct parameter *p, const char *typed)
{
	struct err err;
	char *json;
	struct buf words = {0};

	if (typed && !settings_takes(app, p))
		return false;
	json = typed ? parameter_parse(p, typed, &err) : NULL;
	if (!typed || json) {
		settings_set_json(app, p, json);
		return true;
	}
	buf_puts(&words, err.text);
	settings_put_bound(app->pane->talk, p, &words);
	(void)app_refuse(app, buf_text(&words));
	buf_release(&words);
	return false;
}

void
settings_put_bound(const struct talk *talk, const struct parameter *p, struct buf *out)
{
	int64_t n_ctx = talk->link->server.n_ctx;

	if (n_ctx > 0 && strcmp(p->name, "max_tokens") == 0)
		buf_printf(out, "; the context has %" PRId64 " tokens", n_ctx);
}

/* ---- refusals ---- */

/* "/set top_k default resets it"; of a preset or a model only another value does, and so it is with what flynn asks for by itself. */
static void
put_way_out(const struct app *app, const struct talk *talk, const struct parameter *p, struct buf *out)
{
	enum setting_source source;

	(void)settings_get(app, talk, p, &source);
	if (source == SETTING_OF_CONVERSATION) {
		buf_printf(out, "/set %s default resets it", p->name);
		return;
	}
	if (source != SETTING_OF_SERVER) {
		buf_printf(out, "%s is set by ", p->name);
		settings_put_source(app, talk, source, out);
		buf_puts(out, ", ");
	}
	buf_printf(out, "/set %s VALUE overrides it", p->name);
}

void
settings_explain(const struct app *app, const struct talk *talk, const struct buf *sent, struct err *why)
{
	struct parameters set = {0};
	const struct parameter *p = NULL;
	struct buf words = {0};

	if (why->code == ERR_SERVER && parameters_read_json(&set, buf_text(sent), sent->len))
		p = refusal_parameter(why->text, &set);
	if (p) {
		buf_printf(&words, "%s: ", why->text);
		put_way_out(app, talk, p, &words);
		err_set(why, why->code, "%s", buf_text(&words));
	}
	buf_release(&words);
	parameters_release(&set);
}

/* ---- thinking ---- */

void
settings_put_thinking(const struct app *app, const struct talk *talk, struct buf *out)
{
	static const struct {
		const char *name, *before, *after;
	} rows[] = {{"thinking", "thinking ", ""}, {"reasoning_effort", "thinking ", ""},
	        {"thinking_budget_tokens", "thinking up to ", " tokens"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct parameter *p = parameter_named(rows[i].name);
		enum setting_source source;
		const char *json = settings_get(app, talk, p, &source);
		char *shown = json ? parameter_show(p, json) : NULL;

		if (shown)
			buf_printf(out, "%s%s%s%s", out->len > 0 ? ", " : "", rows[i].before, shown, rows[i].after);
		free(shown);
	}
}
