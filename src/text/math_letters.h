/*
 * math_letters.h - for math_layout.c: letters as Unicode has them for mathematics, raised, lowered, in other alphabets and under
 * accents.
 */
#ifndef FLYNN_TEXT_MATH_LETTERS_H
#define FLYNN_TEXT_MATH_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum math_alphabet {
	MATH_BOLD,
	MATH_DOUBLE, /* ℝ */
	MATH_SCRIPT, /* ℒ */
	MATH_FRAKTUR,
};

/* Each appends all of text[0..n), or nothing, and then it is false: Unicode has no such letter for one of them. */
bool math_put_raised(const char *text, size_t n, struct buf *out);
bool math_put_lowered(const char *text, size_t n, struct buf *out);
bool math_put_alphabet(enum math_alphabet, const char *text, size_t n, struct buf *out);

/* Appends the text with the combining mark after each character but blanks. */
void math_put_accented(const char *mark, const char *text, size_t n, struct buf *out);

#endif
