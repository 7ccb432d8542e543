/*
 * whole.c - write(2) may take less than it is given, and signals may come between.
 */
#include "base/whole.h"

#include <errno.h>
#include <unistd.h>

bool
whole_write(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t wrote = write(fd, bytes, n);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return false;
		bytes += wrote;
		n -= (size_t)wrote;
	}
	return true;
}
