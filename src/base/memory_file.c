/*
 * memory_file.c - memfd_create, else a file that is unlinked at once.
 */
#include <config.h>

#include "base/memory_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int
unlinked_file(void)
{
	char path[] = "/tmp/flynn-XXXXXX";
	int fd = mkostemp(path, O_CLOEXEC);

	if (fd < 0)
		return -1;
	unlink(path);
	return fd;
}

int
memory_file(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	return fd < 0 ? unlinked_file() : fd;
}
