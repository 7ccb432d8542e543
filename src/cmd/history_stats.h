/*
 * history_stats.h - `flynn history stats`.
 */
#ifndef FLYNN_CMD_HISTORY_STATS_H
#define FLYNN_CMD_HISTORY_STATS_H

#include "cmd/options.h"

int cmd_history_stats(const struct options *);

#endif
