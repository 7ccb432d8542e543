/*
 * copy.c - what is copied, as the bytes that reach a terminal.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "demo/standin.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

static const char server[] = "on GET /health\njson 200 {\"status\":\"ok\"}\n"
                             "on GET /props\njson 200 {\"model_alias\":\"tiny\"}\n"
                             "on POST /v1/chat/completions\nstream\nrole\n"
                             "token \"Hello \\x1b[2J\"\nfinish stop\ndone\nlast\n";
static const char osc[] = "\x1b]52;c;SGVsbG8gG1sySg==\a";

/* Frames begin and end with marks; a sequence inside of one might cut another in two. */
static void
expect_between_frames(const char *bytes, const char *sequence)
{
	const char *at = strstr(bytes, sequence), *begin = NULL, *end = NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	for (const char *mark = bytes; (mark = strstr(mark, "\x1b[?2026h")) != NULL && mark < at; mark++)
		begin = mark;
	for (const char *mark = bytes; (mark = strstr(mark, "\x1b[?2026l")) != NULL && mark < at; mark++)
		end = mark;
	CU_ASSERT(!begin || (end && end > begin));
}

static void
copy_on(const char *term, const char *said, const char *want, const char *unwanted)
{
	struct standin *s = steps_serve(server);
	struct pty *p;

	p = pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 24, 80, term);
	CU_ASSERT(pty_wait(p, " ready"));
	pty_keys(p, "Go\r");
	CU_ASSERT(pty_wait(p, "Hello ^[[2J"));
	CU_ASSERT(pty_wait(p, "\n ready · tiny\n")); /* what has not ended is copied "so far" */
	pty_forget(p);
	pty_keys(p, "/copy\r");
	CU_ASSERT(pty_wait(p, said));
	if (want)
		expect_between_frames(buf_text(pty_bytes(p)), want);
	CU_ASSERT_PTR_NULL(strstr(buf_text(pty_bytes(p)), unwanted));
	CU_ASSERT(pty_wait(p, "> Go"));
	pty_keys(p, "\x11");
	CU_ASSERT(pty_wait_end(p) == 0);
	pty_free(p);
	standin_free(s);
}

static void
a_terminal_gets_osc_52(void)
{
	copy_on("xterm-256color", " copied 10 characters", osc, "\x1bP");
}

static void
tmux_gets_it_twice(void)
{
	copy_on("tmux-256color", " copied 10 characters (tmux: with set-clipboard on)",
	        "\x1b]52;c;SGVsbG8gG1sySg==\a\x1bPtmux;\x1b\x1b]52;c;SGVsbG8gG1sySg==\a\x1b\\", "\x1b[2J");
}

static void
screen_gets_it_in_its_own_way(void)
{
	copy_on("screen.xterm-256color", " copied 10 characters", "\x1bP\x1b]52;c;SGVsbG8gG1sySg==\a\x1b\\", "tmux;");
}

static void
the_console_has_no_clipboard(void)
{
	copy_on("linux", " not copied: the Linux console has no clipboard; set copy_command", NULL, "\x1b]52");
}

static CU_TestInfo copy_tests[] = {
        {"a terminal gets OSC 52", a_terminal_gets_osc_52},
        {"tmux gets it twice", tmux_gets_it_twice},
        {"screen gets it in its own way", screen_gets_it_in_its_own_way},
        {"the console has no clipboard", the_console_has_no_clipboard},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"copy", NULL, NULL, NULL, NULL, copy_tests},
	        CU_SUITE_INFO_NULL,
	};

	/* What the tests were started in is nobody's business. */
	unsetenv("TMUX");
	unsetenv("STY");
	unsetenv("VTE_VERSION");
	unsetenv("TERM_PROGRAM");
	return harness_main(suites);
}
