/*
 * math_stack.h - for math_command.c: what stands above, below and around something else.
 */
#ifndef FLYNN_TEXT_MATH_STACK_H
#define FLYNN_TEXT_MATH_STACK_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_stack(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_brace(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_arrow(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_not(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_box(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_modulo(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_tag(struct math_parser *, const struct math_symbol *, struct math_item *);

#endif
