/*
 * demo.h - `flynn demo`: the full screen, with a tour in place of a server.
 */
#ifndef FLYNN_CMD_DEMO_H
#define FLYNN_CMD_DEMO_H

#include "cmd/options.h"

int cmd_demo(const struct options *); /* the exit status */

#endif
