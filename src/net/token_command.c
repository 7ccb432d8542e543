/*
 * token_command.c - the thread starts the shell in a session of its own, reads both of its streams to their end, and takes the first
 * line.
 */
#include "config.h"

#include "net/token_command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/descriptors.h"
#include "base/errand.h"
#include "base/mem.h"
#include "base/shell.h"

enum {
	SAID_MAX = 64 * 1024, /* bytes of what it writes that are kept */
	WHY_BYTES_MAX = 200,  /* of its standard error, in words */
};

static int limit_s = 30;

void
token_commands_limit(int seconds)
{
	limit_s = seconds;
}

/* The thread's while it runs, but for the process, which whoever leaves it may end. */
struct told {
	char *command;
	atomic_int process; /* 0: there is none (any more) */
	struct buf out, err;
	bool late;
	int status;
	struct err failure; /* it could not be started; ERR_NONE: it was */
};

struct token_run {
	struct errand *errand; /* NULL: it has ended */
	struct told *told;     /* the thread's until then */
	char *token;           /* or NULL, and why */
	struct err why;
	char *command;
	struct token_run *next;
};

/* ---- the thread ---- */

static void
run_child(const struct told *t, const int out[2], const int err[2], int nothing, char **environment)
{
	setsid();
	alarm((unsigned)limit_s); /* a command that has closed its output, and goes on */
	if (dup2(nothing, STDIN_FILENO) < 0 || dup2(out[1], STDOUT_FILENO) < 0 || dup2(err[1], STDERR_FILENO) < 0)
		_exit(SHELL_NOT_FOUND);
	shell_run(t->command, NULL, environment);
}

/* False: the end. What is too much is read and dropped. */
static bool
read_some(int fd, struct buf *to)
{
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));
	size_t room = SAID_MAX - to->len;

	if (n > 0)
		buf_put(to, bytes, (size_t)n < room ? (size_t)n : room);
	return n > 0 || (n < 0 && errno == EINTR);
}

/* Up to the end of its output: what it has started may keep its standard error open. */
static void
read_streams(struct told *t, int out, int err)
{
	int64_t end_ms = clock_ms() + limit_s * 1000;
	struct pollfd fds[] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};

	for (;;) {
		int64_t left_ms = end_ms - clock_ms();

		t->late = left_ms <= 0;
		if (t->late || (poll(fds, 2, (int)left_ms) < 0 && errno != EINTR))
			return;
		if (fds[1].revents && !read_some(err, &t->err))
			fds[1].fd = -1;
		if (fds[0].revents && !read_some(out, &t->out))
			return;
	}
}

static void
end_process(struct told *t, int process)
{
	if (t->late)
		kill(-process, SIGKILL);
	while (waitpid(process, &t->status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(t->status)) /* and what it has started */
		kill(-process, SIGKILL);
	atomic_store(&t->process, 0);
}

static bool
make_pipes(int out[2], int err[2])
{
	if (!descriptors_pipe(out, 0))
		return false;
	if (descriptors_pipe(err, 0))
		return true;
	close(out[0]);
	close(out[1]);
	return false;
}

/* With the pipes open: the parent's end of each is left. */
static void
start_and_read(struct told *t, const int out[2], const int err[2])
{
	char **environment = shell_environment();
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC), process = fork();

	if (process == 0)
		run_child(t, out, err, nothing, environment);
	if (process < 0)
		err_set(&t->failure, ERR_UNAUTHORISED, "auth_token_command cannot be run: %s", strerror(errno));
	free(environment);
	if (nothing >= 0)
		close(nothing);
	close(out[1]);
	close(err[1]);
	if (process < 0)
		return;
	atomic_store(&t->process, process);
	read_streams(t, out[0], err[0]);
	(void)!fcntl(err[0], F_SETFL, O_NONBLOCK);
	while (read_some(err[0], &t->err))
		;
	end_process(t, process);
}

static void
run(void *work)
{
	struct told *t = work;
	int out[2], err[2];

	if (!make_pipes(out, err)) {
		err_set(&t->failure, ERR_UNAUTHORISED, "auth_token_command cannot be run: %s", strerror(errno));
		return;
	}
	start_and_read(t, out, err);
	close(out[0]);
	close(err[0]);
}

