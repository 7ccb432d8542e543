/*
 * child.c - posix_spawn with what a test wants to hold still: the environment, the signals, the standard streams.
 */
#ifndef _GNU_SOURCE /* a test may use what this system has */
#define _GNU_SOURCE
#endif

#include "tests/child.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"

enum {
	LIMIT_TIMES = 10, /* as long as a program may be silent, it may run in all */
};

static NORETURN void
bail_out(const char *what, int why)
{
	printf("Bail out! %s: %s\n", what, strerror(why));
	exit(1);
}

/* ---- the environment ---- */

static const char *const passed_on[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS",
        "GCOV_PREFIX", "GCOV_PREFIX_STRIP", "LLVM_PROFILE_FILE"};

static char **
make_environment(const struct child *c)
{
	size_t n = 0, more = 0;
	char **env;

	while (c->env && c->env[more])
		more++;
	env = mem_alloc((ARRAY_LEN(passed_on) + more + 5) * sizeof(*env));
	for (size_t i = 0; i < more; i++) /* the first of a name counts */
		env[n++] = mem_strdup(c->env[i]);
	for (size_t i = 0; i < ARRAY_LEN(passed_on); i++)
		if (getenv(passed_on[i]))
			env[n++] = mem_printf("%s=%s", passed_on[i], getenv(passed_on[i]));
	env[n++] = mem_printf("HOME=%s", c->dir);
	env[n++] = mem_strdup("LC_ALL=C.UTF-8");
	env[n++] = mem_strdup("TERM=xterm-256color");
	return env;
}

static void
free_environment(char **env)
{
	for (size_t i = 0; env[i]; i++)
		free(env[i]);
	free(env);
}

/* ---- start, end ---- */

static void
set_signals(posix_spawnattr_t *attr)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	sigdelset(&all, SIGKILL);
	sigdelset(&all, SIGSTOP);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &all);
}

pid_t
child_start(const struct child *c)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	char **env = make_environment(c);
	pid_t pid;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	set_signals(&attr);
	posix_spawnattr_setflags(
	        &attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (c->terminal ? POSIX_SPAWN_SETSID : 0));
	for (int i = 0; i < 3; i++)
		if (c->fds[i] >= 0)
			posix_spawn_file_actions_adddup2(&actions, c->fds[i], i);
		else if (c->terminal)
			posix_spawn_file_actions_addopen(&actions, i, c->terminal, O_RDWR, 0);
		else
			posix_spawn_file_actions_addclose(&actions, i);
	failed = posix_spawn(&pid, c->argv[0], &actions, &attr, (char *const *)c->argv, env);
	if (failed)
		bail_out(c->argv[0], failed);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	free_environment(env);
	return pid;
}

static _Thread_local long peak_kib;

int
child_wait(pid_t pid)
{
	struct rusage usage;
	int status;

	while (wait4(pid, &status, 0, &usage) < 0)
		if (errno != EINTR)
			bail_out("wait4", errno);
	peak_kib = usage.ru_maxrss;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

long
child_peak_kib(void)
{
	return peak_kib;
}

void
child_pipe(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) < 0)
		bail_out("pipe", errno);
}

int
child_terminal(char **path)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0)
		bail_out("pseudo-terminal", errno);
	*path = mem_strdup(ptsname(fd));
	return fd;
}

/* ---- directories ---- */

char *
child_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = mem_printf("%s/flynn-test-XXXXXX", tmp ? tmp : "/tmp");

	if (!mkdtemp(dir))
		bail_out(dir, errno);
	return dir;
}

static int
remove_one(const char *path, UNUSED const struct stat *stat, UNUSED int type, UNUSED struct FTW *ftw)
{
	return remove(path);
}

void
child_dir_remove(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- a run with pipes ---- */

static void
feed(int *fd, const char **input, size_t *left)
{
	ssize_t n = *left > 0 ? write(*fd, *input, *left) : 0;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		*input += n;
		*left -= (size_t)n;
	}
	if (n < 0 || *left == 0) {
		close(*fd);
		*fd = -1;
	}
}

static void
take(int *fd, struct buf *out)
{
	char bytes[65536];
	ssize_t n = read(*fd, bytes, sizeof(bytes));

	if (n > 0) {
		buf_put(out, bytes, (size_t)n);
	} else if (n == 0 || errno != EINTR) {
		close(*fd);
		*fd = -1;
	}
}

/* False: nothing was said for so long, or it says things without end. A program that has little of a busy machine says them slowly. */
static bool
exchange(int in, int out, int err, const char *input, size_t left, int limit_ms, struct child_output *o)
{
	int64_t end = clock_ms() + limit_ms, last = clock_ms() + (int64_t)limit_ms * LIMIT_TIMES;

	fcntl(in, F_SETFL, O_NONBLOCK);
	while (out >= 0 || err >= 0) {
		struct pollfd fds[] = {{in, POLLOUT, 0}, {out, POLLIN, 0}, {err, POLLIN, 0}};
		int64_t wait = end - clock_ms();

		if (wait <= 0)
			break;
		poll(fds, 3, (int)wait);
		if (fds[0].revents)
			feed(&in, &input, &left);
		if (fds[1].revents)
			take(&out, &o->out);
		if (fds[2].revents)
			take(&err, &o->err);
		if (fds[0].revents || fds[1].revents || fds[2].revents)
			end = clock_ms() + limit_ms < last ? clock_ms() + limit_ms : last;
	}
	for (int i = 0, fds[] = {in, out, err}; i < 3; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	return out < 0 && err < 0;
}

void
child_run(struct child c, const char *input, size_t input_len, int limit_ms, struct child_output *o)
{
	int in[2], out[2], err[2];
	pid_t pid;
	bool in_time;

	*o = (struct child_output){0};
	signal(SIGPIPE, SIG_IGN); /* a program may end before it has read everything */
	child_pipe(in);
	child_pipe(out);
	child_pipe(err);
	c.fds[0] = in[0];
	c.fds[1] = out[1];
	c.fds[2] = err[1];
	c.terminal = NULL;
	pid = child_start(&c);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	in_time = exchange(in[1], out[0], err[0], input, input_len, limit_ms, o);
	if (!in_time)
		kill(pid, SIGKILL);
	o->status = child_wait(pid);
	if (!in_time)
		o->status = -1;
}

void
child_output_release(struct child_output *o)
{
	buf_release(&o->out);
	buf_release(&o->err);
}
