/*
 * random.h - what is left to chance on the screen.
 */
#ifndef FLYNN_APP_RANDOM_H
#define FLYNN_APP_RANDOM_H

#include <stddef.h>

size_t random_below(size_t n); /* 0 to n - 1; n of at most a million */
long random_seed(void);        /* for a request: from 1 on, and a few more fit above it */

/* For tests: from now on it is always the largest number, and the seed 1000. */
void random_end(void);

#endif
