/*
 * start.c - how soon flynn is there and gone, and the memory that it keeps for itself.
 *
 * Usage: start [first] [commands] [reply]: those parts, or all.
 *
 * The floor of the first part is ncurses with one thread (bench/screen-one). Each round runs all programs, every time another
 * one first; differences are those of a round. A history of its own is in a folder that is removed at the end.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "process.h"
#include "rig.h"
#include "samples.h"
#include "setup.h"

enum {
	ROUNDS = 40,
	RUNS = 100, /* of a command */
	TOKENS = 100000,
	MS = 1000000,
	SETTLE_MS = 1500, /* after which flynn has done what it does at the start, or after a reply */
	LINE_TOKENS = 16, /* of a paragraph */
};

static struct rig rig;
static char *floor_path;
static const char *flynn;

static double
ms(int64_t from_ns, int64_t to_ns)
{
	return (double)(to_ns - from_ns) / MS;
}

/* ---- the first frame ---- */

enum { FLOOR, BARE, KEPT, PROGRAMS };

static const struct {
	const char *name, *words[3];
} programs[PROGRAMS] = {
        [FLOOR] = {"ncurses with one thread", {NULL}},
        [BARE] = {"flynn --no-history", {"--no-history", "-e"}},
        [KEPT] = {"flynn", {"-e"}},
};

struct timing {
	double first, busy, quit; /* busy: of `first`, the time that its first thread had a processor */
};

static bool
time_program(int which, struct timing *timing)
{
	int64_t begun;

	if (!rig_start(&rig, which == FLOOR ? floor_path : flynn, programs[which].words))
		return false;
	timing->busy = process_first_ms(rig.pid);
	timing->first = ms(rig.started_ns, rig.first_ns);
	rig_run(&rig, clock_ns() + 30ll * MS);
	begun = clock_ns();
	rig_stop(&rig);
	timing->quit = ms(begun, clock_ns());
	return true;
}

static void
print_first(int which, struct timing rounds[][PROGRAMS])
{
	struct samples *first = mem_alloc(sizeof(*first)), *over = mem_alloc(sizeof(*over)),
	               *busy = mem_alloc(sizeof(*busy)), *quit = mem_alloc(sizeof(*quit));

	for (int i = 0; i < ROUNDS; i++) {
		samples_add(first, rounds[i][which].first);
		samples_add(over, rounds[i][which].first - rounds[i][FLOOR].first);
		samples_add(busy, rounds[i][which].busy);
		samples_add(quit, rounds[i][which].quit);
	}
	printf("start: first frame of %s: ", programs[which].name);
	samples_print_ms(first);
	printf(", after the floor's ");
	samples_print_ms(over);
	printf("; on the processor ");
	samples_print_ms(busy);
	printf("; gone after ");
	samples_print_ms(quit);
	printf("\n");
	free(first);
	free(over);
	free(busy);
	free(quit);
}

static bool
first_frames(void)
{
	struct timing rounds[ROUNDS][PROGRAMS];

	for (int i = 0; i < ROUNDS * PROGRAMS; i++) {
		int round = i / PROGRAMS, which = (i + round) % PROGRAMS;

		if (!time_program(which, &rounds[round][which]))
			return false;
	}
	for (int i = 0; i < PROGRAMS; i++)
		print_first(i, rounds);
	return true;
}

/* ---- commands that are over at once ---- */

static const char *const commands[][4] = {
        {"--version"},
        {"--help"},
        {"keys"},
        {"history", "list"},
};

/* From its start to its end; below 0: it failed. */
static double
time_command(char *const *argv, const posix_spawn_file_actions_t *quiet)
{
	extern char **environ;
	int64_t begun = clock_ns();
	int status;
	pid_t pid;

	if (posix_spawn(&pid, argv[0], quiet, NULL, argv, environ) != 0 || waitpid(pid, &status, 0) != pid ||
	        status != 0)
		return -1;
	return ms(begun, clock_ns());
}

static bool
time_commands(void)
{
	posix_spawn_file_actions_t quiet;
	bool good = true;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&quiet, STDOUT_FILENO, STDERR_FILENO);
	for (size_t i = 0; good && i < ARRAY_LEN(commands); i++) {
		const char *argv[] = {flynn, commands[i][0], commands[i][1], NULL};
		struct samples *times = mem_alloc(sizeof(*times));

		for (int run = 0; good && run < RUNS; run++) {
			double took = time_command((char *const *)argv, &quiet);

			good = took >= 0;
			samples_add(times, took);
		}
		printf("start: flynn %s%s%s: ", argv[1], argv[2] ? " " : "", argv[2] ? argv[2] : "");
		samples_print_ms(times);
		printf("\n");
		free(times);
	}
	posix_spawn_file_actions_destroy(&quiet);
	return good;
}

/* ---- memory ---- */

/* Returns the bytes of its text. */
static size_t
send_reply(void)
{
	size_t text = 0;

	for (int i = 0; i < TOKENS; i++) {
		const char *token = i % LINE_TOKENS == LINE_TOKENS - 1 ? "words.\\n\\n" : "words and ";

		text += strlen(token) - (token[5] == '.' ? 2 : 0);
		rig_say(&rig, token);
	}
	rig_end(&rig);
	return text;
}

static bool
reply_with(int which)
{
	long idle, after;
	size_t text;

	if (!rig_start(&rig, flynn, programs[which].words))
		return false;
	rig_run(&rig, clock_ns() + (int64_t)SETTLE_MS * MS);
	idle = process_own_kib(rig.pid);
	if (!rig_ask(&rig))
		return false;
	text = send_reply();
	rig_run(&rig, clock_ns() + (int64_t)SETTLE_MS * MS);
	after = process_own_kib(rig.pid);
	printf("start: %s: idle with %ld KiB of its own; a reply of %d tokens, %zu KiB of text, takes %ld KiB more: "
	       "%.2f times "
	       "its text\n",
	        programs[which].name, idle, TOKENS, text / 1024, after - idle,
	        (double)(after - idle) * 1024 / (double)text);
	rig_stop(&rig);
	return true;
}

static bool
reply(void)
{
	return reply_with(BARE) && reply_with(KEPT);
}

/* ---- all of it ---- */

static const struct part parts[] = {
        {"first", first_frames},
        {"commands", time_commands},
        {"reply", reply},
};

int
main(UNUSED int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	char *home;
	bool good;

	setup_environment();
	home = setup_history();
	if (!home)
		return 1;
	floor_path = mem_printf("%.*sscreen-one", slash ? (int)(slash - argv[0]) + 1 : 0, argv[0]);
	flynn = getenv("FLYNN") ? getenv("FLYNN") : "./flynn";
	setvbuf(stdout, NULL, _IOLBF, 0);
	good = setup_run(parts, ARRAY_LEN(parts), argv + 1);
	setup_remove_history(home);
	free(floor_path);
	return !good;
}
