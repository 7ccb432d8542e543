/*
 * descriptors.c - close_range(2) where the kernel has it, else a loop.
 */
#include "config.h"

#include "base/descriptors.h"

#include <stdbool.h>
#include <unistd.h>

enum {
	CLOSE_MAX = 65536, /* the limit may be a thousand million, and what we open ourselves is close-on-exec */
};

static bool
close_range_from(int first)
{
#ifdef HAVE_CLOSE_RANGE
	return close_range((unsigned)first, ~0u, 0) == 0;
#else
	(void)first;
	return false;
#endif
}

void
descriptors_close_each(int first)
{
	long end = sysconf(_SC_OPEN_MAX);

	if (end < 0 || end > CLOSE_MAX)
		end = CLOSE_MAX;
	for (int fd = first; fd < end; fd++)
		close(fd);
}

void
descriptors_close_from(int first)
{
	if (!close_range_from(first))
		descriptors_close_each(first);
}
