/*
 * demo.c - `flynn demo` on a terminal: the tour says what it is, shows what it is asked for, and leaves nothing behind.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

/* The program's home; empty at the start. */
static char *
make_home(void)
{
	char *home = mem_strdup("/tmp/flynn-demo-XXXXXX");

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
	setenv("HOME", home, 1);
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
	return home;
}

static void
plays_the_tour_and_leaves_no_file(void)
{
	char *home = make_home();
	struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");

	steps_expect(p, "This is a tour of flynn without a language model");
	steps_expect(p, "ready · flynn tour (no language model)");
	pty_keys(p, "hello\r");
	steps_expect(p, "> hello\n\nThis is a tour of flynn");
	pty_keys(p, "\x1b");
	steps_expect(p, "(stopped)");
	pty_keys(p, "next\r");
	steps_expect(p, "> next\n\n1. Keys");
	steps_quit(p);
	HARNESS_CHECK(rmdir(home) == 0, "%s is not empty", home);
	free(home);
}

static void
plays_what_goes_wrong(void)
{
	static const struct {
		const char *word, *screen;
	} rows[] = {
	        {"an ERROR", "\n! Context size has been exceeded."},
	        {"broken", "\n! the connection broke off"},
	        {"slow", "reading prompt 10 %"},
	        {"loading", "! Loading model · Enter sends it again\n"},
	};
	char *home = make_home();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");

		steps_expect(p, " ready");
		pty_keys(p, rows[i].word);
		pty_keys(p, "\r");
		steps_expect(p, rows[i].screen);
		steps_quit(p);
	}
	rmdir(home);
	free(home);
}

static void
goes_live_after_loading(void)
{
	char *home = make_home();
	struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");

	steps_expect(p, " ready");
	pty_keys(p, "loading\r");
	steps_expect(p, "! Loading model");
	steps_expect(p, "> loading\n loading");
	steps_expect(p, "> loading\n ready");
	pty_keys(p, "\r");
	steps_expect(p, "The server was loading its model");
	steps_quit(p);
	rmdir(home);
	free(home);
}

static void
takes_no_server_of_the_users(void)
{
	struct pty *p = pty_new((const char *[]){"demo", "-e", "http://127.0.0.1:1", NULL}, 24, 80, "xterm-256color");
	int status = pty_wait_end(p);

	CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 2);
	pty_free(p);
}

static CU_TestInfo demo_tests[] = {
        {"plays the tour and leaves no file", plays_the_tour_and_leaves_no_file},
        {"plays what goes wrong", plays_what_goes_wrong},
        {"goes live after loading", goes_live_after_loading},
        {"takes no server of the user's", takes_no_server_of_the_users},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"tour", NULL, NULL, NULL, NULL, demo_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
