/*
 * preset.c - everything that may fail comes first, so that all of a preset is used or nothing.
 */
#include "app/preset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/hidden.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chat/title.h"
#include "text/clean.h"

/* The link that a preset's model leads to; the conversation's own where it names none. NULL: err says why. */
static struct link *
find_link(struct app *app, const struct config_preset *preset, struct err *err)
{
	const struct link *now = app->pane->talk->link;

	return preset->model ? model_find_link(app, preset->model, err) : links_get(app, now->model, now->asked, err);
}

static void
put_preset(struct talk *talk, const char *name)
{
	struct conversation *c = talk->session.conversation;

	buf_clear(&conversation_info(c)->preset);
	buf_puts(&conversation_info(c)->preset, name);
	conversation_touch_info(c);
}

/* The system text is that of its preset. */
static bool
has_text_of_preset(const struct app *app, const struct talk *talk)
{
	const struct config_preset *preset = settings_preset(app, talk);
	const char *system = conversation_system(talk->session.conversation);

	return preset && preset->system && system && strcmp(system, preset->system) == 0;
}

/* The text of the preset before goes: what it took the place of comes back, else that of the model holds. */
static void
take_text_back(const struct app *app, struct talk *talk, const struct link *link)
{
	if (!talk_bring_system_back(talk))
		conversation_set_system(talk->session.conversation, settings_system(app, talk, link));
}

/* False: it had none. */
static bool
drop_preset(struct app *app, struct talk *talk)
{
	bool had_one = conversation_info(talk->session.conversation)->preset.len > 0;
	bool with_text = has_text_of_preset(app, talk);

	if (had_one)
		put_preset(talk, "");
	if (with_text)
		take_text_back(app, talk, talk->link);
	return had_one;
}

static bool
leave_preset(struct app *app)
{
	bool had_one = drop_preset(app, app->pane->talk);

	app_say(app, false, had_one ? "no preset from the next message on" : "there is no preset");
	app->stale = true;
	return true;
}

static void
say_used(struct app *app, const struct config_preset *preset)
{
	struct buf words = {0};

	buf_printf(&words, "preset %s from the next message on: ", preset->name);
	preset_put_words(preset, &words);
	app_say(app, false, buf_text(&words));
	buf_release(&words);
}

/* A preset's text comes in place of the present one. */
static void
put_text(const struct app *app, struct talk *talk, const struct link *link)
{
	if (model_has_own_system(app, talk))
		talk_keep_system(talk);
	talk->system_said = false;
	conversation_set_system(talk->session.conversation, settings_system(app, talk, link));
}

/* With its text, or that from before where only the one before it had a text. */
static void
give_preset(struct app *app, struct talk *talk, const struct config_preset *preset, const struct link *link)
{
	bool had_text = has_text_of_preset(app, talk);

	put_preset(talk, preset->name);
	if (preset->system)
		put_text(app, talk, link);
	else if (had_text)
		take_text_back(app, talk, link);
}

bool
preset_use(struct app *app, const char *name)
{
	struct talk *talk = app->pane->talk;
	struct err err;
	const struct config_preset *preset;
	struct link *link;
	bool warned = false;

	if (model_names_wait(app))
		return false;
	if (!name)
		return leave_preset(app);
	preset = config_preset(app->config, name, &err);
	link = preset ? find_link(app, preset, &err) : NULL;
	if (!link || !model_check_parameters(link->model->provider, model_name_of(link), &preset->parameters, &err))
		return app_refuse(app, err.text);
	give_preset(app, talk, preset, link);
	if (link != talk->link)
		warned = model_give(app, talk, link);
	if (!warned)
		say_used(app, preset);
	app->stale = true;
	return true;
}

bool
preset_chooses_model(const struct app *app)
{
	return app->config->preset && app->config->preset->model && !app->keeper->first.model_given;
}

void
preset_of_command_line(struct app *app, struct talk *talk)
{
	struct conversation *c = talk->session.conversation;
	const struct config_preset *preset = app->config->preset;

	if (!parameters_is_empty(&app->config->parameters)) {
		parameters_merge(&conversation_info(c)->parameters, &app->config->parameters);
		conversation_touch_info(c);
	}
	if (app->config->no_preset)
		(void)drop_preset(app, talk);
	if (!preset)
		return;
	give_preset(app, talk, preset, talk->link);
	if (preset_chooses_model(app))
		model_give(app, talk, app->links[0]);
}

/* ---- in words ---- */

static void
put_part(struct buf *out, size_t start, const char *before, const char *part)
{
	if (*part)
		buf_printf(out, "%s%s%s", out->len > start ? " · " : "", before, part);
}

void
preset_put_words(const struct config_preset *preset, struct buf *out)
{
	struct buf system = {0}, parameters = {0};
	size_t start = out->len;

	if (preset->system)
		title_from_prompt(preset->system, &system);
	parameters_put_words(&preset->parameters, &parameters);
	put_part(out, start, "", buf_text(&system));
	put_part(out, start, "", buf_text(&parameters));
	put_part(out, start, "model ", preset->model ? preset->model : "");
	if (out->len == start)
		buf_puts(out, "nothing in it");
	buf_release(&system);
	buf_release(&parameters);
}

void
preset_word(const struct app *app, const struct talk *talk, char word[static PRESET_WORD_MAX])
{
	const struct buf *name = &conversation_info(talk->session.conversation)->preset;
	bool gone = name->len > 0 && !settings_preset(app, talk) && !hidden_is_on(app);
	char *clean = clean_line(hidden_is_on(app) ? "" : buf_text(name));
	size_t n = utf8_floor(clean, strnlen(clean, PRESET_WORD_MAX - sizeof(" is gone")));

	snprintf(word, PRESET_WORD_MAX, "%.*s%s", (int)n, clean, gone ? " is gone" : "");
	free(clean);
}

void
preset_miss(struct app *app, struct talk *talk)
{
	const struct buf *name = &conversation_info(talk->session.conversation)->preset;
	char *words;

	if (talk->preset_missed || name->len == 0 || settings_preset(app, talk))
		return;
	talk->preset_missed = true;
	words = mem_printf(
	        "preset %s is gone: it is not in the configuration, and requests go without it", buf_text(name));
	app_say(app, true, words);
	free(words);
}
