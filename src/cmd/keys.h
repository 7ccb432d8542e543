/*
 * keys.h - `flynn keys`: which key does what, with the configuration's keys among them.
 */
#ifndef FLYNN_CMD_KEYS_H
#define FLYNN_CMD_KEYS_H

#include "cmd/options.h"

int cmd_keys(const struct options *); /* the exit status */

#endif
