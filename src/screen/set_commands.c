/*
 * set_commands.c - "/set", "/set NAME", "/set NAME VALUE" and "/set NAME default". "NAME=VALUE" is taken too, as on the command line.
 */
#include "screen/set_commands.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "pages/parameter_page.h"

enum {
	SHOWN_MAX = 60, /* bytes of a value */
};

static const char spaces[] = " \t\n", word_for_default[] = "default";

/* ---- words ---- */

static void
put_value(struct buf *out, const struct parameter *p, const char *json)
{
	char *shown = parameter_show(p, json);
	size_t len = strlen(shown), n = len > SHOWN_MAX ? utf8_floor(shown, SHOWN_MAX) : len;

	buf_printf(out, "%.*s%s", (int)n, shown, n < len ? "…" : "");
	free(shown);
}

/* "0.3 (preset coder)", "the server's default, 0.8" */
static void
put_what_holds(const struct app *app, const struct parameter *p, struct buf *out)
{
	const struct talk *talk = app->pane->talk;
	enum setting_source source;
	const char *json = settings_get(app, talk, p, &source);

	if (json) {
		put_value(out, p, json);
		buf_puts(out, " (");
		settings_put_source(app, talk, source, out);
		buf_puts(out, settings_is_sent(talk, p) ? ")" : "; not sent: the model takes none)");
		return;
	}
	buf_puts(out, "the server's default");
	json = settings_default(talk, p);
	if (json) {
		buf_puts(out, ", ");
		put_value(out, p, json);
	} else if (settings_lacks_defaults(talk)) {
		buf_puts(out, ", known once it has loaded the model");
	}
}

static bool
say(struct app *app, struct buf *words)
{
	app_say(app, false, buf_text(words));
	buf_release(words);
	return true;
}

/* ---- what is done ---- */

static bool
tell(struct app *app, const struct parameter *p)
{
	char *takes = parameter_takes(p);
	enum setting_source source;
	const char *json = settings_default(app->pane->talk, p);
	struct buf words = {0};

	buf_printf(&words, "%s: ", p->name);
	put_what_holds(app, p, &words);
	if (settings_get(app, app->pane->talk, p, &source) && json) {
		buf_puts(&words, ", the server's default is ");
		put_value(&words, p, json);
	}
	buf_printf(&words, " · takes %s", takes);
	settings_put_bound(app->pane->talk, p, &words);
	buf_printf(&words, " · %s", p->help);
	free(takes);
	return say(app, &words);
}

static bool
take_back(struct app *app, const struct parameter *p)
{
	enum setting_source source;
	bool was_set = settings_get(app, app->pane->talk, p, &source) && source == SETTING_OF_CONVERSATION;
	struct buf words = {0};

	if (was_set)
		settings_set_json(app, p, NULL);
	buf_printf(&words, was_set ? "%s is back to " : "%s was not set for this conversation: it is ", p->name);
	put_what_holds(app, p, &words);
	return say(app, &words);
}

/* Of a schema and a grammar one gives way. */
static const char *
other_of_two(const struct app *app, const struct parameter *p)
{
	const struct parameters *set = &conversation_info(app->pane->talk->session.conversation)->parameters;
	const char *other = strcmp(p->name, "grammar") == 0       ? "json_schema"
	                    : strcmp(p->name, "json_schema") == 0 ? "grammar"
	                                                          : NULL;

	return other && parameters_has(set, other) ? other : NULL;
}

static bool
set(struct app *app, const struct parameter *p, const char *typed)
{
	const char *other = other_of_two(app, p), *json;
	enum setting_source source;
	struct buf words = {0};

	if (!settings_set(app, p, typed))
		return false;
	json = settings_get(app, app->pane->talk, p, &source);
	buf_printf(&words, "%s ", p->name);
	put_value(&words, p, json ? json : "");
	buf_puts(&words, ", from the next message on");
	settings_put_bound(app->pane->talk, p, &words);
	if (other)
		buf_printf(&words, "; %s is reset", other);
	return say(app, &words);
}

/* ---- for the table of commands ---- */

bool
set_command_run(struct app *app, const char *argument)
{
	size_t len = strcspn(argument, " \t\n=");
	const char *value = argument + len + strspn(argument + len, spaces);
	char *name = mem_strndup(argument, len);
	struct err err;
	const struct parameter *p = parameter_find(name, &err);
	enum setting_source source;

	free(name);
	if (!*argument) {
		parameter_page_open(app);
		return true;
	}
	if (!p)
		return app_refuse(app, err.text);
	if (*value == '=')
		value += 1 + strspn(value + 1, spaces);
	if (!*value)
		return settings_get(app, app->pane->talk, p, &source) || settings_takes(app, p) ? tell(app, p) : false;
	if (strcmp(value, word_for_default) == 0)
		return take_back(app, p);
	return set(app, p, value);
}

/* A number's value that holds is offered too: it is there to be changed. */
static const char *
number_now(const struct app *app, const struct parameter *p)
{
	enum setting_source source;
	const char *json = settings_get(app, app->pane->talk, p, &source);

	if (p->type != PARAMETER_NUMBER && p->type != PARAMETER_INTEGER)
		return NULL;
	return json ? json : settings_default(app->pane->talk, p);
}

static const char *
value_candidate(const struct app *app, const struct parameter *p, size_t i)
{
	const char *now = number_now(app, p);
	size_t n = 0;

	while (parameter_candidate(p, n))
		n++;
	if (i < n)
		return parameter_candidate(p, i);
	if (now && i == n)
		return now;
	return i == n + (now ? 1 : 0) ? word_for_default : NULL;
}

const char *
set_command_candidate(const struct app *app, const char *first, size_t i)
{
	size_t n;
	const struct parameter *table = parameter_table(&n), *p;
	struct err ignored;

	if (!*first)
		return i < n ? table[i].name : NULL;
	p = parameter_find(first, &ignored);
	return p ? value_candidate(app, p, i) : NULL;
}
