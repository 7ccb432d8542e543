/*
 * soak.c - a day with four panes: the real loop (tests/play.h) with a clock that the script moves on. Prompts, replies, other
 * sizes and pages in each round; behind it memory, descriptors and threads are what they were after the first rounds.
 *
 * `make check` plays a round for each hour; SOAK_ROUNDS=1440 plays one for each minute.
 */
#include "config.h"

#include <dirent.h>
#include <malloc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/play.h"

enum {
	DAY_S = 24 * 60 * 60,
	ROUNDS = 24,
	WARM_PART = 2,      /* of the rounds, before which memory may still grow */
	GROWTH = 64 * 1024, /* bytes: buffers that grow with the longest text so far */
	PANES = 4,
};

/* ---- the clock ---- */

static atomic_llong later_s;

int __real_clock_gettime(clockid_t, struct timespec *);
int __wrap_clock_gettime(clockid_t, struct timespec *);
int
__wrap_clock_gettime(clockid_t clock, struct timespec *t)
{
	int got = __real_clock_gettime(clock, t);

	t->tv_sec += (time_t)atomic_load(&later_s);
	return got;
}

/* ---- what must stay the same ---- */

struct sample {
	size_t heap, own_kib, descriptors, threads;
};

/* A connection to the server: what is asked of it on its own is asked at any time, and has one of its own. */
static bool
is_connection(int fd)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof(address), int_size = sizeof(int);
	int listens;

	return getsockname(fd, (struct sockaddr *)&address, &size) == 0 && address.ss_family == AF_INET &&
	       getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &int_size) == 0 && !listens;
}

static bool
is_connected(void)
{
	enum { DESCRIPTORS_MAX = 256 };
	bool found = false;

	for (int fd = 0; !found && fd < DESCRIPTORS_MAX; fd++)
		found = is_connection(fd);
	return found;
}

static size_t
entries(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n;
}

/* What is mapped for this process alone. */
static size_t
own_kib(void)
{
	FILE *file = fopen("/proc/self/smaps_rollup", "r");
	char line[128];
	size_t kib = 0, n;

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "Private_Clean: %zu", &n) == 1 || sscanf(line, "Private_Dirty: %zu", &n) == 1)
			kib += n;
	if (file)
		fclose(file);
	return kib;
}

static struct sample
sample(void)
{
	struct mallinfo2 heap = mallinfo2();

	/* SQLite remembers pages, up to 2 MB each connection. */
	return (struct sample){heap.uordblks + heap.hblkhd - (size_t)sqlite3_memory_used(), own_kib(),
	        entries("/proc/self/fd"), entries("/proc/self/task")};
}

struct soak {
	int rounds, seen;
	struct sample first, last;
};

static void
take_sample(struct soak *s)
{
	s->last = sample();
	if (s->seen++ <= s->rounds / WARM_PART)
		s->first = s->last;
	if (s->rounds > ROUNDS && s->seen % (s->rounds / ROUNDS) == 1)
		printf("# round %d: heap %zu KiB, own pages %zu KiB, %zu descriptors, %zu threads\n", s->seen,
		        s->last.heap / 1024, s->last.own_kib, s->last.descriptors, s->last.threads);
	fflush(stdout);
}

static enum term_script_answer
do_line(void *arg, const char *line)
{
	long long s;

	if (sscanf(line, "later %lld", &s) == 1)
		atomic_fetch_add(&later_s, s);
	else if (strcmp(line, "sample") == 0 && is_connected())
		return TERM_SCRIPT_WAIT;
	else if (strcmp(line, "sample") == 0)
		take_sample(arg);
	else
		return TERM_SCRIPT_WRONG;
	return TERM_SCRIPT_DONE;
}

/* ---- the day ---- */

#define CHAT "on POST /v1/chat/completions when "
#define REPLY(pane)                                                                                                    \
	"\"colour, " pane " of\"\nstream\nrole\npace 0\n~ Let me think about it.\n| # Blue\n| \n"                      \
	"| The sky is **blue**, `x` says:\n| \n| | a | b |\n| |---|---|\n| | 1 | 2 |\n| \n| ```c\n| int x = 1;\n| "    \
	"```\n"                                                                                                        \
	"| \n| - and so on\n| The end of " pane ".\nfinish stop\nusage 5 60\ndone\n"

static const char server[] = PLAY_HEALTH CHAT REPLY("1") CHAT REPLY("2") CHAT REPLY("3") CHAT REPLY("4");

static void
put_prompts(struct buf *script, int round)
{
	for (int pane = 1; pane <= PANES; pane++)
		buf_printf(script,
		        "key M-%d\ntype \"/new\\n\"\ntype \"Which colour, %d of %d?\\n\"\nuntil \"%d of %d?\"\nuntil "
		        "\"The end of %d.\"\ngone \"writing\"\n",
		        pane, pane, round, pane, round, pane);
}

