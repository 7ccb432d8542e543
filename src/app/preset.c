/*
 * preset.c - everything that may fail comes first, so that all of a preset is used or nothing.
 */
#include "app/preset.h"

#include <string.h>

#include "app/app.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"

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

static bool
leave_preset(struct app *app)
{
	struct talk *talk = app->pane->talk;
	const struct config_preset *preset = settings_preset(app, talk);
	const char *system = conversation_system(talk->session.conversation);
	bool its_own = preset && preset->system && system && strcmp(system, preset->system) == 0;

	put_preset(talk, "");
	if (its_own)
		conversation_set_system(talk->session.conversation, settings_system(app, talk, talk->link));
	app->stale = true;
	return true;
}

bool
preset_use(struct app *app, const char *name)
{
	struct talk *talk = app->pane->talk;
	struct err err;
	const struct config_preset *preset;
	struct link *link;

	if (!name)
		return leave_preset(app);
	preset = config_preset(app->config, name, &err);
	link = preset ? find_link(app, preset, &err) : NULL;
	if (!link)
		return app_refuse(app, err.text);
	put_preset(talk, preset->name);
	if (preset->system) {
		talk->system_said = false;
		conversation_set_system(talk->session.conversation, settings_system(app, talk, link));
	}
	if (link != talk->link)
		model_give(app, talk, link);
	app->stale = true;
	return true;
}
