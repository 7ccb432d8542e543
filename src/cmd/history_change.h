/*
 * history_change.h - `flynn history delete` and `prune`.
 */
#ifndef FLYNN_CMD_HISTORY_CHANGE_H
#define FLYNN_CMD_HISTORY_CHANGE_H

#include "cmd/options.h"

int cmd_history_delete(const struct options *);
int cmd_history_prune(const struct options *);

#endif
