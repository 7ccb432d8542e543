/*
 * role_commands.c - a name chooses; without one there is a list to choose from.
 */
#include "screen/role_commands.h"

#include <string.h>

#include "app/app.h"
#include "app/preset.h"
#include "pages/preset_list.h"

bool
preset_command(struct app *app, const char *argument)
{
	if (*argument)
		return preset_use(app, strcmp(argument, "-") == 0 ? NULL : argument);
	preset_list_open(app);
	return true;
}

const char *
preset_candidate(const struct app *app, size_t i)
{
	return i < app->config->presets.n ? app->config->presets.items[i].name : NULL;
}
