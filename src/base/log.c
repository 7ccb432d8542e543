/*
 * log.c - lines into a file opened for appending.
 */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

struct log {
	int fd;
	atomic_int holders;
};

static bool
is_file_or_device(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISCHR(st.st_mode));
}

/* O_NONBLOCK: a pipe would wait for its reader, and a terminal that was stopped for its key. */
struct log *
log_open(const char *path, struct err *err)
{
	struct log *log;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);

	if (fd < 0 && errno != ENXIO) {
		err_set(err, ERR_USAGE, "cannot write the log %s: %s", path, strerror(errno));
		return NULL;
	}
	if (fd < 0 || !is_file_or_device(fd)) {
		err_set(err, ERR_USAGE, "cannot write the log %s: it is no regular file", path);
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	log = mem_alloc(sizeof(*log));
	log->fd = fd;
	atomic_init(&log->holders, 1);
	return log;
}

struct log *
log_share(struct log *log)
{
	if (log)
		atomic_fetch_add(&log->holders, 1);
	return log;
}

void
log_close(struct log *log)
{
	if (!log || atomic_fetch_sub(&log->holders, 1) > 1)
		return;
	close(log->fd);
	free(log);
}

static size_t
put_time(char *out, size_t size)
{
	struct timespec now;
	struct tm tm;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = strftime(out, size, "%Y-%m-%dT%H:%M:%S", &tm);
	return n + (size_t)snprintf(out + n, size - n, ".%03ldZ ", now.tv_nsec / 1000000);
}

void
log_line(struct log *log, const char *format, ...)
{
	char line[4096];
	va_list args;
	size_t n;
	int more;

	if (!log)
		return;
	n = put_time(line, sizeof(line));
	va_start(args, format);
	more = vsnprintf(line + n, sizeof(line) - n - 1, format, args);
	va_end(args);
	if (more > 0)
		n += (size_t)more < sizeof(line) - n - 1 ? (size_t)more : sizeof(line) - n - 2;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	line[n++] = '\n';
	/* A log that cannot be written must not end the chat. */
	if (write(log->fd, line, n) < 0)
		return;
}
