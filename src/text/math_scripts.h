/*
 * math_scripts.h - for math_layout.c: what is raised and lowered beside an atom, or above and below it.
 */
#ifndef FLYNN_TEXT_MATH_SCRIPTS_H
#define FLYNN_TEXT_MATH_SCRIPTS_H

#include <stdbool.h>

#include "text/math_parser.h"

struct math_scripts {
	struct math_row raised, lowered;
	int primes;
	enum { MATH_AS_USUAL, MATH_NO_LIMITS, MATH_WITH_LIMITS } limits; /* \limits and \nolimits */
	bool any;
};

void math_scripts_release(struct math_scripts *);
bool math_parse_scripts(struct math_parser *, struct math_scripts *);
void math_attach_scripts(const struct math_parser *, struct math_item *, const struct math_scripts *);

#endif
