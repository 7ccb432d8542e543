/*
 * doctor_history.h - the lines of `flynn doctor` about the history.
 */
#ifndef FLYNN_CMD_DOCTOR_HISTORY_H
#define FLYNN_CMD_DOCTOR_HISTORY_H

#include "cmd/report.h"

/* May take as long as reading all of the file; signals (base/signals.h) end it. */
void doctor_history(struct report *);

#endif
