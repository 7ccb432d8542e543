/*
 * math_command.h - for math_layout.c: the commands that read on after their name.
 */
#ifndef FLYNN_TEXT_MATH_COMMAND_H
#define FLYNN_TEXT_MATH_COMMAND_H

#include <stdbool.h>

#include "text/math_parser.h"

/* Parses what follows the name of a command whose kind is greater than MATH_NOTHING. */
bool math_parse_arguments(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
