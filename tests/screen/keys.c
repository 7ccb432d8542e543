/*
 * keys.c - `flynn keys --test` on a terminal: what it says of keys, and that the terminal is left as it was.
 */
#include <signal.h>
#include <sys/wait.h>

#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

static struct pty *
start(void)
{
	struct pty *p = pty_new((const char *[]){"keys", "--test", NULL}, 40, 100, "xterm-256color");

	steps_expect(p, "Press keys to see");
	return p;
}

static void
end(struct pty *p, const char *keys, int status)
{
	pty_keys(p, keys);
	CU_ASSERT(pty_wait_end(p) == status);
	CU_ASSERT(pty_is_restored(p));
	pty_free(p);
}

static void
tells_what_a_key_sends_and_does(void)
{
	struct pty *p = start();

	pty_keys(p, "\x1b[1;5C");
	steps_expect(p, "Ctrl+Right        C-Right in keys:, sent as 1b 5b 31 3b 35 43\n    composer, models, "
	                "parameters, parameter-edit");
	steps_expect(p, "(word-right)");
	pty_keys(p, "\x09");
	steps_expect(p, "Tab               sent as 09\n    composer: complete the /command");
	pty_keys(p, "\x18");
	steps_expect(p, "Ctrl+X            C-x in keys:, sent as 18\n"
	                "    composer: begins Ctrl+X Ctrl+E: edit the prompt in $VISUAL or $EDITOR (edit)");
	pty_keys(p, "\x05");
	steps_expect(p, "    composer: edit the prompt in $VISUAL or $EDITOR (edit)");
	pty_keys(p, "\x1b");
	steps_expect(p, "Esc               sent as 1b\n");
	pty_keys(p, "\xc3\xa9");
	steps_expect(p, "é                 sent as c3 a9\n    text, where text is written");
	pty_keys(p, "\x1b[200~pasted\x1b[201~");
	steps_expect(p, "pasted text");
	pty_keys(p, "\x1b]11;rgb:0/0/0\x07");
	steps_expect(p, "no key of flynn's, sent as 1b 5d 31 31");
	end(p, "q", 0);
}

static void
ends_with_ctrl_c_twice(void)
{
	struct pty *p = start();

	pty_keys(p, "\x03x\x03");
	steps_expect(p, "x                 sent as 78");
	end(p, "\x03", 0);
}

static void
ends_when_it_is_told_to(void)
{
	struct pty *p = start();

	kill(pty_pid(p), SIGTERM);
	CU_ASSERT(WEXITSTATUS(pty_wait_end(p)) == 128 + SIGTERM);
	CU_ASSERT(pty_is_restored(p));
	pty_free(p);
}

static CU_TestInfo keys_tests[] = {
        {"tells what a key sends and does", tells_what_a_key_sends_and_does},
        {"ends with Ctrl+C twice", ends_with_ctrl_c_twice},
        {"ends when it is told to", ends_when_it_is_told_to},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"keys", NULL, NULL, NULL, NULL, keys_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
