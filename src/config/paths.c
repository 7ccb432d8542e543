/*
 * paths.c - the XDG folders, and the home folder.
 */
#include "config/paths.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static const char *
home(void)
{
	const char *home = getenv("HOME");
	const struct passwd *user;

	if (home && home[0] == '/')
		return home;
	user = getpwuid(getuid());
	return user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : "/";
}

static char *
under(const char *variable, const char *otherwise, const char *name)
{
	const char *folder = getenv(variable);

	if (folder && folder[0] == '/')
		return mem_printf("%s/%s", folder, name);
	return mem_printf("%s/%s/%s", home(), otherwise, name);
}

char *
paths_config(void)
{
	return under("XDG_CONFIG_HOME", ".config", "flynn/config.yaml");
}

char *
paths_data(void)
{
	return under("XDG_DATA_HOME", ".local/share", "flynn");
}

char *
paths_state(void)
{
	return under("XDG_STATE_HOME", ".local/state", "flynn");
}

char *
paths_history(void)
{
	return under("XDG_DATA_HOME", ".local/share", "flynn/history.db");
}

char *
paths_prompts(void)
{
	return under("XDG_STATE_HOME", ".local/state", "flynn/prompts");
}

char *
paths_beside(const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');

	if (name[0] == '~' && (name[1] == '/' || !name[1]))
		return mem_printf("%s%s", home(), name + 1);
	if (name[0] == '/' || !slash)
		return mem_strdup(name);
	return mem_printf("%.*s/%s", (int)(slash - file), file, name);
}
