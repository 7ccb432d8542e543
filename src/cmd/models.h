/*
 * models.h - `flynn models`: the models of all configured servers, as text or JSON; and those that load and unload one.
 */
#ifndef FLYNN_CMD_MODELS_H
#define FLYNN_CMD_MODELS_H

#include "cmd/command.h"

int cmd_models(const struct options *);
const struct command *models_commands(size_t *n);

#endif
