/*
 * signals.c - the handler writes the signal's number into a pipe and does nothing else.
 */
#include "base/signals.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/wake.h"

static struct wake pipe_of_signals = {-1, -1};
static sigset_t caught;

static void
on_signal(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;
	ssize_t n = write(pipe_of_signals.write_fd, &byte, 1);

	(void)n;
	errno = saved;
}

bool
signals_init(const int *signals, size_t n, struct err *err)
{
	struct sigaction action = {.sa_handler = on_signal}, before;

	if (!wake_init_pipe(&pipe_of_signals, err))
		return false;
	signal(SIGPIPE, SIG_IGN);
	sigfillset(&action.sa_mask);
	sigemptyset(&caught);
	for (size_t i = 0; i < n; i++) {
		if (signals[i] == SIGHUP && sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler == SIG_IGN)
			continue;
		sigaction(signals[i], &action, NULL);
		sigaddset(&caught, signals[i]);
	}
	return true;
}

void
signals_release(void)
{
	for (int number = 1; number < 32; number++)
		if (sigismember(&caught, number) == 1)
			signal(number, SIG_DFL);
	sigemptyset(&caught);
	wake_release(&pipe_of_signals);
	pipe_of_signals = (struct wake){-1, -1};
}

int
signals_fd(void)
{
	return pipe_of_signals.read_fd;
}

int
signals_take(void)
{
	unsigned char byte;

	return read(pipe_of_signals.read_fd, &byte, 1) == 1 ? byte : 0;
}
