/*
 * chat.h - `flynn`: the full screen.
 */
#ifndef FLYNN_CMD_CHAT_H
#define FLYNN_CMD_CHAT_H

#include "base/log.h"
#include "cmd/options.h"

int cmd_chat(const struct options *); /* the exit status */

/* The same with a configuration that is there already; the log may be NULL. */
int chat_with(const struct config *, struct log *);

#endif
