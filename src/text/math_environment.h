/*
 * math_environment.h - for math_command.c: \begin{…} up to \end{…}, and \substack.
 */
#ifndef FLYNN_TEXT_MATH_ENVIRONMENT_H
#define FLYNN_TEXT_MATH_ENVIRONMENT_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_environment(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_substack(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
