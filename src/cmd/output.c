/*
 * output.c - write(2) that never waits where a signal could not reach it.
 */
#include "cmd/output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/disk_limit.h"

enum {
	ENOUGH = 64 * 1024, /* bytes that are written without waiting for a lull */
};

void
output_init(struct output *o, int fd, int cancel_fd)
{
	struct stat st;

	*o = (struct output){.fd = fd, .cancel_fd = cancel_fd};
	o->terminal = isatty(fd);
	o->regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

void
output_release(struct output *o)
{
	buf_release(&o->waiting);
}

/* How much of what waits, from `at` on, can be written now without blocking: 0 when a signal came first. poll(2) promises PIPE_BUF bytes of room. */
static size_t
room(const struct output *o, size_t at)
{
	size_t left = o->waiting.len - at;
	struct pollfd fds[] = {{.fd = o->fd, .events = POLLOUT}, {.fd = o->cancel_fd, .events = POLLIN}};

	if (o->regular)
		return left < ENOUGH ? left : ENOUGH;
	do {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[0].revents)
			return left < PIPE_BUF ? left : PIPE_BUF;
	} while (!fds[1].revents);
	return 0;
}

/* A file's disk must answer; a pipe or a terminal may let one wait. */
static ssize_t
write_some(const struct output *o, const char *bytes, size_t n)
{
	ssize_t written;

	if (o->regular)
		disk_limit_enter(o->fd == STDERR_FILENO ? "standard error" : "standard output", (int64_t)n);
	written = write(o->fd, bytes, n);
	if (o->regular)
		disk_limit_leave();
	return written;
}

/* False: a signal came. */
static bool
write_waiting(struct output *o, size_t *at)
{
	while (*at < o->waiting.len && !o->error) {
		size_t n = room(o, *at);
		ssize_t written = n > 0 ? write_some(o, o->waiting.data + *at, n) : 0;

		if (n == 0)
			return false;
		if (written > 0)
			*at += (size_t)written;
		else if (errno != EINTR && errno != EAGAIN)
			o->error = errno;
	}
	return true;
}

/* Drops the written bytes once: each drop moves the rest. */
bool
output_flush(struct output *o)
{
	size_t at = 0;
	bool through = write_waiting(o, &at);

	buf_drop(&o->waiting, at);
	return through && !o->error;
}

static bool
put_piece(struct output *o, const char *bytes, size_t n)
{
	if (o->error)
		return false;
	if (o->terminal)
		clean_text(&o->clean, bytes, n, &o->waiting);
	else
		buf_put(&o->waiting, bytes, n);
	if (o->waiting.len > 0)
		o->in_line = o->waiting.data[o->waiting.len - 1] != '\n';
	return o->waiting.len < ENOUGH || output_flush(o);
}

/* In pieces: what waits is never all of a long text. */
bool
output_put(struct output *o, const char *bytes, size_t n)
{
	for (; n > ENOUGH; bytes += ENOUGH, n -= ENOUGH)
		if (!put_piece(o, bytes, ENOUGH))
			return false;
	return put_piece(o, bytes, n);
}

bool
output_end(struct output *o)
{
	if (o->terminal) {
		clean_end(&o->clean, &o->waiting);
		if (o->in_line)
			buf_putc(&o->waiting, '\n');
		o->in_line = false;
	}
	return output_flush(o);
}
