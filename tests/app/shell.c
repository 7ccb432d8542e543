/*
 * shell.c - what a program that flynn starts has of flynn: nothing.
 */
#include "base/shell.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/descriptors.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "net/worker.h"
#include "system/editor.h"
#include "system/programs.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

enum {
	PATIENCE_MS = 10000,
};

#define LISTS_FILES "ls -l /proc/self/fd"

/* Runs it as each kind of program that flynn starts; what it wrote to its $OUT is the caller's to free. */
static char *
run_program_with(const char *argument, const char *command, const char *out)
{
	struct programs programs = {0};
	struct program program = {.name = "open_command", .command = command, .argument = argument, .input = ""};
	siginfo_t info;
	struct err err;
	size_t len;

	setenv("OUT", out, 1);
	CU_ASSERT_FATAL(programs_start(&programs, &program, &err));
	CU_ASSERT(waitid(P_PID, (id_t)programs.jobs[0].pid, &info, WEXITED | WNOWAIT) == 0);
	CU_ASSERT(!programs_failed(&programs, &err));
	programs_release(&programs);
	return harness_read(out, &len);
}

static char *
run_open_command(const char *command, const char *out)
{
	return run_program_with("x", command, out);
}

static char *
run_copy_command(const char *command, const char *out)
{
	return run_program_with(NULL, command, out);
}

static char *
run_editor(const char *command, const char *out)
{
	struct editor editor = {0};
	struct buf text = {0};
	struct err err;
	siginfo_t info;
	int status;
	size_t len;

	setenv("OUT", out, 1);
	setenv("VISUAL", command, 1);
	buf_puts(&text, "text");
	CU_ASSERT_FATAL(editor_start(&editor, &text, &err));
	buf_clear(&text);
	CU_ASSERT(waitid(P_PID, (id_t)editor.pid, &info, WEXITED | WNOWAIT) == 0);
	CU_ASSERT(editor_look(&editor, &status) == EDITOR_ENDED);
	CU_ASSERT(editor_take(&editor, status, &text, &err));
	editor_remove(&editor);
	buf_release(&text);
	unsetenv("VISUAL");
	return harness_read(out, &len);
}

static char *(*const kinds[])(const char *command, const char *out) = {run_open_command, run_copy_command, run_editor};

static void
closes_files_that_are_open(void)
{
	char *dir = child_dir(), *out = mem_printf("%s/out", dir), *inode;
	int fds[2];
	struct stat st;

	if (access("/proc/self/fd", R_OK) < 0) {
		harness_skip("there is no /proc");
		return;
	}
	CU_ASSERT_FATAL(pipe(fds) == 0); /* not close-on-exec, as a library might open one */
	CU_ASSERT_FATAL(fstat(fds[0], &st) == 0);
	inode = mem_printf("pipe:[%ju]", (uintmax_t)st.st_ino);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char *got = kinds[i]("f() { " LISTS_FILES " >\"$OUT\"; }; f", out);

		HARNESS_CHECK(strstr(got, " 0 -> ") && strstr(got, " 2 -> "), "kind %zu: %s", i, got);
		HARNESS_CHECK(!strstr(got, inode), "kind %zu: %s", i, got);
		free(got);
	}
	close(fds[0]);
	close(fds[1]);
	child_dir_remove(dir);
	free(inode);
	free(out);
	free(dir);
}

static void
closes_each_where_no_range_can_be(void)
{
	int low = dup(STDERR_FILENO), high = fcntl(STDERR_FILENO, F_DUPFD, 200);
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		descriptors_close_each(low);
		_exit(fcntl(low - 1, F_GETFD) >= 0 && fcntl(low, F_GETFD) < 0 && fcntl(high, F_GETFD) < 0 ? 0 : 1);
	}
	CU_ASSERT(waitpid(pid, &status, 0) == pid && status == 0);
	close(low);
	close(high);
}

