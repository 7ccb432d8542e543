/*
 * ask.c - `flynn ask` on a long reply against `curl -sN` on the same, all to a file, in turn: without a history, and with one.
 *
 * The stand-in runs in this process and sends as fast as it is read. What is compared is the time from start to exit, and the
 * processor's; beside it stands how much memory ask needs for a reply that is longer: a stream must not grow with its length.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "setup.h"

extern char **environ;

enum {
	PAIRS = 9,
	TOKENS = 200000,
	SHORT = 10000,
	LONG = 1000000,
};

static char home[] = "/tmp/flynn-ask-XXXXXX";

struct cost {
	double seconds, cpu;
	long kib; /* at its largest */
	bool good;
};

static double
seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static struct cost
run(const char *const *argv)
{
	posix_spawn_file_actions_t files;
	struct cost cost = {0};
	struct rusage usage;
	int64_t start = clock_ns();
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "bench-ask.out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (posix_spawnp(&pid, argv[0], &files, NULL, (char *const *)argv, environ) == 0 &&
	        wait4(pid, &status, 0, &usage) == pid) {
		cost.seconds = (double)(clock_ns() - start) / 1e9;
		cost.cpu = seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
		cost.kib = usage.ru_maxrss;
		cost.good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	posix_spawn_file_actions_destroy(&files);
	unlink("bench-ask.out");
	return cost;
}

static struct standin *
serve(long tokens, struct err *err)
{
	char *script = mem_printf(
	        "on POST /*\nstream\nrole\nrepeat %ld\ntoken \" token\"\nend\nfinish stop\ndone\nlast\n", tokens);
	struct standin *server = standin_new(script, ".", NULL, err);

	free(script);
	return server;
}

static void
remove_history(void)
{
	char *command = mem_printf("rm -rf %s/flynn", home);

	if (system(command) != 0)
		fprintf(stderr, "ask: %s stays\n", home);
	free(command);
}

static struct cost
run_ask(const struct standin *server, bool saved)
{
	const char *flynn = getenv("FLYNN");
	const char *argv[] = {flynn ? flynn : "./flynn", "ask", "-e", standin_endpoint(server), "hi",
	        saved ? NULL : "--no-history", NULL};
	struct cost cost = run(argv);

	if (saved)
		remove_history();
	return cost;
}

static struct cost
run_curl(const struct standin *server)
{
	char *url = mem_printf("%s/v1/chat/completions", standin_endpoint(server));
	const char *argv[] = {"curl", "-sN", "-d",
	        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}", url, NULL};
	struct cost cost = run(argv);

	free(url);
	return cost;
}

/* ---- against curl ---- */

struct ratios {
	double time[PAIRS], cpu[PAIRS], seconds[PAIRS];
};

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
add_pair(struct ratios *r, size_t i, const struct cost *ask, const struct cost *curl)
{
	r->seconds[i] = ask->seconds;
	r->time[i] = curl->good ? ask->seconds / curl->seconds : 0;
	r->cpu[i] = curl->good ? ask->cpu / curl->cpu : 0;
}

static void
print_ratios(struct ratios *r, const char *how)
{
	qsort(r->time, PAIRS, sizeof(*r->time), compare);
	qsort(r->cpu, PAIRS, sizeof(*r->cpu), compare);
	qsort(r->seconds, PAIRS, sizeof(*r->seconds), compare);
	if (r->time[0] > 0)
		printf("ask%s: %.2f times curl -sN (median of %d pairs, %.2f to %.2f), CPU %.2f times (%.2f to %.2f), ",
		        how, r->time[PAIRS / 2], PAIRS, r->time[0], r->time[PAIRS - 1], r->cpu[PAIRS / 2], r->cpu[0],
		        r->cpu[PAIRS - 1]);
	else
		printf("ask%s: no curl to compare with, ", how);
	printf("%.2f M tokens/s, %d tokens to a file\n", TOKENS / r->seconds[PAIRS / 2] / 1e6, TOKENS);
}

static bool
compare_with_curl(const struct standin *server)
{
	struct ratios plain, saved;

	for (size_t i = 0; i < PAIRS; i++) {
		struct cost curl = run_curl(server), without = run_ask(server, false), with = run_ask(server, true);

		if (!without.good || !with.good)
			return false;
		add_pair(&plain, i, &without, &curl);
		add_pair(&saved, i, &with, &curl);
	}
	print_ratios(&plain, " --no-history");
	print_ratios(&saved, "");
	return true;
}

/* ---- memory ---- */

static bool
compare_lengths(const struct standin *few, const struct standin *many)
{
	for (int saved = 0; saved < 2; saved++) {
		struct cost small = run_ask(few, saved), large = run_ask(many, saved);

		if (!small.good || !large.good)
			return false;
		printf("ask%s: %.2f times the memory of %d tokens for %d (%ld KiB)\n", saved ? "" : " --no-history",
		        (double)large.kib / (double)small.kib, SHORT, LONG, large.kib);
	}
	return true;
}

int
main(void)
{
	struct err err;
	struct standin *few = serve(SHORT, &err), *some = serve(TOKENS, &err), *many = serve(LONG, &err);
	bool good = few && some && many;

	if (!good)
		fprintf(stderr, "ask: %s\n", err.text);
	setup_environment();
	good = good && mkdtemp(home) && setenv("XDG_DATA_HOME", home, 1) == 0;
	good = good && compare_with_curl(some) && compare_lengths(few, many);
	remove_history();
	rmdir(home);
	standin_free(few);
	standin_free(some);
	standin_free(many);
	return !good;
}
