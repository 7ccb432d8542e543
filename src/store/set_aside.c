/*
 * set_aside.c - renames the log first: if the process ends between the two, the next flynn finds the damaged file
 * without a log and puts it aside too. In the other order it would take the log for that of the new file.
 */
#include "store/set_aside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

/* A name that is free, with the time in UTC. */
static char *
new_name(const char *path)
{
	time_t now = time(NULL);
	struct tm tm;
	char stamp[32];
	char *name;

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H-%M-%SZ", &tm);
	name = mem_printf("%s.damaged-%s", path, stamp);
	for (int i = 2; access(name, F_OK) == 0; i++) {
		free(name);
		name = mem_printf("%s.damaged-%s-%d", path, stamp, i);
	}
	return name;
}

static bool
move(const char *path, const char *aside, const char *end)
{
	char *from = mem_printf("%s%s", path, end), *to = mem_printf("%s%s", aside, end);
	bool good = rename(from, to) == 0 || errno == ENOENT;
	int reason = errno;

	free(from);
	free(to);
	errno = reason;
	return good;
}

bool
set_aside_damaged(const char *path, char **aside, struct err *err)
{
	char *shm = mem_printf("%s-shm", path);

	*aside = new_name(path);
	if (move(path, *aside, "-wal") && move(path, *aside, "")) {
		unlink(shm);
		free(shm);
		return true;
	}
	err_set(err, ERR_SYSTEM, "history is damaged, and cannot be put aside: %s (%s)", strerror(errno), path);
	free(shm);
	free(*aside);
	*aside = NULL;
	return false;
}
