/*
 * setup.c - see setup.h.
 */
#include "setup.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"

void
setup_environment(void)
{
	static const char *const homes[] = {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"};

	for (size_t i = 0; i < ARRAY_LEN(homes); i++)
		setenv(homes[i], "/nonexistent", 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("FLYNN_ENDPOINT");
	unsetenv("FLYNN_AUTH_TOKEN");
}

static bool
is_wanted(const struct part *part, char **names)
{
	bool wanted = !*names;

	for (; *names; names++)
		wanted |= strcmp(part->name, *names) == 0;
	return wanted;
}

bool
setup_run(const struct part *parts, size_t n, char **names)
{
	for (size_t i = 0; i < n; i++)
		if (is_wanted(&parts[i], names) && !parts[i].run())
			return false;
	return true;
}

char *
setup_history(void)
{
	char *home = mem_strdup("/tmp/flynn-bench-XXXXXX");

	if (!mkdtemp(home)) {
		free(home);
		return NULL;
	}
	setenv("XDG_DATA_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
	return home;
}

static int
remove_one(const char *path, UNUSED const struct stat *st, UNUSED int type, UNUSED struct FTW *walk)
{
	return remove(path);
}

void
setup_remove_history(char *home)
{
	if (!home)
		return;
	setenv("XDG_DATA_HOME", "/nonexistent", 1);
	setenv("XDG_STATE_HOME", "/nonexistent", 1);
	nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(home);
}

void
setup_make_cold(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		fdatasync(fd);
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		close(fd);
	}
}
