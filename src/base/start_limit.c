/*
 * start_limit.c - a timer, whose signal says a line that was made before: no thread costs time at the start, and nothing waits
 * for the disk to say so.
 */
#include "base/start_limit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/err.h"

static char line[ERR_TEXT_MAX];
static int hastened = 1;

int
start_limit_ms(void)
{
	return START_LIMIT_MS / hastened;
}

static void
give_up(int signal)
{
	(void)signal;
	(void)!write(STDERR_FILENO, line, strlen(line));
	_exit(err_exit_status(ERR_SYSTEM));
}

static void
set_timer(int ms)
{
	struct itimerval timer = {.it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000L}};

	setitimer(ITIMER_REAL, &timer, NULL);
}

void
start_limit_enter(const char *path)
{
	static const char words[] = "flynn: the disk does not answer (";

	snprintf(line, sizeof(line), "%s%.*s): nothing was begun\n", words, (int)(sizeof(line) - 64), path);
	for (char *c = line; c[1]; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	signal(SIGALRM, give_up);
	set_timer(start_limit_ms());
}

void
start_limit_leave(void)
{
	set_timer(0);
	signal(SIGALRM, SIG_DFL);
}

void
start_limit_hasten(int times)
{
	hastened = times;
}
