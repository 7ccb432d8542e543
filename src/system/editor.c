/*
 * editor.c - a file, a process group, and who has the terminal.
 */
#include "config.h"

#include "system/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/descriptors.h"
#include "base/mem.h"
#include "base/newlines.h"
#include "base/regular.h"
#include "base/utf8.h"
#include "base/whole.h"
#include "base/shell.h"

enum {
	HUNG_UP_MS = 500, /* for it to end */
	LOOK_AGAIN_MS = 10,
	NOT_WRITTEN = 125, /* the child's status where its file could not be written, and is gone */
};

static const char *
editor_name(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

	if (visual && *visual)
		return visual;
	return editor && *editor ? editor : "vi";
}

/* ---- the file ---- */

static int
make_file(struct editor *e, struct err *err)
{
	const char *dir = getenv("TMPDIR");
	int fd;

	e->path = mem_printf("%s/flynn-XXXXXX.md", dir && *dir ? dir : "/tmp");
	fd = descriptors_temporary(e->path, (int)strlen(".md"));
	if (fd < 0)
		err_set(err, ERR_SYSTEM, "cannot make %s: %s", e->path, strerror(errno));
	return fd;
}

/* In the child, where nothing may be allocated. Editors end a file with a line feed: so does what they are given, and one is taken
 * off again. */
static bool
write_file(const struct editor *e, int fd)
{
	bool ok = whole_write(fd, buf_text(&e->given), e->given.len) && (e->given.len == 0 || whole_write(fd, "\n", 1));

	return close(fd) == 0 && ok;
}

