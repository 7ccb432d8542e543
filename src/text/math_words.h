/*
 * math_words.h - for math_command.c: letters in other alphabets and under accents, words and names.
 */
#ifndef FLYNN_TEXT_MATH_WORDS_H
#define FLYNN_TEXT_MATH_WORDS_H

#include <stdbool.h>

#include "text/math_parser.h"

bool math_parse_accent(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_alphabet(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_words(struct math_parser *, const struct math_symbol *, struct math_item *);
bool math_parse_name(struct math_parser *, const struct math_symbol *, struct math_item *);

/* Puts text[0..n) as \text does. False, and nothing put: there is mathematics in it. */
bool math_put_words(struct math_parser *, const char *text, size_t n, bool scripts, struct math_box *);

#endif
