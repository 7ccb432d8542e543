/*
 * mem.c - allocation that does not return when there is none.
 */
#include "config.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#if defined(HAVE_MALLOPT) || defined(HAVE_MALLOC_TRIM)
#include <malloc.h>
#endif

enum {
	LARGE = 128 * 1024, /* bytes */
};

static void (*restore_terminal)(void);

/* glibc raises this bound to the size of the largest block that was ever freed, and what is below it comes from a heap in
 * which a block that grows is copied, and stays when it is free. */
void
mem_return_large(void)
{
#ifdef HAVE_MALLOPT
	(void)mallopt(M_MMAP_THRESHOLD, LARGE);
	(void)mallopt(M_TRIM_THRESHOLD, 2 * LARGE);
#endif
}

void
mem_return_free(void)
{
#ifdef HAVE_MALLOC_TRIM
	(void)malloc_trim(0);
#endif
}

void
mem_forget(void *from, size_t n)
{
#ifdef HAVE_MADVISE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = ((uintptr_t)from + page - 1) & ~(page - 1),
	          end = ((uintptr_t)from + n) & ~(page - 1);

	if (first < end)
		(void)madvise((void *)first, end - first, MADV_DONTNEED);
#else
	(void)from;
	(void)n;
#endif
}

void
mem_on_exhausted(void (*restore)(void))
{
	restore_terminal = restore;
}

static NORETURN void
exhausted(void)
{
	static const char words[] = "flynn: out of memory\n";

	if (restore_terminal)
		restore_terminal();
	if (write(STDERR_FILENO, words, sizeof(words) - 1) < 0)
		_exit(2);
	_exit(1);
}

void *
mem_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		exhausted();
	return p;
}

void *
mem_realloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		exhausted();
	return p;
}

char *
mem_strdup(const char *s)
{
	return s ? mem_strndup(s, strlen(s)) : NULL;
}

char *
mem_strndup(const char *s, size_t n)
{
	char *p = mem_alloc(n + 1);

	memcpy(p, s, n);
	return p;
}

char *
mem_printf(const char *format, ...)
{
	va_list args;
	int n;
	char *p;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return mem_strdup("");
	p = mem_alloc((size_t)n + 1);
	va_start(args, format);
	vsnprintf(p, (size_t)n + 1, format, args);
	va_end(args);
	return p;
}
