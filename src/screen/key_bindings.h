/*
 * key_bindings.h - what keys do in the full screen: the actions of a table, the default keys (screen/default_keys.h), and over them those of
 * the configuration.
 */
#ifndef FLYNN_SCREEN_KEY_BINDINGS_H
#define FLYNN_SCREEN_KEY_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "config/config.h"
#include "tui/keymap.h"

void keys_init_default(struct keymap *, const struct action *actions, size_t n);

/* The default keys, and those of the configuration over them. False, with ERR_CONFIG and the file's line; nothing is to be
 * released then. */
bool keys_init(struct keymap *, const struct keymap *defaults, const struct config *, struct err *) MUST_USE;

#endif
