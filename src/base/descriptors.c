/*
 * descriptors.c - one call where the system has it, else the one of POSIX and fcntl.
 */
#include "config.h"

#include "base/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"

enum {
	CLOSE_MAX = 65536, /* the limit may be a thousand million, and what we open ourselves is close-on-exec */
};

/* -1, and closed, where that fails. */
static UNUSED int
keep_to_us(int fd, int flags)
{
	int failed;

	if (fd < 0 || (fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | flags) == 0))
		return fd;
	failed = errno;
	close(fd);
	errno = failed;
	return -1;
}

/* ---- pipes and sockets ---- */

bool
descriptors_pipe(int ends[2], int flags)
{
#ifdef HAVE_PIPE2
	return pipe2(ends, O_CLOEXEC | flags) == 0;
#else
	if (pipe(ends) < 0)
		return false;
	for (int i = 0; i < 2; i++)
		if (keep_to_us(ends[i], flags) < 0) {
			close(ends[!i]);
			return false;
		}
	return true;
#endif
}

int
descriptors_socket(int family, int type, int protocol)
{
#if defined(SOCK_CLOEXEC) && !defined(POSIX_ONLY)
	return socket(family, type | SOCK_CLOEXEC, protocol);
#else
	return keep_to_us(socket(family, type, protocol), 0);
#endif
}

int
descriptors_accept(int listener)
{
#ifdef HAVE_ACCEPT4
	return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
	return keep_to_us(accept(listener, NULL, NULL), O_NONBLOCK);
#endif
}

/* ---- files ---- */

#ifdef HAVE_MKOSTEMPS

int
descriptors_temporary(char *path, int suffix)
{
	return mkostemps(path, suffix, O_CLOEXEC);
}

#else

/* The file gets its whole name only where nobody has that. */
static int
add_suffix(char *path, char *without, int fd)
{
	memcpy(path, without, strlen(without));
	if (link(without, path) < 0) {
		close(fd);
		fd = -1;
	}
	unlink(without);
	return fd;
}

int
descriptors_temporary(char *path, int suffix)
{
	char *without = mem_strndup(path, strlen(path) - (size_t)suffix);
	int fd = keep_to_us(mkstemp(without), 0);

	if (fd >= 0 && suffix > 0)
		fd = add_suffix(path, without, fd);
	else if (fd >= 0)
		memcpy(path, without, strlen(without));
	free(without);
	return fd;
}

#endif

/* ---- closing ---- */

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
