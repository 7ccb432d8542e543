/*
 * keys.h - `keys:` of the configuration: contexts, and below each its keys with their actions. Here they become the lines
 * that tui/keymap.h reads; what contexts, keys and actions there are is not known here.
 */
#ifndef FLYNN_CONFIG_KEYS_H
#define FLYNN_CONFIG_KEYS_H

#include <stdbool.h>

#include "base/err.h"
#include "config/config.h"
#include "config/yaml.h"

/* False, with the line that is wrong in `*line` and what is in `err`. What was read is the caller's to release. */
bool keys_read(const struct tree *, struct config_keys *, int *line, struct err *) MUST_USE;

#endif
