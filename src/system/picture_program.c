/*
 * picture_program.c - a child with three pipes. Its bytes go in while its cells come out; a child that takes too long is killed.
 */
#include <config.h>

#include "system/picture_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/descriptors.h"
#include "base/mem.h"
#include "base/own_path.h"
#include "base/shell.h"

enum {
	WORDS_MAX = 300, /* of its standard error */
	READ_AT_ONCE = 16 * 1024,
	ARGUMENT_ROOM = 16,
};

enum {
	INPUT,
	OUTPUT,
	ERRORS,
	PIPES,
};

static const char name[] = "flynn-picture";

struct child {
	pid_t pid;
	int ends[PIPES];        /* ours; -1: closed */
	struct buf said[PIPES]; /* OUTPUT, ERRORS */
	const char *input;
	size_t left; /* of the input */
};

/* ---- where it is ---- */

char *
picture_program_find(void)
{
	static const char *const places[] = {"flynn-picture", "../libexec/flynn-picture"};
	char *path = NULL;

	for (size_t i = 0; !path && i < ARRAY_LEN(places); i++)
		path = own_path_beside(places[i]);
	return path ? path : mem_printf(LIBEXECDIR "/%s", name);
}

/* ---- starting it ---- */

static void
close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The child's ends are `theirs`. */
static bool
make_pipes(struct child *c, int theirs[static PIPES])
{
	for (int i = 0; i < PIPES; i++) {
		int ends[2], ours = i == INPUT;

		if (!descriptors_pipe(ends, 0))
			return false;
		c->ends[i] = ends[ours];
		theirs[i] = ends[!ours];
		fcntl(c->ends[i], F_SETFL, O_NONBLOCK);
	}
	return true;
}

/* It closes what else it may have inherited itself, before it reads a byte. */
static int
spawn(pid_t *pid, const char *program, char *const *arguments, const int theirs[static PIPES])
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char **environment = shell_environment();
	sigset_t none, pipe;
	int failed;

	sigemptyset(&none);
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE); /* which flynn ignores */
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigdefault(&attributes, &pipe);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < PIPES; i++)
		posix_spawn_file_actions_adddup2(&actions, theirs[i], i);
	failed = posix_spawn(pid, program, &actions, &attributes, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	free(environment);
	return failed;
}

static int
spawn_for(pid_t *pid, const char *program, const struct picture_order *order, const int theirs[static PIPES])
{
	char cols[ARGUMENT_ROOM], rows[ARGUMENT_ROOM], colours[ARGUMENT_ROOM];
	const char *arguments[] = {
	        name, cols, rows, colours, order->attachment->type, order->light ? "light" : NULL, NULL};

	snprintf(cols, sizeof(cols), "%d", order->cols);
	snprintf(rows, sizeof(rows), "%d", order->rows);
	snprintf(colours, sizeof(colours), "%d", order->colours);
	return spawn(pid, program, (char *const *)arguments, theirs);
}

static bool
start(struct child *c, const char *program, const struct picture_order *order, struct err *err)
{
	int theirs[PIPES] = {-1, -1, -1}, failed = 0;
	bool piped = make_pipes(c, theirs);

	if (piped)
		failed = spawn_for(&c->pid, program, order, theirs);
	else
		failed = errno;
	for (int i = 0; i < PIPES; i++)
		close_end(&theirs[i]);
	if (failed == 0)
		return true;
	if (failed == ENOENT)
		return err_set(err, ERR_SYSTEM, "%s is not installed", name);
	return err_set(err, ERR_SYSTEM, "%s cannot be started: %s", name, strerror(failed));
}

/* ---- while it runs ---- */

static void
write_some(struct child *c)
{
	ssize_t n = write(c->ends[INPUT], c->input, c->left);

	if (n > 0) {
		c->input += n;
		c->left -= (size_t)n;
	}
	if (c->left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_end(&c->ends[INPUT]);
}

/* What is past the bound means that it is nonsense, and is not kept. */
static void
read_some(struct child *c, int which)
{
	char bytes[READ_AT_ONCE];
	ssize_t n = read(c->ends[which], bytes, sizeof(bytes));

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_end(&c->ends[which]);
	else if (n > 0 && !buf_append(&c->said[which], bytes, (size_t)n) && which == OUTPUT)
		close_end(&c->ends[which]);
}

/* False: the time is over. */
static bool
wait_for_child(const struct child *c, int64_t until_ms, struct pollfd fds[static PIPES])
{
	int64_t left = until_ms - clock_ms();

	for (int i = 0; i < PIPES; i++)
		fds[i] = (struct pollfd){c->ends[i], i == INPUT ? POLLOUT : POLLIN, 0};
	if (left <= 0)
		return false;
	if (poll(fds, PIPES, (int)left) < 0)
		for (int i = 0; i < PIPES; i++)
			fds[i].revents = 0;
	return true;
}

/* Until it has closed its ends. */
static bool
talk(struct child *c, int64_t until_ms)
{
	struct pollfd fds[PIPES];

	while (c->ends[OUTPUT] >= 0 || c->ends[ERRORS] >= 0) {
		if (!wait_for_child(c, until_ms, fds))
			return false;
		if (fds[INPUT].revents)
			write_some(c);
		for (int i = OUTPUT; i < PIPES; i++)
			if (fds[i].revents)
				read_some(c, i);
	}
	return true;
}

/* ---- its end ---- */

static bool
explain(struct child *c, int status, struct err *err)
{
	const char *words = buf_text(&c->said[ERRORS]);
	int n = (int)strcspn(words, "\n");

	if (WIFSIGNALED(status))
		return err_set(err, ERR_SYSTEM, "%s was ended by signal %d", name, WTERMSIG(status));
	if (n > 0)
		return err_set(err, ERR_SYSTEM, "%.*s", n, words);
	return err_set(err, ERR_SYSTEM, "%s ended with status %d", name, WEXITSTATUS(status));
}

/* It has closed its ends: it has ended, and a signal changes nothing any more, or it has nothing more to say. */
static struct picture *
end(struct child *c, bool in_time, const struct picture_order *order, struct err *err)
{
	int status = 0;

	kill(c->pid, SIGKILL);
	for (int i = 0; i < PIPES; i++)
		close_end(&c->ends[i]);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!in_time)
		err_set(err, ERR_TIMEOUT, "it takes too long to decode");
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return picture_read(
		        buf_text(&c->said[OUTPUT]), c->said[OUTPUT].len, order->cols, order->rows, order->colours, err);
	else
		(void)explain(c, status, err);
	return NULL;
}

struct picture *
picture_program_run(const char *program, const struct picture_order *order, int limit_ms, struct err *err)
{
	int64_t until_ms = clock_ms() + limit_ms;
	struct child c = {.ends = {-1, -1, -1}, .input = order->attachment->data, .left = order->attachment->size};
	struct picture *p = NULL;

	buf_init(&c.said[OUTPUT], PICTURE_BYTES_MAX);
	buf_init(&c.said[ERRORS], WORDS_MAX);
	if (start(&c, program, order, err))
		p = end(&c, talk(&c, until_ms), order, err);
	for (int i = 0; i < PIPES; i++)
		close_end(&c.ends[i]);
	buf_release(&c.said[OUTPUT]);
	buf_release(&c.said[ERRORS]);
	return p;
}
