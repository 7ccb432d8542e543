/*
 * math_symbols.h - for math_layout.c: TeX's commands, what each is and the text it stands for.
 */
#ifndef FLYNN_TEXT_MATH_SYMBOLS_H
#define FLYNN_TEXT_MATH_SYMBOLS_H

#include <stddef.h>

/* What TeX calls the class of an atom, which decides the space around it (The TeXbook, chapter 18); and what the text of
 * the other commands is for. */
enum math_kind {
	MATH_ORD,
	MATH_BIN,
	MATH_REL,
	MATH_OPEN,
	MATH_CLOSE,
	MATH_PUNCT,
	MATH_FUNCTION, /* sin */
	MATH_LIMITS,   /* lim: what is under it stands there in a display formula */
	MATH_LARGE,    /* ∑ */
	MATH_INTEGRAL,
	MATH_SPACE,       /* this one, as it is */
	MATH_NOTHING,     /* has no form of its own */
	MATH_NOTHING_ARG, /* nor has its argument */
	MATH_PASS_ARG,    /* its argument is what it is */
	MATH_COLOUR,      /* the first of two arguments is not shown */
	MATH_ACCENT,      /* text: the combining mark, on one character */
	MATH_LINE,        /* the same, on each */
	MATH_ALPHABET,    /* text: "b", "d", "s", "f", an alphabet of math_letters.h */
	MATH_WORDS,       /* its argument is text */
	MATH_NAME,        /* its argument is a function's name */
	MATH_FRACTION,
	MATH_BINOMIAL,
	MATH_ROOT,
	MATH_LEFT,
	MATH_RIGHT_END, /* \right: ends what \left began */
	MATH_BIG,       /* a delimiter's size */
	MATH_BEGIN,
	MATH_END,
	MATH_NOT,
	MATH_OVER,  /* the first argument above the second */
	MATH_UNDER, /* or below */
	MATH_ARROW, /* text: its tip; the argument stands on it */
	MATH_MODULO,
	MATH_BOX,
	MATH_TAG,
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
