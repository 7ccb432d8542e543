/*
 * history_import.h - `flynn history import`.
 */
#ifndef FLYNN_CMD_HISTORY_IMPORT_H
#define FLYNN_CMD_HISTORY_IMPORT_H

#include "cmd/options.h"

int cmd_history_import(const struct options *);

#endif
