/*
 * prompts.c - appended to under a shared lock, replaced by a shorter copy under an exclusive one: what others append is
 * never between the reading and the replacing.
 */
#include "store/prompts.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/regular.h"
#include "base/utf8.h"
#include "llama/json.h"

enum {
	READ_MAX = 64 * 1024 * 1024, /* bytes, the last ones of the file */
	LOCK_MS = 2000,              /* to wait for another who has it locked */
	LOOK_AGAIN_MS = 10,
};

/* ---- adding ---- */

/* Whether the path still names the file that was opened: it may have been replaced before the lock was had. */
static bool
is_still(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* By the clock, as in lock.c: another program may hold it, and never release it. */
static bool
lock_shared(int fd, int64_t end_ms)
{
	static const struct timespec pause = {0, LOOK_AGAIN_MS * 1000000};

	while (flock(fd, LOCK_SH | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK || clock_ms() >= end_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

static int
open_shared(const char *path)
{
	int64_t end_ms = clock_ms() + LOCK_MS;
	int fd;

	while ((fd = regular_open(path, O_WRONLY | O_APPEND | O_CREAT, 0600)) >= 0) {
		bool locked = lock_shared(fd, end_ms);
		int reason = errno;

		if (locked && is_still(fd, path))
			return fd;
		close(fd);
		errno = reason;
		if (!locked)
			break;
	}
	return -1;
}

/* Escaped by cJSON, so that a line is a line. */
static void
put_line(struct buf *to, const char *prompt)
{
	cJSON *string = cJSON_CreateString(prompt);
	char *text = string ? cJSON_PrintUnformatted(string) : NULL;

	buf_puts(to, text ? text : "\"\"");
	buf_putc(to, '\n');
	cJSON_free(text);
	cJSON_Delete(string);
}

bool
prompts_add(const char *path, const char *prompt, struct err *err)
{
	struct buf line = {0};
	ssize_t written = -1;
	int fd;

	if (!folder_make_for(path, err))
		return false;
	put_line(&line, prompt);
	errno = 0;
	fd = open_shared(path);
	if (fd >= 0)
		written = write(fd, line.data, line.len);
	if (written != (ssize_t)line.len)
		err_set(err, ERR_SYSTEM, "cannot write %s: %s", path, regular_why(errno ? errno : ENOSPC));
	if (fd >= 0)
		close(fd);
	written -= (ssize_t)line.len;
	buf_release(&line);
	return written == 0;
}

/* ---- reading ---- */

static bool
read_all(int fd, struct buf *to)
{
	char bytes[65536];
	struct stat st;
	ssize_t n = -1;

	if (fstat(fd, &st) < 0 || (st.st_size > READ_MAX && lseek(fd, st.st_size - READ_MAX, SEEK_SET) < 0))
		return false;
	while (to->len < READ_MAX && (n = read(fd, bytes, sizeof(bytes))) > 0)
		buf_put(to, bytes, (size_t)n);
	return n >= 0;
}

/* The prompt of a line, or NULL. */
static char *
parse(const char *line, size_t n)
{
	struct err err;
	size_t bom = utf8_bom(line, n);
	cJSON *json = n > 1 ? json_parse(line + bom, n - bom, &err) : NULL;
	char *prompt = cJSON_IsString(json) ? mem_strdup(json->valuestring) : NULL;

	cJSON_Delete(json);
	return prompt;
}

/* Where the newest PROMPTS_MAX lines begin. */
static const char *
newest(const struct buf *text)
{
	const char *begin = buf_text(text), *at = begin + text->len;
	size_t lines = 0;

	while (at > begin && !(at[-1] == '\n' && lines++ == PROMPTS_MAX))
		at--;
	return at;
}

/* Replaces the file by its last lines. If that fails, the file stays long. */
static void
cut(const char *path, const char *text, size_t n)
{
	char *name = mem_printf("%s.new", path);
	int fd = regular_open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	bool good = fd >= 0 && write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	if (!good || rename(name, path) < 0)
		unlink(name);
	free(name);
}

char **
prompts_read(const char *path, size_t *n)
{
	struct buf text = {0};
	char **prompts = mem_alloc((PROMPTS_MAX + 1) * sizeof(char *));
	int fd = regular_open(path, O_RDONLY, 0);
	bool alone = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still(fd, path);
	const char *at, *end;

	*n = 0;
	if (fd >= 0 && read_all(fd, &text)) {
		end = buf_text(&text) + text.len;
		at = newest(&text);
		if (alone && at > buf_text(&text))
			cut(path, at, (size_t)(end - at));
		while (at < end && *n < PROMPTS_MAX) {
			const char *stop = memchr(at, '\n', (size_t)(end - at));
			char *prompt = parse(at, (size_t)((stop ? stop : end) - at));

			if (prompt)
				prompts[(*n)++] = prompt;
			at = stop ? stop + 1 : end;
		}
	}
	if (fd >= 0)
		close(fd);
	buf_release(&text);
	return prompts;
}