static void
release_told(void *work)
{
	struct told *t = work;

	free(t->command);
	buf_release(&t->out);
	buf_release(&t->err);
	free(t);
}

/* ---- what came of it ---- */

/* ": " and the first line of its standard error, or nothing. */
static void
put_stderr(const struct told *t, struct buf *out)
{
	size_t n = strcspn(buf_text(&t->err), "\r\n");

	if (n > 0)
		buf_printf(out, ": %.*s", n < WHY_BYTES_MAX ? (int)n : WHY_BYTES_MAX, buf_text(&t->err));
}

static bool
is_bare(const char *text)
{
	for (const char *s = text; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7f)
			return false;
	return true;
}

/* False: it failed, and out says how. */
static bool
has_succeeded(const struct told *t, struct buf *out)
{
	bool exited = WIFEXITED(t->status);

	if (!t->late && exited && WEXITSTATUS(t->status) == 0)
		return true;
	if (t->late || (!exited && WTERMSIG(t->status) == SIGALRM))
		buf_printf(out, "auth_token_command has not ended in %d s", limit_s);
	else if (exited)
		buf_printf(out, "auth_token_command failed with status %d", WEXITSTATUS(t->status));
	else
		buf_printf(out, "auth_token_command was ended by signal %d", WTERMSIG(t->status));
	put_stderr(t, out);
	return false;
}

/* The first line, or why there is none. */
static void
judge(struct token_run *r, const struct told *t)
{
	size_t n = strcspn(buf_text(&t->out), "\n");
	bool ends_in_cr = n > 0 && t->out.data[n - 1] == '\r';
	char *line = mem_strndup(buf_text(&t->out), n - ends_in_cr);
	struct buf why = {0};

	if (!has_succeeded(t, &why))
		;
	else if (!*line)
		buf_puts(&why, "auth_token_command told no token: its first line is empty");
	else if (!is_bare(line))
		buf_puts(&why, "auth_token_command: its first line must be the bare token, without spaces and control "
		               "characters");
	if (why.len == 0)
		r->token = mem_strdup(line);
	else
		err_set(&r->why, ERR_UNAUTHORISED, "%s", buf_text(&why));
	buf_release(&why);
	free(line);
}

/* ---- the list ---- */

static struct token_run *
find_run(const struct token_commands *all, const char *command)
{
	struct token_run *r = all->first;

	while (r && strcmp(r->command, command) != 0)
		r = r->next;
	return r;
}

struct token_run *
token_commands_run(struct token_commands *all, const char *command)
{
	static const struct errand_kind kind = {run, release_told};
	struct token_run *r = find_run(all, command);

	if (r)
		return r;
	r = mem_alloc(sizeof(*r));
	r->command = mem_strdup(command);
	r->told = mem_alloc(sizeof(*r->told));
	r->told->command = mem_strdup(command);
	r->errand = errand_start(&kind, r->told, &r->why);
	r->next = all->first;
	all->first = r;
	if (r->errand) {
		sockets_set(all->sockets, errand_fd(r->errand), POLLIN);
	} else {
		r->why.code = ERR_UNAUTHORISED;
		release_told(r->told);
	}
	return r;
}

bool
token_run_has_ended(const struct token_run *r)
{
	return !r->errand;
}

const char *
token_run_token(const struct token_run *r, struct err *err)
{
	if (!r->token)
		*err = r->why;
	return r->token;
}

bool
token_commands_take(struct token_commands *all, int fd)
{
	struct token_run *r = all->first;

	while (r && (!r->errand || errand_fd(r->errand) != fd))
		r = r->next;
	if (!r)
		return false;
	if (!errand_has_ended(r->errand))
		return true;
	sockets_set(all->sockets, fd, 0);
	(void)errand_finish(r->errand);
	r->errand = NULL;
	if (r->told->failure.code != ERR_NONE)
		r->why = r->told->failure;
	else
		judge(r, r->told);
	release_told(r->told);
	return true;
}

void
token_commands_release(struct token_commands *all)
{
	for (struct token_run *r; (r = all->first) != NULL;) {
		int process = r->errand ? atomic_load(&r->told->process) : 0;

		all->first = r->next;
		if (process > 0)
			kill(-process, SIGTERM);
		errand_leave(r->errand);
		free(r->token);
		free(r->command);
		free(r);
	}
}
