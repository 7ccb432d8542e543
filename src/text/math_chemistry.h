/*
 * math_chemistry.h - for math_command.c: \ce{…}, the formulas of the package mhchem.
 */
#ifndef FLYNN_TEXT_MATH_CHEMISTRY_H
#define FLYNN_TEXT_MATH_CHEMISTRY_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_chemistry(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
