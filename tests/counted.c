/*
 * counted.c - makes of the program that it is linked with one that counts some of its system calls and what it prints
 * into memory (vsnprintf), for tests/screen/calls.c: into the file FLYNN_COUNTS, at its end. A library that was loaded later (libcurl) may be counted or not.
 */
#ifndef _GNU_SOURCE /* a test may use what this system has */
#define _GNU_SOURCE
#endif

#include <dlfcn.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_long polls, reads, writes, prints;

/* After main. */
__attribute__((destructor)) static void
tell(void)
{
	const char *path = getenv("FLYNN_COUNTS");
	FILE *file = path ? fopen(path, "w") : NULL;

	if (!file)
		return;
	fprintf(file, "%ld %ld %ld %ld\n", atomic_load(&polls), atomic_load(&reads), atomic_load(&writes),
	        atomic_load(&prints));
	fclose(file);
}

/* ---- in the place of the C library's ---- */

/* Those that do not wait are not counted: libcurl looks at its socket once more by itself. */
int
poll(struct pollfd *fds, nfds_t n, int ms)
{
	struct timespec wait = {ms / 1000, ms % 1000 * 1000000L};

	if (ms != 0)
		atomic_fetch_add(&polls, 1);
	return ppoll(fds, n, ms < 0 ? NULL : &wait, NULL);
}

ssize_t
read(int fd, void *bytes, size_t n)
{
	atomic_fetch_add(&reads, 1);
	return syscall(SYS_read, fd, bytes, n);
}

ssize_t
write(int fd, const void *bytes, size_t n)
{
	atomic_fetch_add(&writes, 1);
	return syscall(SYS_write, fd, bytes, n);
}

int
vsnprintf(char *to, size_t n, const char *format, va_list values)
{
	int (*real)(char *, size_t, const char *, va_list);
	void *found = dlsym(RTLD_NEXT, "vsnprintf");

	atomic_fetch_add(&prints, 1);
	memcpy(&real, &found, sizeof(real));
	return real(to, n, format, values);
}
