/*
 * letters.h - small letters of any script, by utf8proc's tables: the same on every machine, whatever its locale.
 */
#ifndef FLYNN_TEXT_LETTERS_H
#define FLYNN_TEXT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LETTERS_MAX = 256, /* characters, accents counted too, of a text that letters_small reads */
};

bool letters_is_one(uint32_t character);    /* a letter, or a digit */
bool letters_is_accent(uint32_t character); /* a mark on the letter before it */

/* Puts the text into small letters, each with its accents in the shortest form (NFC): "É" is the same however it was typed.
 * Returns the bytes of `out`, without a NUL; 0: the text is no UTF-8, or too long for `out` or LETTERS_MAX. */
size_t letters_small(char *out, size_t room, const char *text, size_t n);

#endif
