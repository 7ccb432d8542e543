/*
 * replay.c - `flynn replay` from outside: on a terminal and into a cast it ends with the screen that the chat ended with, asks no
 * server and writes no history; and what it refuses.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/play_history.h"
#include "tests/screen/casts.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

static const char server[] =
        "on GET /health\njson 200 {\"status\":\"ok\"}\non GET /props\njson 200 {\"model_alias\":\"tiny\"}\n"
        "on POST /v1/chat/completions\nstream\nrole\nthink \"A boat is \"\ndelay 30\nthink \"a thing.\"\n"
        "token \"# Boats\\n\\nThey *float* on \"\ndelay 30\ntoken \"**water**:\\n\\n1. a boat\\n2. another\\n\\n\"\n"
        "delay 20\ntoken \"| what | where |\\n|---|---|\\n| boat | water |\\n\\n\"\ntoken \"Äh… 日本語 that is all.\"\n"
        "finish stop\ndone\nlast\n";

static const struct {
	const char *name;
	int rows, cols;
} sizes[] = {{"120x40", 40, 120}, {"60x15", 15, 60}};

/* The screen after a prompt and its reply, without its last row. */
static char *
chat(struct standin *s, int rows, int cols)
{
	struct pty *p = pty_new((const char *[]){"-e", standin_endpoint(s), NULL}, rows, cols, "xterm-256color");
	char *screen;

	steps_expect(p, " ready");
	pty_keys(p, "What is a boat, if one may ask?\r");
	steps_expect(p, "that is all.");
	CU_ASSERT(pty_wait_gone(p, "writing"));
	screen = pty_text(p);
	casts_cut_last_row(screen);
	steps_quit(p);
	return screen;
}

static void
expect_screen(char *have, const char *want)
{
	casts_cut_last_row(have);
	HARNESS_EQUAL(have, want);
	free(have);
}

static void
replay_on_terminal(int rows, int cols, const char *want)
{
	struct pty *p = pty_new((const char *[]){"replay", "1", "--speed", "64", NULL}, rows, cols, "xterm-256color");

	steps_expect(p, "the end");
	expect_screen(pty_text(p), want);
	pty_keys(p, "q");
	CU_ASSERT(pty_wait_end(p) == 0 && pty_is_restored(p));
	pty_free(p);
}

static void
replay_into_cast(const char *home, const char *size, int rows, int cols, const char *want)
{
	char *cast = mem_printf("%s/%s.cast", home, size), *bytes;
	struct pty *p = pty_new(
	        (const char *[]){"replay", "1", "--cast", cast, "--size", size, NULL}, rows, cols, "xterm-256color");
	double seconds;

	CU_ASSERT_EQUAL(pty_wait_end(p), 0);
	pty_free(p);
	bytes = casts_read(cast, &seconds);
	HARNESS_CHECK(seconds > 3 && seconds < 60, "%g s", seconds);
	CU_ASSERT_PTR_NULL(strstr(bytes, "pauses"));
	expect_screen(casts_show(bytes, rows, cols, "the end"), want);
	free(bytes);
	free(cast);
}

static void
ends_as_the_chat_ended(void)
{
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct standin *s = steps_serve(server);
		char *home = child_dir(), *path = mem_printf("%s/flynn/history.db", home), *screen, *before, *after;
		size_t n, m;

		pty_home(home);
		screen = chat(s, sizes[i].rows, sizes[i].cols);
		standin_free(s);
		s = steps_serve(server);
		before = harness_read(path, &n);
		setenv("FLYNN_ENDPOINT", standin_endpoint(s), 1);
		replay_on_terminal(sizes[i].rows, sizes[i].cols, screen);
		replay_into_cast(home, sizes[i].name, sizes[i].rows, sizes[i].cols, screen);
		unsetenv("FLYNN_ENDPOINT");
		CU_ASSERT_EQUAL(standin_count(s, STANDIN_REQUEST), 0);
		after = harness_read(path, &m);
		CU_ASSERT(n == m && memcmp(before, after, n) == 0);
		free(before);
		free(after);
		free(screen);
		pty_home(NULL);
		child_dir_remove(home);
		free(home);
		free(path);
		standin_free(s);
	}
}

