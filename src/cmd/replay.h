/*
 * replay.h - `flynn replay [ID]`: a conversation of the history is played again, on the terminal or into a file.
 */
#ifndef FLYNN_CMD_REPLAY_H
#define FLYNN_CMD_REPLAY_H

#include "cmd/options.h"

int cmd_replay(const struct options *); /* the exit status */

#endif
