/*
 * memory_file.c - memfd_create, else a file that is unlinked at once.
 */
#include <config.h>

#include "base/memory_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/descriptors.h"

static int
unlinked_file(void)
{
	char path[] = "/tmp/flynn-XXXXXX";
	int fd = descriptors_temporary(path, 0);

	if (fd < 0)
		return -1;
	unlink(path);
	return fd;
}

int
memory_file(const char *name)
{
	int fd = -1;

#ifdef HAVE_MEMFD_CREATE
	fd = memfd_create(name, MFD_CLOEXEC);
#else
	(void)name;
#endif
	return fd < 0 ? unlinked_file() : fd;
}
