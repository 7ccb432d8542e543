/*
 * toy.h - a language of the tests' own, "toy".
 */
#ifndef FLYNN_TESTS_TEXT_TOY_H
#define FLYNN_TESTS_TEXT_TOY_H

#include "syntax/grammars.h"

/* It is known from now on. */
void toy_know(struct grammars *);

#endif