static void
put_pages(struct buf *script)
{
	static const char *const pages[] = {"F1", "F7", "F9", "F2", "C-r"};

	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		buf_printf(script, "key %s\nkey Esc\n", pages[i]);
	buf_puts(script, "type \"/stats\\n\"\nkey Esc\ntype \"/tree\\n\"\nkey Esc\ntype \"/request\\n\"\nkey Esc\n"
	                 "key F4\ntype \"sky\"\nkey Enter Esc\nkey Tab k k j p Esc Esc\n");
}

static void
put_sizes(struct buf *script)
{
	static const char *const sizes[] = {"70x20", "160x50", "40x12", "120x40"};

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		buf_printf(script, "size %s\n", sizes[i]);
}

/* All that the round has made, and what it left in the panes: empty ones. */
static void
put_deletions(struct buf *script)
{
	buf_puts(script,
	        "saved\nkey F3\nuntil \"4 conversations\"\nkey M-x\nuntil \"3 conversations\"\nkey M-x\n"
	        "until \"2 conversations\"\nkey M-x\nuntil \"1 conversation \"\nkey M-x\ngone \"1 conversation \"\n"
	        "key Esc\nkey Esc\n");
}

static void
put_round(struct buf *script, int round, int seconds)
{
	put_prompts(script, round);
	put_pages(script);
	buf_printf(script, "later %d\n", seconds / 2);
	put_sizes(script);
	put_deletions(script);
	buf_printf(script, "later %d\nkey a\nkey Backspace\nsample\n", seconds - seconds / 2);
}

/* In a process of its own, for it remembers all requests; it ends with this one. */
static char *
serve_apart(void)
{
	int told[2], end[2];
	char endpoint[128] = "", byte;

	child_pipe(told);
	child_pipe(end);
	if (fork() == 0) {
		struct err err;
		struct standin *s = standin_new(server, ".", NULL, &err);

		close(end[1]);
		if (!s || write(told[1], standin_endpoint(s), strlen(standin_endpoint(s))) < 0)
			_exit(1);
		_exit(read(end[0], &byte, 1) == 0 ? 0 : 1);
	}
	CU_ASSERT_FATAL(read(told[0], endpoint, sizeof(endpoint) - 1) > 0);
	return mem_printf("-e %s", endpoint);
}

static void
check_flat(const struct soak *s, size_t script_len)
{
	size_t most = s->first.heap + GROWTH + 2 * script_len; /* which the terminal keeps, in a buffer that doubles */

	printf("# %d rounds: heap %zu to %zu KiB, own pages %zu to %zu KiB, %zu descriptors, %zu threads\n", s->seen,
	        s->first.heap / 1024, s->last.heap / 1024, s->first.own_kib, s->last.own_kib, s->last.descriptors,
	        s->last.threads);
	CU_ASSERT_EQUAL(s->seen, s->rounds);
	HARNESS_CHECK(s->last.heap <= most, "the heap has grown from %zu to %zu bytes", s->first.heap, s->last.heap);
	CU_ASSERT_EQUAL(s->last.descriptors, s->first.descriptors);
	CU_ASSERT_EQUAL(s->last.threads, s->first.threads);
}

static void
a_day_leaves_nothing(void)
{
	const char *words = getenv("SOAK_ROUNDS");
	struct soak soak = {.rounds = words ? atoi(words) : ROUNDS};
	struct buf script = {0}, why = {0};
	char *args = serve_apart();
	struct play play = {.server = PLAY_HEALTH,
	        .args = args,
	        .history = "",
	        .rows = 40,
	        .cols = 120,
	        .line = do_line,
	        .arg = &soak};
	bool held;

	CU_ASSERT_FATAL(soak.rounds > 0);
	buf_puts(&script, "until \" ready\"\ntype \"/vsplit\\n\"\ntype \"/split\\n\"\nkey M-1\ntype "
	                  "\"/split\\n\"\nuntil \"4\"\n");
	for (int i = 1; i <= soak.rounds; i++)
		put_round(&script, i, DAY_S / soak.rounds);
	play.script = buf_text(&script);
	held = play_run(&play, &why, NULL);
	HARNESS_CHECK(held, "%s", buf_text(&why));
	check_flat(&soak, script.len);
	free(args);
	buf_release(&script);
	buf_release(&why);
}

static CU_TestInfo soak_tests[] = {
        {"a day leaves nothing", a_day_leaves_nothing},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"soak", NULL, NULL, NULL, NULL, soak_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	play_init();
	return harness_main(suites);
}
