/*
 * math_environment.h - for math_command.c: \begin{…} and what ends it.
 */
#ifndef FLYNN_TEXT_MATH_ENVIRONMENT_H
#define FLYNN_TEXT_MATH_ENVIRONMENT_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_environment(struct math_parser *, struct math_item *); /* after \begin */
bool math_take_row_end(struct math_parser *);                          /* \\, \\* and \\[2pt] */

#endif
