/*
 * suspend.c - job control, and handlers for the signals of a crash.
 */
#include "system/suspend.h"

#include <signal.h>
#include <stddef.h>

#include "base/compiler.h"

void
suspend_process(void)
{
	struct sigaction plain = {.sa_handler = SIG_DFL}, ours;

	sigaction(SIGTSTP, &plain, &ours);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}

static void (*restore_terminal)(void);

/* The handler is off already (SA_RESETHAND): the signal raised again ends the program as it would have. */
static void
on_crash(int number)
{
	restore_terminal();
	raise(number);
}

void
crash_guard(void (*restore)(void))
{
	static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
	static char stack[64 * 1024]; /* the usual one may be what ran out */
	struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK};
	stack_t alternative = {.ss_sp = stack, .ss_size = sizeof(stack)};

	restore_terminal = restore;
	sigaltstack(&alternative, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
		sigaction(crashes[i], &action, NULL);
}
