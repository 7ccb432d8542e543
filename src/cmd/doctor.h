/*
 * doctor.h - `flynn doctor`: is all well, line by line, and what to do where it is not.
 */
#ifndef FLYNN_CMD_DOCTOR_H
#define FLYNN_CMD_DOCTOR_H

#include "cmd/options.h"

int cmd_doctor(const struct options *); /* the exit status: 0 when every line is good */

#endif
