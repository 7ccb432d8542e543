/*
 * models_order.h - `flynn models load NAME` and `unload NAME`: ask the server, and wait until it is so.
 *
 * Exit status 0: it is so. 1: the server refused, failed or has no such model; else that of the error. A signal ends the
 * wait, not what the server does.
 */
#ifndef FLYNN_CMD_MODELS_ORDER_H
#define FLYNN_CMD_MODELS_ORDER_H

#include "cmd/options.h"

int cmd_models_load(const struct options *);
int cmd_models_unload(const struct options *);

#endif
