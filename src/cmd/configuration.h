/*
 * configuration.h - the configuration, checked as the full screen checks it.
 */
#ifndef FLYNN_CMD_CONFIGURATION_H
#define FLYNN_CMD_CONFIGURATION_H

#include <stdbool.h>

#include "base/err.h"
#include "config/config_load.h"

/* As config_load, and its `keys:` too. False: there is nothing to release. */
bool configuration_load(struct config *, const struct config_flags *, struct err *) MUST_USE;

#endif
