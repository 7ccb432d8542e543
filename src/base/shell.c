/*
 * shell.c - what stands between fork(2) and the command.
 */
#include "base/shell.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/descriptors.h"
#include "base/mem.h"

extern char **environ;

static bool
is_secret(const char *variable)
{
	static const char *const secrets[] = {SHELL_SECRET};

	for (size_t i = 0; i < ARRAY_LEN(secrets); i++) {
		size_t n = strlen(secrets[i]);

		if (strncmp(variable, secrets[i], n) == 0 && variable[n] == '=')
			return true;
	}
	return false;
}

char **
shell_environment(void)
{
	char **copy;
	size_t n = 0, kept = 0;

	while (environ && environ[n])
		n++;
	copy = mem_alloc((n + 1) * sizeof(*copy));
	for (size_t i = 0; i < n; i++)
		if (!is_secret(environ[i]))
			copy[kept++] = environ[i];
	copy[kept] = NULL;
	return copy;
}

void
shell_run(const char *command, const char *argument, char *const *environment)
{
	const char *words[] = {"sh", "-c", command, "sh", argument, NULL};
	sigset_t none;

	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	descriptors_close_from(STDERR_FILENO + 1);
	execve("/bin/sh", (char *const *)words, environment);
	_exit(SHELL_NOT_FOUND);
}
