/*
 * math_command.h - for math_layout.c: commands that have arguments.
 */
#ifndef FLYNN_TEXT_MATH_COMMAND_H
#define FLYNN_TEXT_MATH_COMMAND_H

#include <stdbool.h>

#include "text/math_parser.h"

/* After its name. */
bool math_parse_with_arguments(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
