/*
 * math_symbols.h - for math_layout.c: TeX's commands, what each is and the text it stands for.
 */
#ifndef FLYNN_TEXT_MATH_SYMBOLS_H
#define FLYNN_TEXT_MATH_SYMBOLS_H

#include <stddef.h>

/* The class of an atom decides the space around it (The TeXbook, chapter 18). The kinds after MATH_NOTHING read on after the
 * name; the comment says what their text is for. */
enum math_kind {
	MATH_ORD,
	MATH_BIN,
	MATH_REL,
	MATH_OPEN,
	MATH_CLOSE,
	MATH_PUNCT,
	MATH_FUNCTION, /* sin */
	MATH_LIMITS,   /* lim: its scripts stand above and below it in a display formula */
	MATH_LARGE,    /* ∑, the same */
	MATH_INTEGRAL, /* ∫, whose scripts stand beside it */
	MATH_SPACE,
	MATH_NOTHING, /* has no form: \displaystyle */

	MATH_SKIP,      /* \kern and a length */
	MATH_ARG_SKIP,  /* \hspace and a length in braces */
	MATH_ARG_NONE,  /* its argument has no form: \label */
	MATH_ARG_BLANK, /* blanks as wide as its argument: \phantom */
	MATH_ARG_SAME,  /* its argument as it is: \smash */
	MATH_ARG_CLASS, /* the same, in another class: \mathbin */
	MATH_COLOUR,    /* the first of two arguments has no form */

	MATH_ACCENT,   /* text: the combining mark, on the last character */
	MATH_LINE,     /* text: the combining mark, on each character */
	MATH_LONG,     /* text: the marks for the first and the last character; between them there is a line */
	MATH_ALPHABET, /* text: "b", "d", "s", "f", an alphabet of math_letters.h */
	MATH_FONT,     /* the same, up to the end of the group */
	MATH_WORDS,    /* its argument is text */
	MATH_NAME,     /* its argument is a function's name */

	MATH_FRACTION,
	MATH_BINOMIAL,
	MATH_ROOT,
	MATH_OVER,  /* the first argument above the second */
	MATH_UNDER, /* below it */
	MATH_BRACE, /* text: the sign before its argument in one row */
	MATH_ARROW, /* text: its tip */
	MATH_NOT,
	MATH_BOX,
	MATH_MODULO,
	MATH_TAG,

	MATH_LEFT,
	MATH_RIGHT,  /* ends what \left began */
	MATH_MIDDLE, /* a delimiter between the two */
	MATH_BIG,    /* a delimiter's size */
	MATH_FENCED, /* text: the delimiters around its argument */
	MATH_BEGIN,
	MATH_END,
	MATH_SUBSTACK,
	MATH_CHEMISTRY,
};

struct math_symbol {
	const char *name, *text;
	enum math_kind kind;
};

/* The command name[0..n), without its backslash; NULL: unknown. */
const struct math_symbol *math_find_symbol(const char *name, size_t n);

/* All of them, in the order of their names. */
const struct math_symbol *math_symbols(size_t *n);

#endif
