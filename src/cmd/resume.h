/*
 * resume.h - `flynn resume [ID]`.
 */
#ifndef FLYNN_CMD_RESUME_H
#define FLYNN_CMD_RESUME_H

#include "cmd/options.h"

int cmd_resume(const struct options *); /* the exit status */

#endif
