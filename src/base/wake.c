/*
 * wake.c - eight bytes: for an eventfd they are the number that it counts up by, for a pipe they are as good as any. A full pipe
 * rings already.
 */
#include "config.h"

#include "base/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_SYS_EVENTFD_H
#include <sys/eventfd.h>
#endif

#include "base/descriptors.h"

bool
wake_init_pipe(struct wake *w, struct err *err)
{
	int fds[2];

	if (!descriptors_pipe(fds, O_NONBLOCK))
		return err_set(err, ERR_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	w->read_fd = fds[0];
	w->write_fd = fds[1];
	return true;
}

/* False: there are none on this system. */
static bool
init_eventfd(struct wake *w)
{
#ifdef HAVE_SYS_EVENTFD_H
	w->read_fd = w->write_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	return w->read_fd >= 0;
#else
	(void)w;
	return false;
#endif
}

bool
wake_init(struct wake *w, struct err *err)
{
	return init_eventfd(w) || wake_init_pipe(w, err);
}

void
wake_release(struct wake *w)
{
	close(w->read_fd);
	if (w->write_fd != w->read_fd)
		close(w->write_fd);
}

void
wake_ring(void *wake)
{
	static const uint64_t one = 1;
	const struct wake *w = wake;
	int saved = errno;
	ssize_t n = write(w->write_fd, &one, sizeof(one));

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
