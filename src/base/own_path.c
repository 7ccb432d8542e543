/*
 * own_path.c - most systems have a link to the program's file, by different names; macOS a function; else the name counts by
 * which it was started.
 */
#include <config.h>

#include "base/own_path.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#include "base/compiler.h"
#include "base/mem.h"

enum {
	ROOM = 4096,
};

static const char *started_as;

void
own_path_init(const char *argv0)
{
	started_as = argv0;
}

static char *
real(const char *path)
{
	return realpath(path, NULL);
}

#ifndef POSIX_ONLY

/* Linux, NetBSD, FreeBSD, Solaris; where /proc is mounted. */
static char *
linked(void)
{
	static const char *const links[] = {
	        "/proc/self/exe", "/proc/curproc/exe", "/proc/curproc/file", "/proc/self/path/a.out"};
	char path[ROOM];

	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		ssize_t n = readlink(links[i], path, sizeof(path) - 1);

		if (n > 0 && *path == '/')
			return mem_strndup(path, (size_t)n);
	}
	return NULL;
}

#else

static char *
linked(void)
{
#ifdef __APPLE__
	char path[ROOM];
	uint32_t size = sizeof(path);

	if (_NSGetExecutablePath(path, &size) == 0)
		return real(path);
#endif
	return NULL;
}

#endif

/* In one folder of PATH, of which an empty one is where we are. */
static char *
find_in(const char *folder, size_t n, const char *name)
{
	char *path = n > 0 ? mem_printf("%.*s/%s", (int)n, folder, name) : mem_strdup(name), *found = NULL;

	if (access(path, X_OK) == 0)
		found = real(path);
	free(path);
	return found;
}

char *
own_path_by_name(const char *argv0)
{
	const char *folder = getenv("PATH");
	char *found = NULL;

	if (!argv0 || !*argv0)
		return NULL;
	if (strchr(argv0, '/'))
		return real(argv0);
	while (folder && !found) {
		size_t n = strcspn(folder, ":");

		found = find_in(folder, n, argv0);
		folder = folder[n] ? folder + n + 1 : NULL;
	}
	return found;
}

char *
own_path(void)
{
	char *path = linked();

	return path ? path : own_path_by_name(started_as);
}

char *
own_path_beside(const char *name)
{
	char *program = own_path(), *slash = program ? strrchr(program, '/') : NULL, *path = NULL, *found = NULL;

	if (slash) {
		path = mem_printf("%.*s/%s", (int)(slash - program), program, name);
		found = real(path);
	}
	free(program);
	free(path);
	return found;
}
