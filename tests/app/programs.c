/*
 * programs.c - what a command gets, and what is said of one that fails.
 */
#include "system/programs.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

/* Until it has ended; it can still be waited for then. */
static void
wait_for(pid_t pid)
{
	siginfo_t info;

	CU_ASSERT(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0);
}

static void
gives_the_text_as_it_is(void)
{
	static const char text[] = "It's \"$HOME\"\n\xff\0 and `more`\n";
	char *dir = child_dir(), *path = mem_printf("%s/copied", dir), *got;
	struct programs copying = {0};
	struct err err;
	size_t len;

	setenv("OUT", path, 1);
	CU_ASSERT_FATAL(programs_start(&copying,
	        &(struct program){.name = "copy_command", .command = "cat >\"$OUT\"", .input = text, .n = sizeof(text)},
	        &err));
	wait_for(copying.jobs[0].pid);
	CU_ASSERT(!programs_failed(&copying, &err));
	CU_ASSERT_EQUAL(copying.n, 0);
	got = harness_read(path, &len);
	CU_ASSERT(len == sizeof(text) && memcmp(got, text, len) == 0);
	programs_release(&copying);
	child_dir_remove(dir);
	free(dir);
	free(path);
	free(got);
}

static void
tells_of_those_that_fail(void)
{
	static const struct {
		const char *command, *want;
	} rows[] = {
	        {"exit 0", ""},
	        {"echo warning >&2", ""},
	        {"exit 3", "copy_command: exit 3"},
	        {"echo no display >&2; echo more >&2; exit 1", "copy_command: exit 1: no display"},
	        {"kill -9 $$", "copy_command: ended by signal 9"},
	        {"head -c 5000 /dev/zero | tr '\\0' x >&2; exit 1", NULL},
	};
	struct programs copying = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {.text = ""};
		bool failed;

		CU_ASSERT_FATAL(programs_start(&copying,
		        &(struct program){.name = "copy_command", .command = rows[i].command, .input = "text", .n = 4},
		        &err));
		wait_for(copying.jobs[0].pid);
		failed = programs_failed(&copying, &err);
		if (rows[i].want)
			HARNESS_EQUAL(failed ? err.text : "", rows[i].want);
		HARNESS_CHECK(strlen(err.text) < 300, "row %zu", i);
		CU_ASSERT_EQUAL(copying.n, 0);
	}
	programs_release(&copying);
}

/* As where there is no memory for a file. */
static void
tells_that_its_input_has_no_room(void)
{
	static char text[100000];
	struct rlimit before, small;
	struct programs copying = {0};
	struct program program = {
	        .name = "copy_command", .command = "cat >/dev/null", .input = text, .n = sizeof(text)};
	struct err err = {.text = ""};

	CU_ASSERT_FATAL(getrlimit(RLIMIT_FSIZE, &before) == 0);
	small = before;
	small.rlim_cur = 1000; /* bytes of a file */
	signal(SIGXFSZ, SIG_IGN);
	CU_ASSERT_FATAL(setrlimit(RLIMIT_FSIZE, &small) == 0);
	CU_ASSERT(programs_start(&copying, &program, &err));
	CU_ASSERT_FATAL(setrlimit(RLIMIT_FSIZE, &before) == 0);
	signal(SIGXFSZ, SIG_DFL);
	wait_for(copying.jobs[0].pid);
	CU_ASSERT(programs_failed(&copying, &err));
	HARNESS_EQUAL(err.text, "copy_command: exit 127: no room for its input");
	programs_release(&copying);
}

/* One that waits to hand its text out does not keep the next from starting. */
static void
lets_several_run(void)
{
	static const char wait[] = "mkfifo \"$OUT\" && cat \"$OUT\"; exit 5",
	                  end[] = "until test -p \"$OUT\"; do :; done; : >\"$OUT\"; exit 4";
	char *dir = child_dir(), *fifo = mem_printf("%s/end", dir);
	struct programs copying = {0};
	struct err err;
	pid_t waiting;

	setenv("OUT", fifo, 1);
	CU_ASSERT_FATAL(programs_start(
	        &copying, &(struct program){.name = "copy_command", .command = wait, .input = "one", .n = 3}, &err));
	waiting = copying.jobs[0].pid;
	CU_ASSERT(!programs_failed(&copying, &err));
	CU_ASSERT_FATAL(programs_start(
	        &copying, &(struct program){.name = "copy_command", .command = end, .input = "two", .n = 3}, &err));
	CU_ASSERT_EQUAL(copying.n, 2);
	wait_for(copying.jobs[1].pid);
	wait_for(waiting);
	CU_ASSERT(programs_failed(&copying, &err));
	CU_ASSERT(programs_failed(&copying, &err));
	CU_ASSERT(!programs_failed(&copying, &err));
	CU_ASSERT_EQUAL(copying.n, 0);
	programs_release(&copying);
	child_dir_remove(dir);
	free(dir);
	free(fifo);
}

/* Whatever it says, sh does not look into it. */
static void
gives_an_argument_as_one_word(void)
{
	static const char argument[] = "https://a.b/$(id)?c='d'&e=\";exit 4;#`f` g";
	struct programs programs = {0};
	struct err err = {.text = ""};
	char *want = mem_printf("opener: exit 3: 1 %s", argument);

	CU_ASSERT_FATAL(programs_start(&programs,
	        &(struct program){.name = "opener",
	                .command = "f() { echo \"$# $1\" >&2; exit 3; }; f",
	                .argument = argument,
	                .input = ""},
	        &err));
	wait_for(programs.jobs[0].pid);
	CU_ASSERT(programs_failed(&programs, &err));
	HARNESS_EQUAL(err.text, want);
	programs_release(&programs);
	free(want);
}

CU_TestInfo programs_tests[] = {
        {"gives the text as it is", gives_the_text_as_it_is},
        {"tells of those that fail", tells_of_those_that_fail},
        {"tells that its input has no room", tells_that_its_input_has_no_room},
        {"lets several run", lets_several_run},
        {"gives an argument as one word", gives_an_argument_as_one_word},
        CU_TEST_INFO_NULL,
};
