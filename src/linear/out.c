/*
 * out.c - one text, and pieces that say whose its bytes are.
 */
#include "linear/out.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	TERMINAL_ROOM =
	        256, /* bytes that a terminal has room for when poll(2) says that it has some; a pipe has PIPE_BUF */
};

void
out_release(struct out *o)
{
	buf_release(&o->text);
	free(o->pieces);
	*o = (struct out){.n = 0};
}

void
out_put(struct out *o, int fd, const char *text, size_t n)
{
	if (n == 0 || o->error)
		return;
	buf_put(&o->text, text, n);
	if (o->n > 0 && o->pieces[o->n - 1].fd == fd) {
		o->pieces[o->n - 1].n += n;
		return;
	}
	if (o->n == o->space) {
		o->space = o->space * 2 + 8;
		o->pieces = mem_realloc(o->pieces, o->space * sizeof(*o->pieces));
	}
	o->pieces[o->n++] = (struct out_piece){fd, n};
}

int
out_fd(const struct out *o)
{
	return o->n > 0 ? o->pieces[0].fd : -1;
}

static void
remove_piece(struct out *o, size_t i)
{
	o->n--;
	memmove(o->pieces + i, o->pieces + i + 1, (o->n - i) * sizeof(*o->pieces));
}

/* Standard error that is closed is no reason to end. */
static void
fail(struct out *o, int why)
{
	if (o->pieces[0].fd == STDERR_FILENO) {
		out_drop(o, STDERR_FILENO);
		return;
	}
	o->error = why;
	buf_clear(&o->text);
	o->n = 0;
}

void
out_write(struct out *o)
{
	struct out_piece *p = o->pieces;
	size_t room;
	ssize_t n;

	if (o->n == 0)
		return;
	room = isatty(p->fd) ? TERMINAL_ROOM : PIPE_BUF;
	n = write(p->fd, o->text.data, p->n < room ? p->n : room);
	if (n < 0 && errno != EINTR && errno != EAGAIN)
		fail(o, errno);
	if (n <= 0)
		return;
	buf_drop(&o->text, (size_t)n);
	p->n -= (size_t)n;
	if (p->n == 0)
		remove_piece(o, 0);
}

void
out_drop(struct out *o, int fd)
{
	struct buf kept = {0};
	size_t at = 0, n = 0;

	for (size_t i = 0; i < o->n; at += o->pieces[i++].n)
		if (o->pieces[i].fd != fd)
			buf_put(&kept, o->text.data + at, o->pieces[i].n);
	for (size_t i = 0; i < o->n; i++)
		if (o->pieces[i].fd != fd)
			o->pieces[n++] = o->pieces[i];
	o->n = n;
	buf_release(&o->text);
	o->text = kept;
}

void
out_flush(struct out *o, int cancel_fd)
{
	while (o->n > 0 && !o->error) {
		struct pollfd fds[] = {{out_fd(o), POLLOUT, 0}, {cancel_fd, POLLIN, 0}};

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		if (fds[1].revents)
			return;
		if (fds[0].revents)
			out_write(o);
	}
}
