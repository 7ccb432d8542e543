/*
 * names.h - `flynn names`: what may be typed as a name, for the completions of shells. It asks no server.
 */
#ifndef FLYNN_CMD_NAMES_H
#define FLYNN_CMD_NAMES_H

#include "cmd/options.h"

int cmd_names(const struct options *);

#endif
