/*
 * math_delimiter.h - for math_command.c: parentheses, brackets, braces and bars.
 */
#ifndef FLYNN_TEXT_MATH_DELIMITER_H
#define FLYNN_TEXT_MATH_DELIMITER_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_big(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_left(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_fenced(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
