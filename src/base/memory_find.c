/*
 * memory_find.c - the C library's own, which takes time by the text's length only, else one place after another.
 */
#include <config.h>

#include "base/memory_find.h"

#include <string.h>

const char *
memory_find(const char *text, size_t n, const char *what, size_t len)
{
#ifdef HAVE_MEMMEM
	return memmem(text, n, what, len);
#else
	const char *at = text, *end = text + n;

	while ((size_t)(end - at) >= len && (at = memchr(at, *what, (size_t)(end - at) - len + 1))) {
		if (memcmp(at, what, len) == 0)
			return at;
		at++;
	}
	return NULL;
#endif
}
