/*
 * history_export.h - `flynn history show` and `flynn history export`.
 */
#ifndef FLYNN_CMD_HISTORY_EXPORT_H
#define FLYNN_CMD_HISTORY_EXPORT_H

#include "cmd/options.h"

int cmd_history_show(const struct options *);
int cmd_history_export(const struct options *);

#endif
