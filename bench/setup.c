/*
 * setup.c - see setup.h.
 */
#include "setup.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"

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
