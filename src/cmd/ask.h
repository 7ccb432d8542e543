/*
 * ask.h - `flynn ask`: one prompt, the reply on standard output, everything else on standard error.
 */
#ifndef FLYNN_CMD_ASK_H
#define FLYNN_CMD_ASK_H

#include "cmd/options.h"

int cmd_ask(const struct options *); /* the exit status */

#endif
