/*
 * math_fraction.h - for math_command.c: fractions, binomials and roots.
 */
#ifndef FLYNN_TEXT_MATH_FRACTION_H
#define FLYNN_TEXT_MATH_FRACTION_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_fraction(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_binomial(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_root(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
