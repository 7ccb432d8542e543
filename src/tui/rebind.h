/*
 * rebind.h - the user's keys over the default ones: the same lines (tui/keymap.h), and what they may not do. Some keys
 * never change, so that hands, hints and the way out hold everywhere: Enter sends, Esc and Ctrl+C stop, Ctrl+Q quits.
 */
#ifndef FLYNN_TUI_REBIND_H
#define FLYNN_TUI_REBIND_H

#include <stdbool.h>

#include "base/err.h"
#include "tui/keymap.h"

/* Binds or unbinds what the line says, which stands in line `number` of the configuration. False, with ERR_CONFIG: the
 * keymap is as it was. */
bool rebind(struct keymap *, const char *line, int number, struct err *) MUST_USE;

#endif
