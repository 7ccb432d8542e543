/*
 * toy_colours.h - the colours of code in fences that say "c", for targets that lay out text.
 */
#ifndef FLYNN_TESTS_FUZZ_TOY_COLOURS_H
#define FLYNN_TESTS_FUZZ_TOY_COLOURS_H

struct code_colours *toy_colours(void); /* always the same */

#endif
