/*
 * ask.c - `flynn ask` on a long reply against `curl -sN` on the same, both to a file, in turn.
 *
 * The stand-in runs in this process and sends as fast as it is read. What is compared is the time from start to exit;
 * beside it stands how much memory ask needs for a reply ten times as long: a stream must not grow with its length.
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

extern char **environ;

enum {
	PAIRS = 9,
	TOKENS = 100000,
	SHORT = TOKENS / 10,
};

struct cost {
	double seconds;
	long kib; /* at its largest */
	bool good;
};

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

static struct cost
run_ask(const struct standin *server)
{
	const char *flynn = getenv("FLYNN");
	const char *argv[] = {flynn ? flynn : "./flynn", "ask", "-e", standin_endpoint(server), "hi", NULL};

	return run(argv);
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

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool
compare_with_curl(const struct standin *server)
{
	double ratios[PAIRS], seconds[PAIRS];

	for (size_t i = 0; i < PAIRS; i++) {
		struct cost curl = run_curl(server), ask = run_ask(server);

		if (!ask.good)
			return false;
		seconds[i] = ask.seconds;
		ratios[i] = curl.good ? ask.seconds / curl.seconds : 0;
	}
	qsort(ratios, PAIRS, sizeof(*ratios), compare);
	qsort(seconds, PAIRS, sizeof(*seconds), compare);
	if (ratios[0] > 0)
		printf("ask: %.2f times curl -sN (median of %d pairs, %.2f to %.2f), ", ratios[PAIRS / 2], PAIRS,
		        ratios[0], ratios[PAIRS - 1]);
	else
		printf("ask: no curl to compare with, ");
	printf("%.2f M tokens/s, %d tokens to a file\n", TOKENS / seconds[PAIRS / 2] / 1e6, TOKENS);
	return true;
}

int
main(void)
{
	struct err err;
	struct standin *many = serve(TOKENS, &err), *few = serve(SHORT, &err);
	bool good = many && few;

	if (!good)
		fprintf(stderr, "ask: %s\n", err.text);
	if (good && (good = compare_with_curl(many))) {
		long small = run_ask(few).kib, large = run_ask(many).kib;

		printf("ask: %.2f times the memory of %d tokens for %d (%ld KiB)\n", (double)large / (double)small,
		        SHORT, TOKENS, large);
	}
	standin_free(many);
	standin_free(few);
	return !good;
}
