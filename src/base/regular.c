/*
 * regular.c - O_NONBLOCK, which says nothing to regular files, and a look at what was opened.
 */
#include "base/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
regular_open(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, mode);
	struct stat st;

	/* A pipe without a reader, a socket. */
	if (fd < 0 && errno == ENXIO)
		errno = EINVAL;
	if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
		return fd;
	close(fd);
	errno = EINVAL;
	return -1;
}

const char *
regular_why(int reason)
{
	return reason == EINVAL ? "it is no regular file" : strerror(reason);
}

bool
regular_or_none(const char *path)
{
	struct stat st;

	return stat(path, &st) < 0 || S_ISREG(st.st_mode);
}