static void
hides_the_token(void)
{
	char *dir = child_dir(), *out = mem_printf("%s/out", dir);

	setenv("FLYNN_AUTH_TOKEN", "s3cret-token", 1);
	setenv("FLYNN_AUTH_TOKEN_FILE", "another", 1);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char *got = kinds[i]("f() { env >\"$OUT\"; }; f", out);

		HARNESS_CHECK(!strstr(got, "s3cret-token"), "kind %zu", i);
		HARNESS_CHECK(strstr(got, "FLYNN_AUTH_TOKEN_FILE=another") && strstr(got, "PATH="), "kind %zu", i);
		free(got);
	}
	HARNESS_EQUAL(getenv("FLYNN_AUTH_TOKEN"), "s3cret-token");
	unsetenv("FLYNN_AUTH_TOKEN");
	unsetenv("FLYNN_AUTH_TOKEN_FILE");
	child_dir_remove(dir);
	free(out);
	free(dir);
}

/* It would go on at the server, on a socket that a program still holds. */
static void
lets_a_stopped_reply_end(void)
{
	struct err err;
	struct standin *server = standin_new("on any\nstream\nrole\ntoken \"a\"\nhang\n", ".", NULL, &err);
	struct model_settings settings = {.endpoint = standin_endpoint(server)};
	struct model_client *client = model_client_new(&settings, &err);
	struct chat_message message = {CHAT_USER, "hi", NULL, NULL};
	struct chat_request request = {.messages = &message, .n_messages = 1, .stream = true};
	struct programs programs = {0};
	struct program holder = {.name = "copy_command", .command = "exec sleep 1000", .input = ""};
	struct net *net = NULL;

	CU_ASSERT_FATAL(client != NULL);
	net = net_new(NULL, &err);
	CU_ASSERT_FATAL(net != NULL);
	CU_ASSERT(net_chat(net, 1, client, chat_order_copy(&request), &err));
	CU_ASSERT(standin_wait(server, STANDIN_REQUEST, 1, PATIENCE_MS));
	CU_ASSERT_FATAL(programs_start(&programs, &holder, &err));
	net_cancel(net, 1);
	CU_ASSERT(standin_wait(server, STANDIN_LEFT, 1, PATIENCE_MS));
	kill(programs.jobs[0].pid, SIGKILL);
	waitpid(programs.jobs[0].pid, NULL, 0);
	programs_release(&programs);
	CU_ASSERT(net_free(net));
	model_client_free(client);
	standin_free(server);
}

static void
tells_that_the_text_cannot_be_written(void)
{
	struct rlimit before, small;
	struct editor editor = {0};
	struct buf text = {0};
	struct err err;
	siginfo_t info;
	int status;

	for (int i = 0; i < 10000; i++)
		buf_puts(&text, "0123456789");
	setenv("VISUAL", "false", 1);
	CU_ASSERT_FATAL(getrlimit(RLIMIT_FSIZE, &before) == 0);
	small = before;
	small.rlim_cur = 1000; /* bytes of a file */
	signal(SIGXFSZ, SIG_IGN);
	CU_ASSERT_FATAL(setrlimit(RLIMIT_FSIZE, &small) == 0);
	CU_ASSERT_FATAL(editor_start(&editor, &text, &err));
	CU_ASSERT_FATAL(setrlimit(RLIMIT_FSIZE, &before) == 0);
	signal(SIGXFSZ, SIG_DFL);
	CU_ASSERT(waitid(P_PID, (id_t)editor.pid, &info, WEXITED | WNOWAIT) == 0);
	CU_ASSERT(editor_look(&editor, &status) == EDITOR_ENDED);
	CU_ASSERT(access(editor.path, F_OK) != 0);
	buf_clear(&text);
	CU_ASSERT(!editor_take(&editor, status, &text, &err));
	HARNESS_CHECK(strncmp(err.text, "cannot write /", 14) == 0, "%s", err.text);
	unsetenv("VISUAL");
	buf_release(&text);
}

CU_TestInfo shell_tests[] = {
        {"closes files that are open", closes_files_that_are_open},
        {"closes each where no range can be", closes_each_where_no_range_can_be},
        {"hides the token", hides_the_token},
        {"tells that the text cannot be written", tells_that_the_text_cannot_be_written},
        {"lets a stopped reply end", lets_a_stopped_reply_end},
        CU_TEST_INFO_NULL,
};
