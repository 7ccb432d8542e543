/*
 * math_character.h - for math_layout.c: characters that stand for themselves.
 */
#ifndef FLYNN_TEXT_MATH_CHARACTER_H
#define FLYNN_TEXT_MATH_CHARACTER_H

#include <stdint.h>

#include "text/math_symbols.h"

/* The class of a character beyond ASCII, such as ≤: one of the first kinds, up to MATH_INTEGRAL. */
enum math_kind math_character_kind(uint32_t);

#endif
