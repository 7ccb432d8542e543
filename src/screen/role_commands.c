/*
 * role_commands.c - a name chooses; without one there is a list to choose from.
 */
#include "screen/role_commands.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/preset.h"
#include "base/compiler.h"
#include "pages/preset_list.h"
#include "pages/prompt_list.h"
#include "system/prompt_reader.h"
#include "text/cluster.h"

/* ---- presets ---- */

bool
preset_command(struct app *app, const char *argument)
{
	if (*argument)
		return preset_use(app, strcmp(argument, "-") == 0 ? NULL : argument);
	preset_list_open(app);
	return true;
}

const char *
preset_candidate(const struct app *app, const char *first, size_t i)
{
	return !*first && i < app->config->presets.n ? app->config->presets.items[i].name : NULL;
}

/* ---- prompts ---- */

bool
prompt_command(struct app *app, const char *argument)
{
	if (!app->config->prompts_folder)
		return app_refuse(app, "there is no library of prompts here");
	if (*argument)
		prompt_reader_read(app->prompt_reader, argument);
	else
		prompt_list_open(app);
	return true;
}

/* What is there now is read meanwhile, for the next time. */
const char *
prompt_candidate(const struct app *app, const char *first, size_t i)
{
	const struct prompt_files *files = prompt_reader_files(app->prompt_reader);

	if (i == 0)
		prompt_reader_list(app->prompt_reader);
	return !*first && i < files->n ? files->items[i].name : NULL;
}

/* A mark in the middle of a cluster stands after it. */
static size_t
between_clusters(const char *text, size_t at)
{
	size_t n = strlen(text), place = 0;

	while (place < at)
		place += cluster_length(text + place, n - place);
	return place;
}

/* What stood there comes back by undo. */
static void
put_prompt(struct app *app)
{
	struct composer *c = &app->composer;
	size_t cursor;
	char *text = prompt_reader_take(app->prompt_reader, &cursor);
	bool was_blank = composer_is_blank(c);
	struct buf words = {0};

	if (!composer_replace_pasted(c, text, strlen(text))) {
		app_say(app, true, "the prompt is too long for the input");
	} else {
		composer_move(c, between_clusters(text, cursor));
		if (!was_blank && keymap_say_action(&app->keymap, CONTEXT_COMPOSER, "undo", &words)) {
			buf_puts(&words, " brings back what stood here");
			app_say(app, false, buf_text(&words));
		}
	}
	buf_release(&words);
	free(text);
	app->stale = true;
}

bool
role_commands_turn(struct app *app)
{
	bool was_listed = prompt_reader_is_listed(app->prompt_reader);
	struct err err;

	switch (prompt_reader_turn(app->prompt_reader, &err)) {
	case PROMPT_READ:
		put_prompt(app);
		break;
	case PROMPT_REFUSED:
		(void)app_refuse(app, err.text);
		break;
	case PROMPT_LISTED:
		prompt_list_refresh(app);
		return !was_listed && app->completes_late;
	case PROMPT_NOTHING:
		break;
	}
	return false;
}
