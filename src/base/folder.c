/*
 * folder.c - mkdir -p.
 */
#include "base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

static bool
make(const char *path, struct err *err)
{
	struct stat st;

	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	/* On a file system that cannot be written, mkdir may say so even of what is there. */
	if (stat(path, &st) == 0)
		return true;
	return err_set(err, ERR_SYSTEM, "cannot make the folder %s: %s", path, strerror(errno));
}

bool
folder_make_for(const char *file, struct err *err)
{
	char *path = mem_strdup(file);
	bool good = true;

	for (char *slash = strchr(path + 1, '/'); good && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		good = make(path, err);
		*slash = '/';
	}
	free(path);
	return good;
}
