/*
 * keys_test.h - `flynn keys --test`: each key that is pressed, the bytes that the terminal sends for it, and what it does
 * where. Below what stands on the terminal, so that it can be read and copied afterwards.
 */
#ifndef FLYNN_CMD_KEYS_TEST_H
#define FLYNN_CMD_KEYS_TEST_H

#include <stdbool.h>

#include "tui/keymap.h"

/* Until q, or Ctrl+C twice; the exit status. */
int keys_test(const struct keymap *, bool mouse);

#endif
