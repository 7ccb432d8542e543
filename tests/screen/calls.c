/*
 * calls.c - what a token costs in system calls, from the socket to the terminal, and in printf, which takes a thousand instructions: a reply twice as long is told apart from the one
 * before it, so that all else does not count. A machine that is busy shows several tokens in one frame, which takes fewer.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	SHORT = 20, /* tokens */
	LONG = 120,
};

struct counts {
	long polls, reads, writes, prints;
};

/* Tokens of four letters and a blank, ten milliseconds apart. */
static char *
script_of(int tokens)
{
	struct buf script = {0};

	buf_puts(&script, "on GET /health\njson 200 {\"status\":\"ok\"}\non POST /v1/chat/completions\nstream\nrole\n");
	for (int i = 0; i < tokens; i++)
		buf_printf(&script, "delay 10\ntoken \"%c%c%c%c \"\n", 'a' + i % 26, 'a' + i / 26, 'a' + i % 7,
		        'a' + i % 11);
	buf_puts(&script, "delay 10\ntoken \"THE END\"\nfinish stop\ndone\n");
	return buf_take(&script);
}

static struct counts
read_counts(const char *path)
{
	struct counts c = {0};
	FILE *file = fopen(path, "r");

	CU_ASSERT_FATAL(file != NULL);
	CU_ASSERT(fscanf(file, "%ld %ld %ld %ld", &c.polls, &c.reads, &c.writes, &c.prints) == 4);
	fclose(file);
	return c;
}

static struct counts
count(int tokens, bool history)
{
	char *program = mem_printf("%s/tests/flynn_counted", getenv("FLYNN_BUILD")), *script = script_of(tokens);
	char *dir = child_dir(), *path = mem_printf("%s/counts", dir);
	struct standin *standin = steps_serve(script);
	const char *arguments[] = {"-e", standin_endpoint(standin), history ? NULL : "--no-history", NULL};
	struct counts counts;
	struct pty *pty;

	setenv("FLYNN_COUNTS", path, 1);
	pty = pty_new_program(program, arguments, 24, 80, "xterm-256color");
	steps_expect(pty, "ready");
	pty_keys(pty, "tell\r");
	steps_expect(pty, "THE END");
	CU_ASSERT(pty_wait_gone(pty, "writing"));
	steps_quit(pty);
	counts = read_counts(path);
	standin_free(standin);
	child_dir_remove(dir);
	free(dir);
	free(path);
	free(script);
	free(program);
	return counts;
}

static void
expect_at_most(const char *what, long few, long many, double most)
{
	double each = (double)(many - few) / (LONG - SHORT);

	HARNESS_CHECK(each <= most, "%.2f %s a token", each, what);
}

/* Two threads wait, the one rings for the other, which reads that, and writes to the terminal; some tokens begin a row, and the status
 * bar changes now and then. */
static void
token_takes_few_calls(void)
{
	struct counts few = count(SHORT, false), many = count(LONG, false);

	expect_at_most("polls", few.polls, many.polls, 2.5);
	expect_at_most("reads", few.reads, many.reads, 1.2);
	expect_at_most("writes", few.writes, many.writes, 2.7);
	expect_at_most("prints", few.prints, many.prints, 2.3);
}

/* Four saves a second, of which three threads hear. */
static void
history_adds_few(void)
{
	struct counts few = count(SHORT, true), many = count(LONG, true);

	expect_at_most("polls", few.polls, many.polls, 2.9);
	expect_at_most("reads", few.reads, many.reads, 1.5);
	expect_at_most("writes", few.writes, many.writes, 3);
	expect_at_most("prints", few.prints, many.prints, 3);
}

static CU_TestInfo calls_tests[] = {
        {"a token takes few system calls", token_takes_few_calls},
        {"the history adds few", history_adds_few},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"calls", NULL, NULL, NULL, NULL, calls_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
