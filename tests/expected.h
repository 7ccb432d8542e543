/*
 * expected.h - what a test expects of an output, with words in braces for what differs from run to run.
 */
#ifndef FLYNN_TESTS_EXPECTED_H
#define FLYNN_TESTS_EXPECTED_H

#include "base/buf.h"

void expected_replace(struct buf *text, const char *word, const char *by); /* everywhere */

/* Puts {number} for the numbers that stand where `want` has it, as far as all before is the same. */
void expected_hide_numbers(struct buf *out, const char *want);

#endif
