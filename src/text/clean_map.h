/*
 * clean_map.h - where a byte of a text stands once text/clean.h has cleaned it, tabs being left.
 *
 * Places are asked for from the start to the end, so a text is gone through once however many there are, and a text that
 * grows is gone on with.
 */
#ifndef FLYNN_TEXT_CLEAN_MAP_H
#define FLYNN_TEXT_CLEAN_MAP_H

#include <stddef.h>

#include "base/buf.h"
#include "text/clean.h"

/* Zeroed to begin with. */
struct clean_map {
	struct clean clean;
	size_t taken, cleaned; /* bytes of the text, and what they are cleaned */
	struct buf out;
};

void clean_map_release(struct clean_map *); /* zeroed again */

/* For the byte at `at`, which is not before the last one asked for, and begins a character. */
size_t clean_map_to(struct clean_map *, const char *text, size_t at);

#endif
