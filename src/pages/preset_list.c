/*
 * preset_list.c - a row for each preset with what it has, and a last one for none.
 */
#include "pages/preset_list.h"

#include <string.h>

#include "app/app.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/preset.h"
#include "app/settings.h"
#include "app/talk.h"
#include "pages/choice_list.h"

static const char none[] = "none";

/* Configured, or no longer. */
static const char *
name_in_use(const struct app *app)
{
	const struct buf *name = &conversation_info(app->pane->talk->session.conversation)->preset;

	return name->len > 0 ? buf_text(name) : NULL;
}

static void
add_configured(struct app *app, const struct config_preset *preset, const char *in_use)
{
	struct buf words = {0};

	preset_put_words(preset, &words);
	choice_list_add(
	        app, preset->name, buf_text(&words), in_use && strcmp(in_use, preset->name) == 0 ? "in use" : "");
	buf_release(&words);
}

static void
fill(struct app *app)
{
	const char *in_use = name_in_use(app);

	for (size_t i = 0; i < app->config->presets.n; i++)
		add_configured(app, &app->config->presets.items[i], in_use);
	if (in_use && !settings_preset(app, app->pane->talk))
		choice_list_add(app, in_use, "configured no longer", "gone");
	if (in_use || app->config->presets.n > 0)
		choice_list_add(app, none, "no preset", in_use ? "" : "in use");
}

static void
put_empty(const struct app *app, struct buf *out)
{
	if (app->config->presets.n > 0)
		buf_puts(out, "no preset is called so");
	else
		buf_printf(out,
		        "There are no presets yet. One looks like this, in the file\n%s\n\n"
		        "presets:\n  translator:\n    system: Translate what I write into English.\n"
		        "    parameters: {temperature: 0.2}\n    # model: as -m takes it",
		        app->config->path ? app->config->path : "config.yaml");
}

static void
choose(struct app *app, const char *name)
{
	struct err ignored;

	(void)preset_use(app, strcmp(name, none) == 0 && !config_preset(app->config, none, &ignored) ? NULL : name);
}

static const struct choices presets = {
        .label = "Presets", .use = "use it here", .put_empty = put_empty, .fill = fill, .choose = choose};

void
preset_list_open(struct app *app)
{
	if (model_names_wait(app))
		return;
	choice_list_open(app, &presets);
}
