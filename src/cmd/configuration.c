/*
 * configuration.c - config/ knows no actions, so that keys are checked up here.
 */
#include "cmd/configuration.h"

#include "screen/actions.h"
#include "tui/keymap.h"

bool
configuration_load(struct config *config, const struct config_flags *flags, struct err *err)
{
	struct keymap map;

	if (!config_load(config, flags, err))
		return false;
	if (actions_keymap(&map, config, err)) {
		keymap_release(&map);
		return true;
	}
	config_release(config);
	*config = (struct config){0};
	return false;
}
