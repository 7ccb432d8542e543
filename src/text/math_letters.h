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

/* The one of a command's letter: b, d, s and f in the order above. */
enum math_alphabet math_alphabet(char);

/* Each appends all of text[0..n), or nothing, and then it is false: Unicode has no such letter for one of them. */
bool math_put_raised(const char *text, size_t n, struct buf *out);
bool math_put_lowered(const char *text, size_t n, struct buf *out);

/* Characters without a letter in the alphabet stay as they are. */
void math_put_alphabet(enum math_alphabet, const char *text, size_t n, struct buf *out);

/* Each appends the text with combining marks on its clusters. False, and nothing appended, for no text and where one would have
 * more marks than can be drawn. */
bool math_put_struck(const char *mark, const char *text, size_t n, struct buf *out); /* on each but blanks */
/* A mark on the one cluster there is, or on the first; else on the parenthesis after all of them. */
bool math_put_accented(const char *mark, const char *text, size_t n, bool first, struct buf *out);
/* An arrow above all of them; `marks`: on the first and on the last. */
bool math_put_long(const char *marks, const char *text, size_t n, struct buf *out);

#endif
