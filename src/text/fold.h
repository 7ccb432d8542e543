/*
 * fold.h - what SQLite's tokenizer makes of a character: a part of a word, which stands for its lower case without
 * diacritics, or a sign between words.
 */
#ifndef FLYNN_TEXT_FOLD_H
#define FLYNN_TEXT_FOLD_H

#include <stdbool.h>
#include <stdint.h>

/* No part of a word. */
bool fold_separates(uint32_t character);

/* A part of a word that is not dropped. */
bool fold_is_letter(uint32_t character);

/* The character that it counts as; 0: none, it is dropped. */
uint32_t fold_character(uint32_t character);

#endif
