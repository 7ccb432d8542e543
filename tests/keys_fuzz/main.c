/*
 * main.c - the whole screen under keys by chance, several in each read, mostly without a frame between them (terminal.h).
 * What must hold: no sanitizer has a word to say, no turn of the loop takes a minute, each frame is what it would be drawn
 * anew, no cell holds what would take over a terminal, what is typed is in the composer and what is received in the
 * conversation, and at the end both are in the history.
 *
 *	FUZZ_SCREEN_INPUTS   so many reads in all (by default 6000), or
 *	FUZZ_SCREEN_SECONDS  for so long
 *	FUZZ_SCREEN_SEED     of the first session; the next has the next one
 *	FUZZ_SCREEN_SAY=1    prints the bytes of each read: with the seed of a session that fell, and its number of inputs
 *
 * A session has its own app, history and server. Some sessions in a row share a process, so that this one is there to tell
 * when it falls. The same seed has the same bytes, sizes and frames; when threads and servers answer is their own affair.
 */
#ifndef _GNU_SOURCE /* a test may use what this system has */
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/keeper.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/keys_fuzz/kept.h"
#include "tests/keys_fuzz/terminal.h"
#include "tests/play.h"

enum {
	READS = 400,   /* of a session */
	SESSIONS = 25, /* of a process */
	INPUTS = 6000,
	SERVERS = 3, /* kinds of servers */
};

/* Programs that are started do nothing. */
static const char config[] =
        "models: {local: {endpoint: '{endpoint}'}, other: {endpoint: '{endpoint}', model: other}}\n"
        "default: local\n"
        "open_command: 'true'\ncopy_command: 'true'\n"
        "keys:\n"
        "  composer: {Ctrl+G: none, Ctrl+X Ctrl+E: none}\n"
        "  line: {Ctrl+D: none}\n"
        "  anywhere: {Ctrl+Z: none}\n";

static const char history[] =
        "conversation 9m Long\nuser Tell me\nthought Let me think about it\\nand more\n"
        "reply # Head\\n\\nOne **two** three\\n\\n```c\\nint x;\\n```\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n- "
        "item\\n- "
        "item\\n\\nhttp://example.org/ and `code`\\n\\n```\\nmore\\n```\\n\\nThe end of it\n"
        "user And then?\nreply Then 日本語\\n\\nover\\n\\nand\\n\\nover\n"
        "conversation 6m Other\nuser Else\nreply Where\nwaiting Later\n"
        "conversation 5m Branches\nuser One\nreply Uno\nuser Two\nreply Dos\nbelow 1\nreply Un\nbelow 2\nuser Three\n"
        "dying Tres\nuser Four\nreply Four, five and six\\n\\nseven\nuser Five\nreply Cinco\nuser Six\nreply "
        "Seis\nuser "
        "Seven\nreply Siete\nbelow 9\nreply Cuatro\nbelow 0\nuser Another\nreply Otro\nuser More\nreply More of it\n"
        "user Still more\nreply All\ndraft Drafted\nopen\n";

/* One that never answers, so that what it says is made here; one that says this and that; and one that is not there. */
static const char *const servers[SERVERS] = {
        PLAY_CHAT "stream\nwait\nlast\n",
        PLAY_CHAT "stream\nrole\ntoken \"some words\"\ndelay 1\ntoken \" and more\"\nfinish stop\ndone\n"
                  "then\njson 500 {\"error\":{\"message\":\"no\"}}\n"
                  "then\nstream\ntoken \"it begins\"\nclose\n"
                  "then\nstream\nrole\nrepeat 40\ntoken \"word 日本 and **more** of it. \\n\\n\"\ndelay 1\nend\n"
                  "finish length\ndone\nlast\n",
        "on GET /health\njson 503 {}\non POST /v1/chat/completions\njson 401 {}\nlast\n",
};

static struct terminal_counts *counts;

static long
setting(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtol(text, NULL, 10) : otherwise;
}

/* ---- a session ---- */

struct fuzzed {
	struct terminal_use use;
	struct kept *kept;
};

