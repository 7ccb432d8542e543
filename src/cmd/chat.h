/*
 * chat.h - `flynn`: the full screen.
 */
#ifndef FLYNN_CMD_CHAT_H
#define FLYNN_CMD_CHAT_H

#include "cmd/options.h"

int cmd_chat(const struct options *); /* the exit status */

#endif
