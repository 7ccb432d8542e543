/*
 * told.h - what chunk_decode tells of one chunk, as text, and whether it is the same with and without a scan.
 */
#ifndef FLYNN_TESTS_LLAMA_TOLD_H
#define FLYNN_TESTS_LLAMA_TOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "llama/chunk.h"

/* Appends every event with all that it holds, and the error if there is one. scan NULL: by way of a tree. */
void told(struct chunk_scan *, const char *json, size_t n, struct buf *out);

/* Whether the scan knows the chunk. Ends the program where it then tells something else than the tree. */
bool told_by_scan(struct chunk_scan *, const char *json, size_t n);

#endif
