/*
 * attachment_file.c - a file is read up to one byte more than the largest limit, then judged by its bytes.
 */
#include "system/attachment_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/regular.h"
#include "base/size_words.h"
#include "base/utf8.h"
#include "llama/file_type.h"

#ifdef __APPLE__ /* has other names than POSIX */
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#endif

enum {
	STEP = 1 << 16, /* bytes read at once */
};

static size_t
largest(const struct attachment_limits *limits)
{
	size_t most = 0;

	for (size_t i = 0; i < ATTACHMENT_KINDS_N; i++)
		most = limits->most[i] > most ? limits->most[i] : most;
	return most;
}

/* More than `most` bytes are not read: the length is over it then. */
static bool
read_bytes(int fd, size_t most, struct buf *to)
{
	char step[STEP];

	while (to->len <= most) {
		ssize_t n = read(fd, step, sizeof(step));

		if (n == 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			buf_put(to, step, (size_t)n);
	}
	return true;
}

static int
open_file(const char *path, struct err *err)
{
	struct stat st;
	int fd = regular_open(path, O_RDONLY, 0);

	if (fd >= 0)
		return fd;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		err_set(err, ERR_USAGE, "%s is a folder", path);
	else
		err_set(err, ERR_USAGE, "%s cannot be read: %s", path, regular_why(errno));
	return -1;
}

static bool
is_within_limit(const char *path, const struct file_type *type, size_t size, size_t most, struct err *err)
{
	char words[SIZE_WORDS_MAX];

	if (size <= most)
		return true;
	size_words((int64_t)most, words);
	return err_set(err, ERR_USAGE, "%s is too large: %s may have %s (attach_limit)", path, type->words, words);
}

static bool
judge(const char *path, const struct buf *bytes, const struct attachment_limits *limits, struct file_type *type,
        struct err *err)
{
	if (bytes->len == 0)
		return err_set(err, ERR_USAGE, "%s is empty", path);
	/* What was not read to its end may end within a character. */
	*type = file_type_find(
	        bytes->data, bytes->len > largest(limits) ? utf8_floor(bytes->data, bytes->len) : bytes->len);
	if (!type->is_sent)
		return err_set(err, ERR_USAGE,
		        "%s cannot be attached: it seems to be %s (text, PNG, JPEG, GIF, BMP, WAV, MP3 and FLAC can)",
		        path, type->words);
	return is_within_limit(path, type, bytes->len, limits->most[type->kind], err);
}

static char *
put_name(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct buf mended = {0};

	return utf8_append_mended(&mended, name, strlen(name)) ? buf_take(&mended) : NULL;
}

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static struct attachment_stamp
stamp_of(const struct stat *st)
{
	return (struct attachment_stamp){.device = (uint64_t)st->st_dev,
	        .inode = (uint64_t)st->st_ino,
	        .size = st->st_size,
	        .modified_ns = nanoseconds(st->st_mtim),
	        .changed_ns = nanoseconds(st->st_ctim)};
}

static struct attachment *
make(const char *path, const struct stat *st, const struct file_type *type, struct buf *bytes)
{
	char *name = put_name(path), *whole = realpath(path, NULL);
	struct attachment *a;

	if (type->kind == ATTACHMENT_TEXT)
		buf_drop(bytes, utf8_bom(bytes->data, bytes->len));
	a = attachment_new(type->kind, name, whole, type->type, bytes);
	a->stamp = stamp_of(st);
	free(name);
	free(whole);
	return a;
}

struct attachment *
attachment_file_read(const char *path, const struct attachment_limits *limits, struct err *err)
{
	struct file_type type = {.is_sent = false};
	struct buf bytes = {0};
	struct attachment *a = NULL;
	struct stat st;
	int fd = open_file(path, err);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || !read_bytes(fd, largest(limits), &bytes))
		err_set(err, ERR_USAGE, "%s cannot be read: %s", path, strerror(errno));
	else if (judge(path, &bytes, limits, &type, err))
		a = make(path, &st, &type, &bytes);
	buf_release(&bytes);
	close(fd);
	return a;
}

enum attachment_file_state
attachment_file_look(const struct attachment *a)
{
	struct stat st;
	struct attachment_stamp now;

	if (stat(a->path, &st) < 0)
		return errno == ENOENT || errno == ENOTDIR ? ATTACHMENT_GONE : ATTACHMENT_CHANGED;
	now = stamp_of(&st);
	return now.device == a->stamp.device && now.inode == a->stamp.inode && now.size == a->stamp.size &&
	                       now.modified_ns == a->stamp.modified_ns && now.changed_ns == a->stamp.changed_ns
	               ? ATTACHMENT_SAME
	               : ATTACHMENT_CHANGED;
}
