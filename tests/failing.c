/*
 * failing.c - makes of the program that it is linked with one in which one call fails (failing.h). The linker puts these
 * functions in the place of those that flynn calls (--wrap).
 */
#include "config.h"

#include "tests/failing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static struct failing_count unmapped, *count = &unmapped;
static unsigned kind_to_fail = FAILING_KINDS;
static unsigned long call_to_fail;
static int error_to_fail_with;

int __real_open(const char *path, int flags, ...);

/* Before main, which knows nothing of it. */
__attribute__((constructor)) static void
begin(void)
{
	const char *fail = getenv("FLYNN_FAIL"), *path = getenv("FLYNN_FAIL_COUNT");
	int fd = path ? __real_open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map = fd >= 0 ? mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;

	if (fd >= 0)
		close(fd);
	if (map != MAP_FAILED)
		count = map;
	if (fail && sscanf(fail, "%u %lu %d", &kind_to_fail, &call_to_fail, &error_to_fail_with) != 3)
		abort();
}

static bool
fails(enum failing_kind kind)
{
	unsigned long n = atomic_fetch_add(&count->calls[kind], 1);

	if (kind != kind_to_fail || n != call_to_fail)
		return false;
	atomic_store(&count->failed, 1);
	errno = error_to_fail_with;
	return true;
}

#define WRAP(kind, type, name, parameters, arguments, failure)                                                         \
	type __real_##name parameters;                                                                                 \
	type __wrap_##name parameters;                                                                                 \
	type __wrap_##name parameters                                                                                  \
	{                                                                                                              \
		return fails(kind) ? (failure) : __real_##name arguments;                                              \
	}

WRAP(FAILING_ALLOC, void *, calloc, (size_t n, size_t size), (n, size), NULL)
WRAP(FAILING_ALLOC, void *, realloc, (void *old, size_t size), (old, size), NULL)

WRAP(FAILING_OPEN, FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL)
WRAP(FAILING_OPEN, FILE *, fdopen, (int fd, const char *mode), (fd, mode), NULL)
WRAP(FAILING_OPEN, DIR *, opendir, (const char *path), (path), NULL)
WRAP(FAILING_OPEN, int, pipe2, (int fds[2], int flags), (fds, flags), -1)
WRAP(FAILING_OPEN, int, eventfd, (unsigned begin, int flags), (begin, flags), -1)
WRAP(FAILING_OPEN, int, memfd_create, (const char *name, unsigned flags), (name, flags), -1)

WRAP(FAILING_READ, ssize_t, pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at), -1)
WRAP(FAILING_READ, size_t, fread, (void *to, size_t size, size_t n, FILE *file), (to, size, n, file), 0)

WRAP(FAILING_WRITE, size_t, fwrite, (const void *bytes, size_t size, size_t n, FILE *file), (bytes, size, n, file), 0)

WRAP(FAILING_POLL, int, poll, (struct pollfd * fds, nfds_t n, int ms), (fds, n, ms), -1)

WRAP(FAILING_TTY, int, tcgetattr, (int fd, struct termios *modes), (fd, modes), -1)
WRAP(FAILING_TTY, int, tcsetattr, (int fd, int when, const struct termios *modes), (fd, when, modes), -1)

WRAP(FAILING_FILE, int, stat, (const char *path, struct stat *st), (path, st), -1)
WRAP(FAILING_FILE, int, fstat, (int fd, struct stat *st), (fd, st), -1)
WRAP(FAILING_FILE, int, access, (const char *path, int mode), (path, mode), -1)
WRAP(FAILING_FILE, int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
WRAP(FAILING_FILE, int, rename, (const char *from, const char *to), (from, to), -1)
WRAP(FAILING_FILE, int, unlink, (const char *path), (path), -1)
WRAP(FAILING_FILE, int, fsync, (int fd), (fd), -1)
WRAP(FAILING_FILE, int, ftruncate, (int fd, off_t size), (fd, size), -1)
WRAP(FAILING_FILE, off_t, lseek, (int fd, off_t by, int from), (fd, by, from), -1)
WRAP(FAILING_FILE, int, flock, (int fd, int how), (fd, how), -1)

/* A wake-up that is an eventfd always rings, and is never interrupted. */

int __real_fstat(int fd, struct stat *);

static bool
is_eventfd(int fd)
{
	struct stat st;

	return __real_fstat(fd, &st) == 0 && (st.st_mode & S_IFMT) == 0;
}

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t
__wrap_read(int fd, void *to, size_t n)
{
	return !is_eventfd(fd) && fails(FAILING_READ) ? -1 : __real_read(fd, to, n);
}

ssize_t __real_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
ssize_t
__wrap_write(int fd, const void *bytes, size_t n)
{
	return !is_eventfd(fd) && fails(FAILING_WRITE) ? -1 : __real_write(fd, bytes, n);
}

/* Those that give the error instead of setting it, or take what they need not take. */

typedef void *thread_function(void *);

int __real_pthread_create(pthread_t *, const pthread_attr_t *, thread_function *, void *);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, thread_function *, void *);
int
__wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, thread_function *run, void *arg)
{
	return fails(FAILING_THREAD) ? error_to_fail_with : __real_pthread_create(thread, attr, run, arg);
}

int __wrap_open(const char *path, int flags, ...);
int
__wrap_open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	return fails(FAILING_OPEN) ? -1 : __real_open(path, flags, mode);
}

int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int
__wrap_ioctl(int fd, unsigned long request, ...)
{
	void *arg;
	va_list args;

	va_start(args, request);
	arg = va_arg(args, void *);
	va_end(args);
	return fails(FAILING_TTY) ? -1 : __real_ioctl(fd, request, arg);
}