static void
make_history(const char *home, const char *lines)
{
	char *path = mem_printf("%s/flynn/history.db", home);
	struct err err;
	int64_t open;

	CU_ASSERT_FATAL(play_history_make(path, lines, "", &open, &err));
	free(path);
}

/* A conversation without a message; flynn saves none. */
static void
import_empty(const char *home)
{
	char *path = mem_printf("%s/empty.json", home);
	FILE *file = fopen(path, "w");
	struct pty *p;

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	fputs("{\"format\":\"flynn-history\",\"version\":1,\"conversations\":[{\"messages\":[]}]}", file);
	fclose(file);
	p = pty_new((const char *[]){"history", "import", path, NULL}, 24, 80, "xterm-256color");
	CU_ASSERT_EQUAL(pty_wait_end(p), 0);
	pty_free(p);
	free(path);
}

static void
has_its_keys(void)
{
	char *home = child_dir();
	struct pty *p;

	make_history(home, "conversation 3h Boats\nuser One?\nreply First.\nuser Two?\nreply Second.\n");
	pty_home(home);
	p = pty_new((const char *[]){"replay", "--speed", "0.25", NULL}, 24, 80, "xterm-256color");
	steps_expect(p, "replay 1/2 · 0.25×");
	pty_keys(p, " ");
	steps_expect(p, "paused");
	pty_keys(p, "++");
	steps_expect(p, "1×");
	pty_keys(p, "\x1b[C");
	steps_expect(p, "replay 2/2");
	steps_expect(p, "First.");
	pty_resize(p, 12, 40);
	steps_expect(p, "2/2 · 1× · paused");
	pty_keys(p, "\x1bOP");
	steps_expect(p, "offline · Help");
	pty_keys(p, "\x1b");
	steps_expect(p, "2/2 · 1× · paused");
	pty_keys(p, "\x1b");
	CU_ASSERT(pty_wait_end(p) == 0 && pty_is_restored(p));
	pty_free(p);
	pty_home(NULL);
	child_dir_remove(home);
	free(home);
}

static void
refuses(void)
{
	static const struct {
		const char *arguments[5];
		int status;
		const char *words;
	} rows[] = {
	        {{"replay", "9"}, 1, "there is no conversation 9"},
	        {{"replay", "2"}, 1, "conversation 2 is empty: there is nothing to replay"},
	        {{"replay", "1", "--speed", "65"}, 2, "--speed 65: write a number from 0.25 to 64"},
	        {{"replay", "1", "--size", "80x24"}, 2, "--size is for --cast: a terminal has a size of its own"},
	        {{"replay", "1", "--cast", "/dev/null/cast"}, 1, "/dev/null/cast"},
	        {{"replay", "1", "2"}, 2, "replay"},
	};
	char *home = child_dir();

	make_history(home, "conversation 3h Boats\nuser One?\n");
	pty_home(home);
	import_empty(home);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pty *p = pty_new(rows[i].arguments, 24, 200, "xterm-256color");
		int status = pty_wait_end(p);

		HARNESS_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == rows[i].status, "%s: %d", rows[i].words,
		        WEXITSTATUS(status));
		steps_expect(p, rows[i].words);
		pty_free(p);
	}
	pty_home(NULL);
	child_dir_remove(home);
	free(home);
}

static CU_TestInfo replay_tests[] = {
        {"ends as the chat ended, on a terminal and in a cast", ends_as_the_chat_ended},
        {"has its keys", has_its_keys},
        {"refuses what cannot be played", refuses},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"replay", NULL, NULL, NULL, NULL, replay_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
