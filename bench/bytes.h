/*
 * bytes.h - how many bytes the terminal is sent for a token of prose, and what they are for.
 */
#ifndef FLYNN_BENCH_BYTES_H
#define FLYNN_BENCH_BYTES_H

#include <stdbool.h>

#include "rig.h"

struct bytes_program {
	const char *name, *path;
	const char *const *words; /* before the endpoint, up to a NULL */
	bool is_floor;            /* takes no line breaks, and no progress of the prompt */
};

/* Streams prose at 100 tokens a second, once the screen is full, and prints what came. False: the program failed. */
bool bytes_measure(struct rig *, const struct bytes_program *);

#endif
