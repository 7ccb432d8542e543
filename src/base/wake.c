/*
 * wake.c - one byte in a pipe is as good as many: a full pipe rings already.
 */
#include "config.h"

#include "base/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool
wake_init(struct wake *w, struct err *err)
{
	int fds[2];

	if (pipe2(fds, O_NONBLOCK | O_CLOEXEC) < 0)
		return err_set(err, ERR_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	w->read_fd = fds[0];
	w->write_fd = fds[1];
	return true;
}

void
wake_release(struct wake *w)
{
	close(w->read_fd);
	close(w->write_fd);
}

void
wake_ring(void *wake)
{
	const struct wake *w = wake;
	int saved = errno;
	ssize_t n = write(w->write_fd, "", 1);

	(void)n;
	errno = saved;
}

void
wake_clear(struct wake *w)
{
	char bytes[64];

	while (read(w->read_fd, bytes, sizeof(bytes)) == sizeof(bytes))
		;
}
