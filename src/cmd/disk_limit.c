/*
 * disk_limit.c - the words, which the thread of store/overdue.h reads while this one waits for the disk.
 */
#include "cmd/disk_limit.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "app/keeper.h"
#include "cmd/say.h"
#include "store/overdue.h"

static char place[ERR_TEXT_MAX], words[ERR_TEXT_MAX];

/* Nothing else of the process waits for the terminal: it waits for the disk. */
static void
give_up(void *arg, const char *path)
{
	(void)arg;
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr); /* how far it was */
	say("the disk does not answer (%s): %s", path ? path : place, words);
	_exit(err_exit_status(ERR_SYSTEM));
}

bool
disk_limit_begin(const char *path, struct err *err)
{
	snprintf(place, sizeof(place), "%s", path);
	return overdue_begin_history(keeper_hastened(KEEPER_LATE_MS), give_up, NULL, err);
}

bool
disk_limit_begin_files(struct err *err)
{
	return overdue_begin(keeper_hastened(KEEPER_LATE_MS), give_up, NULL, err);
}

void
disk_limit_end(void)
{
	overdue_end();
}

void
disk_limit_tell(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
}

void
disk_limit_enter(const char *path, int64_t bytes)
{
	overdue_enter_file(path, bytes);
}

void
disk_limit_leave(void)
{
	overdue_leave();
}
