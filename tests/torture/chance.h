/*
 * chance.h - numbers by chance that come again with their seed.
 */
#ifndef FLYNN_TESTS_TORTURE_CHANCE_H
#define FLYNN_TESTS_TORTURE_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

void chance_begin(uint64_t seed);
int chance_below(int n);                 /* 0 to n - 1 */
int chance_from_to(int least, int most); /* both can come */
bool chance_percent(int percent);

#endif
