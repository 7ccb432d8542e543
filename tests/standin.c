/*
 * standin.c - the stand-in server as a program, for shell tests and for trying things by hand:
 *
 *	standin [-u PATH.sock] SCRIPTFILE
 *
 * Prints its endpoint, then serves until it is ended by a signal. Files named in the script are looked for beside it.
 */
#include "demo/standin.h"

#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/harness.h"

static void
wait_for_a_signal(void)
{
	sigset_t set;
	int signal;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigwait(&set, &signal);
}

int
main(int argc, char **argv)
{
	const char *socket = NULL;
	struct standin *standin;
	char *script, *path;
	struct err err;
	size_t len;

	if (argc == 4 && strcmp(argv[1], "-u") == 0) {
		socket = argv[2];
		argv += 2;
		argc -= 2;
	}
	if (argc != 2) {
		fputs("usage: standin [-u PATH.sock] SCRIPTFILE\n", stderr);
		return 2;
	}
	script = harness_read(argv[1], &len);
	path = mem_strdup(argv[1]);
	standin = standin_new(script, dirname(path), socket, &err);
	if (!standin) {
		fprintf(stderr, "%s: %s\n", argv[1], err.text);
		return 1;
	}
	puts(standin_endpoint(standin));
	fflush(stdout);
	wait_for_a_signal();
	standin_free(standin);
	free(script);
	free(path);
	return 0;
}
