/*
 * doctor_roles.h - what `flynn doctor` says of parameters, presets and the library of prompts. It shows no system prompt and
 * nothing of extra:, since its output ends up in bug reports.
 */
#ifndef FLYNN_CMD_DOCTOR_ROLES_H
#define FLYNN_CMD_DOCTOR_ROLES_H

#include "cmd/report.h"
#include "config/config.h"

void doctor_roles(struct report *, const struct config *);

#endif
