/*
 * mem.h - memory that is always there: running out of it ends the program, in one place.
 */
#ifndef FLYNN_BASE_MEM_H
#define FLYNN_BASE_MEM_H

#include <stddef.h>

#include "base/compiler.h"

/* From now on the memory of a large block (a long text) goes back to the system when it is freed, and a large block that grows
 * is not copied. Called once, before there are threads. */
void mem_return_large(void);

/* After much was freed at once: so do the free pages between small blocks, of all threads. It looks at every free block. */
void mem_return_free(void);

/* Of what lies there nothing is needed any more, though it is not freed: the pages inside go back. */
void mem_forget(void *, size_t n);

/* Called once before the program ends for want of memory: the full screen restores the terminal here. */
void mem_on_exhausted(void (*restore)(void));

void *mem_alloc(size_t) MUST_USE;           /* zeroed */
void *mem_realloc(void *, size_t) MUST_USE; /* the new part is not zeroed */
char *mem_strdup(const char *) MUST_USE;    /* NULL gives NULL */
char *mem_strndup(const char *, size_t) MUST_USE;
char *mem_printf(const char *format, ...) PRINTF_LIKE(1, 2) MUST_USE;

#endif
