/*
 * memory_find.h - bytes within bytes: memmem(3), which only some systems have.
 */
#ifndef FLYNN_BASE_MEMORY_FIND_H
#define FLYNN_BASE_MEMORY_FIND_H

#include <stddef.h>

/* Where the `len` bytes (at least one) stand in text[0..n) first; NULL: nowhere. */
const char *memory_find(const char *text, size_t n, const char *what, size_t len);

#endif
