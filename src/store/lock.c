/*
 * lock.c - byte-range locks by fcntl(2).
 */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/regular.h"
#include "store/overdue.h"

#ifdef F_OFD_SETLK
enum { SET = F_OFD_SETLK, GET = F_OFD_GETLK };
#else
enum { SET = F_SETLK, GET = F_GETLK };
#endif

enum {
	LOOK_AGAIN_MS = 10,
};

static void
open_file(struct lock *l, const char *path, bool write)
{
	overdue_enter();
	l->writable = true;
	l->fd = regular_open(path, O_RDWR | (write ? O_CREAT : 0), 0600);
	if (l->fd < 0 && !write) {
		l->writable = false;
		l->fd = regular_open(path, O_RDONLY, 0);
	}
	overdue_leave();
}

bool
lock_open(struct lock *l, const char *path, bool write, struct err *err)
{
	open_file(l, path, write);
	if (!write)
		return true;
	if (l->fd < 0) {
		int reason = errno;

		err_set(err, ERR_SYSTEM, "cannot open %s: %s", path, regular_why(reason));
		errno = reason;
	}
	return l->fd >= 0;
}

void
lock_close(struct lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

static bool
set(const struct lock *l, int64_t byte, short type)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1};

	return l->fd < 0 || fcntl(l->fd, SET, &lock) == 0;
}

bool
lock_take(struct lock *l, int64_t byte, bool alone)
{
	return set(l, byte, alone && l->writable ? F_WRLCK : F_RDLCK);
}

/* By the clock: a lock that is waited for (F_OFD_SETLKW, flock) is waited for without an end, which only a signal
 * could make, and signals are the UI thread's. So the thread that opens the history looks again, while another flynn
 * opens it, and at no other time. */
bool
lock_wait(struct lock *l, int64_t byte, bool alone, int ms)
{
	static const struct timespec pause = {0, LOOK_AGAIN_MS * 1000000};
	int64_t end_ms = clock_ms() + ms;

	while (!lock_take(l, byte, alone)) {
		if (clock_ms() >= end_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

void
lock_drop(struct lock *l, int64_t byte)
{
	bool dropped = set(l, byte, F_UNLCK);

	(void)dropped; /* there is nothing to do about it, and the end of the program drops it too */
}

bool
lock_is_held(const struct lock *l, int64_t byte)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1};

	/* When it cannot be asked, nobody's reply is taken for abandoned. */
	return l->fd < 0 || fcntl(l->fd, GET, &lock) < 0 || lock.l_type != F_UNLCK;
}
