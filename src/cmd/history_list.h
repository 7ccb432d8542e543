/*
 * history_list.h - `flynn history list` and `flynn history search`.
 */
#ifndef FLYNN_CMD_HISTORY_LIST_H
#define FLYNN_CMD_HISTORY_LIST_H

#include "cmd/options.h"

int cmd_history_list(const struct options *);
int cmd_history_search(const struct options *);

#endif