static bool
read_file(const char *path, struct buf *out, struct err *err)
{
	int fd = regular_open(path, O_RDONLY, 0);
	FILE *f = fd >= 0 ? fdopen(fd, "r") : NULL;
	char bytes[4096];
	size_t n;
	bool ok;

	if (!f)
		return err_set(err, ERR_SYSTEM, "cannot read %s: %s", path, regular_why(errno));
	while (out->len <= EDITOR_TEXT_MAX && (n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		buf_put(out, bytes, n);
	ok = !ferror(f);
	fclose(f);
	return ok || err_set(err, ERR_SYSTEM, "cannot read %s: %s", path, strerror(EIO));
}

/* ---- the job ---- */

/* From the background too. */
static void
give_terminal(pid_t group)
{
	sigset_t ttou, before;

	sigemptyset(&ttou);
	sigaddset(&ttou, SIGTTOU);
	pthread_sigmask(SIG_BLOCK, &ttou, &before);
	tcsetpgrp(STDIN_FILENO, group);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* In the child, which writes the file, for it may be long. */
static void
run_editor(const struct editor *e, int fd, const char *command, char *const *environment)
{
	setpgid(0, 0);
	give_terminal(getpid());
	if (write_file(e, fd))
		shell_run(command, e->path, environment);
	unlink(e->path);
	_exit(NOT_WRITTEN);
}

static void
release(struct editor *e)
{
	if (e->path && e->file >= 0)
		close(e->file);
	free(e->path);
	buf_release(&e->given);
	*e = (struct editor){.pid = 0};
}

bool
editor_start(struct editor *e, struct buf *text, struct err *err)
{
	char *command, **environment;

	e->file = make_file(e, err);
	if (e->file < 0) {
		release(e);
		return false;
	}
	buf_share(&e->given, text);
	command = mem_printf("%s \"$1\"", editor_name());
	environment = shell_environment();
	e->pid = fork();
	if (e->pid == 0)
		run_editor(e, e->file, command, environment);
	free(environment);
	free(command);
	if (e->pid < 0) {
		err_set(err, ERR_SYSTEM, "cannot start the editor: %s", strerror(errno));
		unlink(e->path);
		release(e);
		return false;
	}
	setpgid(e->pid, e->pid);
	give_terminal(e->pid);
	return true;
}

enum editor_news
editor_look(struct editor *e, int *status)
{
	if (e->pid == 0 || waitpid(e->pid, status, WNOHANG | WUNTRACED) != e->pid)
		return EDITOR_RUNS;
	give_terminal(getpgrp());
	if (WIFSTOPPED(*status))
		return EDITOR_STOPPED;
	e->pid = 0;
	return EDITOR_ENDED;
}

void
editor_go_on(const struct editor *e)
{
	give_terminal(e->pid);
	kill(-e->pid, SIGCONT);
}

static void
explain(const struct editor *e, int status, struct err *err)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_WRITTEN && access(e->path, F_OK) != 0)
		err_set(err, ERR_SYSTEM, "cannot write %s", e->path);
	else if (WIFSIGNALED(status))
		err_set(err, ERR_SYSTEM, "the editor was ended by signal %d (%s)", WTERMSIG(status),
		        strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == SHELL_NOT_FOUND)
		err_set(err, ERR_SYSTEM, "cannot run the editor `%s`: set VISUAL or EDITOR", editor_name());
	else
		err_set(err, ERR_SYSTEM, "the editor failed with status %d", WEXITSTATUS(status));
}

static bool
is_as_given(const struct editor *e, const struct buf *saved)
{
	size_t n = e->given.len;

	return saved->len == n + (n > 0) && memcmp(buf_text(saved), buf_text(&e->given), n) == 0 &&
	       (n == 0 || saved->data[n] == '\n');
}

/* Was the child ended before it had written all, so that no editor had it? */
static bool
is_cut(const struct editor *e, const struct buf *saved)
{
	off_t written = lseek(e->file, 0, SEEK_CUR), whole = (off_t)(e->given.len + (e->given.len > 0));

	return written < whole && saved->len <= e->given.len &&
	       memcmp(buf_text(saved), buf_text(&e->given), saved->len) == 0;
}

/* Drops the line end that editors put after the last line. False: too long. */
static bool
take_text(const struct buf *saved, struct buf *text)
{
	struct buf lines = {0}, mended;
	bool fits;

	newlines_put_file(buf_text(saved), saved->len, &lines);
	if (lines.len > 0 && lines.data[lines.len - 1] == '\n')
		buf_truncate(&lines, lines.len - 1);
	buf_init(&mended, EDITOR_TEXT_MAX);
	fits = utf8_append_mended(&mended, buf_text(&lines), lines.len);
	if (fits)
		buf_put(text, buf_text(&mended), mended.len);
	buf_release(&lines);
	buf_release(&mended);
	return fits;
}

void
editor_remove(struct editor *e)
{
	unlink(e->path);
	release(e);
}

void
editor_keep(struct editor *e, struct err *why)
{
	struct err said = *why;

	err_set(why, said.code, "%.200s; what it saved is in %s", said.text, e->path);
	release(e);
}

bool
editor_take(struct editor *e, int status, struct buf *text, struct err *err)
{
	struct buf saved = {0};
	struct err reading;
	bool ended_well = WIFEXITED(status) && WEXITSTATUS(status) == 0,
	     was_read = read_file(e->path, &saved, &reading), is_new = was_read && !is_as_given(e, &saved), ok = false;

	if (!ended_well)
		explain(e, status, err);
	else if (!was_read)
		*err = reading;
	else if (!take_text(&saved, text))
		err_set(err, ERR_LIMIT, "too long for one message");
	else
		ok = true;
	if (!ok && is_new)
		editor_keep(e, err);
	else if (!ok)
		editor_remove(e);
	buf_release(&saved);
	return ok;
}

/* Some editors write what they have when they are hung up on. False: it is still at it. */
static bool
wait_for_end(const struct editor *e)
{
	static const struct timespec pause = {0, LOOK_AGAIN_MS * 1000000};
	int64_t end_ms = clock_ms() + HUNG_UP_MS;

	while (waitpid(e->pid, NULL, WNOHANG) == 0) {
		if (clock_ms() >= end_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

char *
editor_end(struct editor *e)
{
	struct buf saved = {0};
	struct err err;
	char *words = NULL;

	if (e->pid == 0)
		return NULL;
	kill(-e->pid, SIGHUP);
	kill(-e->pid, SIGCONT);
	give_terminal(getpgrp());
	if (wait_for_end(e) && read_file(e->path, &saved, &err) && (is_as_given(e, &saved) || is_cut(e, &saved)))
		unlink(e->path);
	else if (access(e->path, F_OK) == 0)
		words = mem_printf("the editor was ended, and what it saved is in %s", e->path);
	buf_release(&saved);
	release(e);
	return words;
}

void
editor_release(struct editor *e)
{
	free(editor_end(e));
	release(e);
}
