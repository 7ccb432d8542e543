/*
 * log.c - lines go through a pipe to a thread that appends them to a file: the threads that say them wait for no disk.
 */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/descriptors.h"
#include "base/mem.h"
#include "base/start_limit.h"
#include "base/thread.h"
#include "base/whole.h"

enum {
	LINE_MAX_BYTES = 4096, /* PIPE_BUF: a line that fits is not cut by another */
};

struct log {
	int file;       /* the thread's */
	int lines[2];   /* a pipe: the thread reads it to its end, */
	int written[2]; /* and closes this one after that */
	pthread_t thread;
	atomic_int holders;
};

static void
close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
release(struct log *log)
{
	close_one(&log->file);
	for (int i = 0; i < 2; i++) {
		close_one(&log->lines[i]);
		close_one(&log->written[i]);
	}
	free(log);
}

/* A log that cannot be written must not end the chat. */
static void *
write_lines(void *arg)
{
	struct log *log = arg;
	char bytes[LINE_MAX_BYTES];
	ssize_t n;

	while ((n = read(log->lines[0], bytes, sizeof(bytes))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			(void)!whole_write(log->file, bytes, (size_t)n);
	close_one(&log->written[1]);
	return NULL;
}

static bool
is_file_or_device(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISCHR(st.st_mode));
}

/* O_NONBLOCK: a pipe would wait for its reader, and a terminal that was stopped for its key. */
static int
open_file(const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);

	if (fd < 0 && errno != ENXIO) {
		err_set(err, ERR_USAGE, "cannot write the log %s: %s", path, strerror(errno));
		return -1;
	}
	if (fd >= 0 && is_file_or_device(fd))
		return fd;
	err_set(err, ERR_USAGE, "cannot write the log %s: it is no regular file", path);
	if (fd >= 0)
		close(fd);
	return -1;
}

static struct log *
start(int file, struct err *err)
{
	struct log *log = mem_alloc(sizeof(*log));

	*log = (struct log){.file = file, .lines = {-1, -1}, .written = {-1, -1}};
	atomic_init(&log->holders, 1);
	if (!descriptors_pipe(log->lines, 0) || !descriptors_pipe(log->written, 0) ||
	        fcntl(log->lines[1], F_SETFL, O_NONBLOCK) < 0) {
		err_set(err, ERR_SYSTEM, "no pipe for the log: %s", strerror(errno));
		release(log);
		return NULL;
	}
	if (thread_start(&log->thread, write_lines, log, err))
		return log;
	release(log);
	return NULL;
}

struct log *
log_open(const char *path, struct err *err)
{
	int file;

	start_limit_enter(path);
	file = open_file(path, err);
	start_limit_leave();
	return file >= 0 ? start(file, err) : NULL;
}

struct log *
log_share(struct log *log)
{
	if (log)
		atomic_fetch_add(&log->holders, 1);
	return log;
}

bool
log_close(struct log *log)
{
	struct pollfd ended = {.events = POLLIN};
	int n;

	if (!log || atomic_fetch_sub(&log->holders, 1) > 1)
		return true;
	close_one(&log->lines[1]);
	ended.fd = log->written[0];
	while ((n = poll(&ended, 1, start_limit_ms())) < 0 && errno == EINTR)
		continue;
	if (n == 0) {
		thread_leave(log->thread); /* which still uses the struct */
		return false;
	}
	pthread_join(log->thread, NULL);
	release(log);
	return true;
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
	char line[LINE_MAX_BYTES];
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
	(void)!write(log->lines[1], line, n);
}
