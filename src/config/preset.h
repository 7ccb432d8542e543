/*
 * preset.h - `presets:` of the configuration file: names, and below each a system prompt, parameters and a model.
 */
#ifndef FLYNN_CONFIG_PRESET_H
#define FLYNN_CONFIG_PRESET_H

#include <stdbool.h>

#include "config/key_table.h"

bool take_presets(const struct reader *, const struct tree *, void *to); /* struct config_presets */

const struct key_table *preset_keys_table(void); /* of one of them */

#endif
