/*
 * say.h - words for the person at the terminal, on standard error: each line begins "flynn: " and is cleaned.
 */
#ifndef FLYNN_CMD_SAY_H
#define FLYNN_CMD_SAY_H

#include "base/compiler.h"
#include "base/err.h"

void say(const char *format, ...) PRINTF_LIKE(1, 2);

/* Says it, and returns its exit status. */
int say_err(const struct err *);

#endif