static struct term *
make_terminal(void *arg, struct app *app, const struct term_script_host *host, struct err *err)
{
	return terminal_new(&((struct fuzzed *)arg)->use, app, host, err);
}

static void
keep_all(void *arg, struct app *app)
{
	struct fuzzed *f = arg;

	f->kept = app->keeper->store && !app->keeper->trouble ? kept_new(app) : NULL;
}

static bool
has_kept_all(void *arg, const char *path, struct buf *why)
{
	struct fuzzed *f = arg;
	bool all = !f->kept || !path || kept_is_in(f->kept, path, &counts->saved, why);

	kept_free(f->kept);
	buf_puts(why, buf_text(&f->use.why));
	all = all && f->use.why.len == 0;
	buf_release(&f->use.why);
	return all;
}

static bool
run_session(long seed)
{
	struct fuzzed fuzzed = {.use = {.seed = seed,
	                                .reads = READS,
	                                .records = seed % SERVERS == 0,
	                                .say = setting("FUZZ_SCREEN_SAY", 0) > 0,
	                                .counts = counts,
	                                .before_end = keep_all}};
	struct play play = {.server = servers[seed % SERVERS],
	        .config = config,
	        .history = seed % 4 ? history : NULL,
	        .terminal = make_terminal,
	        .ended = has_kept_all,
	        .arg = &fuzzed};
	struct buf why = {0};
	bool held;

	fuzzed.use.arg = &fuzzed;
	counts->seed = seed;
	held = play_run(&play, &why, NULL);
	if (!held)
		printf("# seed %ld: %s\n", seed, buf_text(&why));
	fflush(stdout);
	buf_release(&why);
	counts->sessions++;
	return held;
}

/* ---- all of them ---- */

static bool
is_enough(int64_t start_ms)
{
	long seconds = setting("FUZZ_SCREEN_SECONDS", 0);

	if (seconds > 0)
		return clock_ms() - start_ms >= seconds * 1000;
	return counts->reads >= setting("FUZZ_SCREEN_INPUTS", INPUTS);
}

static int
run_some(long seed, int64_t start_ms)
{
	char *dir = child_dir();
	bool held = chdir(dir) == 0;

	signal(SIGPIPE, SIG_IGN);
	play_init();
	for (int i = 0; held && i < SESSIONS && !is_enough(start_ms); i++)
		held = run_session(seed + i);
	held = chdir("/") == 0 && held;
	child_dir_remove(dir);
	free(dir);
	return held ? 0 : 1;
}

/* What became of the process: true, all held. */
static bool
wait_for(pid_t pid)
{
	int status;

	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		printf("# a turn of the loop took over a minute\n");
	printf("# FUZZ_SCREEN_SEED=%ld: fell (status %x)\n", counts->seed, (unsigned)status);
	return false;
}

static void
report(bool held, int64_t ms)
{
	printf("# %ld inputs of %ld bytes: %ld keys, %ld pastes, %ld of the mouse, %ld sizes, %ld records, %ld "
	       "frames\n",
	        counts->reads, counts->bytes, counts->keys, counts->pastes, counts->mice, counts->sizes,
	        counts->records, counts->frames);
	printf("# %ld sessions in %lld s; %ld words found in the composer, %ld messages in the history\n",
	        counts->sessions, (long long)ms / 1000, counts->probes, counts->saved);
	printf("1..1\n%s 1 - keys by chance leave a screen that is right\n", held ? "ok" : "not ok");
}

int
main(void)
{
	int64_t start_ms = clock_ms();
	long seed = setting("FUZZ_SCREEN_SEED", 1);
	bool held = true;

	counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED) {
		printf("Bail out! no memory to share\n");
		return 1;
	}
	for (; held && !is_enough(start_ms); seed += SESSIONS) {
		pid_t pid;

		fflush(stdout);
		pid = fork();
		if (pid == 0)
			exit(run_some(seed, start_ms));
		held = pid > 0 && wait_for(pid);
	}
	report(held, clock_ms() - start_ms);
	return held ? 0 : 1;
}
