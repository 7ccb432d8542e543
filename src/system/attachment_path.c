/*
 * attachment_path.c - compares before it copies.
 */
#include "system/attachment_path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "base/whole.h"

enum {
	STEP = 1 << 16, /* bytes read at once */
	HASH_SHOWN = 8, /* digits that tell files of one name apart */
	NAME_SHOWN = 60,
	MAKING_S = 60, /* a folder that is younger may not be locked yet */
};

static const char folder_begins[] = "flynn-open-";

/* ---- where it was read ---- */

static bool
has_bytes(int fd, const struct attachment *a)
{
	char step[STEP];
	size_t at = 0;

	for (;;) {
		ssize_t n = read(fd, step, sizeof(step));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 && at == a->size;
		if ((size_t)n > a->size - at || memcmp(step, a->data + at, (size_t)n) != 0)
			return false;
		at += (size_t)n;
	}
}

static bool
is_still_there(const struct attachment *a)
{
	int fd = a->path ? regular_open(a->path, O_RDONLY, 0) : -1;
	bool same;

	if (fd < 0)
		return false;
	same = has_bytes(fd, a);
	close(fd);
	return same;
}

/* ---- a copy ---- */

/* By which another program may know what to do with it: so it follows from the bytes. */
static const char *
ending_of(const struct attachment *a)
{
	static const struct {
		const char *type, *ending;
	} rows[] = {
	        {"image/png", ".png"},
	        {"image/jpeg", ".jpg"},
	        {"image/gif", ".gif"},
	        {"image/bmp", ".bmp"},
	        {"audio/wav", ".wav"},
	        {"audio/mpeg", ".mp3"},
	        {"audio/flac", ".flac"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(a->type, rows[i].type) == 0)
			return rows[i].ending;
	return ".txt";
}

static bool
is_kept(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Of its name what is safe everywhere. */
static char *
copy_path(const char *folder, const struct attachment *a)
{
	const char *dot = strrchr(a->name, '.');
	size_t n = dot && dot > a->name && !strchr(dot, '/') ? (size_t)(dot - a->name) : strlen(a->name);
	struct buf path = {0};

	buf_printf(&path, "%s/%.*s-", folder, HASH_SHOWN, a->sha256);
	for (size_t i = 0; i < n && i < NAME_SHOWN; i++)
		buf_putc(&path, is_kept(a->name[i]) ? a->name[i] : '_');
	buf_puts(&path, ending_of(a));
	return buf_take(&path);
}

static bool
write_copy(const char *path, const struct attachment *a, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && whole_write(fd, a->data, a->size);

	if (fd < 0 && errno == EEXIST)
		return true; /* opened before */
	if (!ok)
		err_set(err, ERR_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && !ok)
		unlink(path);
	return ok;
}

static const char *
folder_above(void)
{
	const char *own = getenv("TMPDIR");

	return own && *own == '/' ? own : "/tmp";
}

/* Where the file system has no locks nobody removes what is left. */
static bool
make_folder(struct copies *c, struct err *err)
{
	char *path = mem_printf("%s/%sXXXXXX", folder_above(), folder_begins);

	if (!mkdtemp(path)) {
		err_set(err, ERR_SYSTEM, "no folder for a copy in %s: %s", folder_above(), strerror(errno));
		free(path);
		return false;
	}
	c->folder = path;
	c->lock = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (c->lock >= 0)
		(void)flock(c->lock, LOCK_EX | LOCK_NB);
	return true;
}

static char *
make_copy(const struct attachment *a, struct copies *c, struct err *err)
{
	char *path;

	if (!c->folder && !make_folder(c, err))
		return NULL;
	path = copy_path(c->folder, a);
	if (write_copy(path, a, err))
		return path;
	free(path);
	return NULL;
}

char *
attachment_path_find(const struct attachment *a, struct copies *c, struct err *err)
{
	return is_still_there(a) ? mem_strdup(a->path) : make_copy(a, c, err);
}

/* ---- removing ---- */

/* Closes it. */
static void
empty_folder(int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL)
		unlinkat(fd, entry->d_name, 0);
	if (dir)
		closedir(dir);
	else
		close(fd);
}

void
attachment_path_remove(struct copies *c)
{
	int fd = c->folder ? open(c->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;

	if (fd >= 0) {
		empty_folder(fd);
		rmdir(c->folder);
	}
	if (c->folder && c->lock >= 0)
		close(c->lock);
	free(c->folder);
	*c = (struct copies){.folder = NULL};
}

static bool
was_left(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_uid == geteuid() && (st.st_mode & 07777) == 0700 &&
	       time(NULL) - st.st_mtime > MAKING_S && flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static void
remove_if_left(int above, const char *name)
{
	int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && was_left(fd)) {
		empty_folder(fd);
		unlinkat(above, name, AT_REMOVEDIR);
	} else if (fd >= 0) {
		close(fd);
	}
}

void
attachment_path_remove_left(void)
{
	DIR *dir = opendir(folder_above());
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL)
		if (strncmp(entry->d_name, folder_begins, strlen(folder_begins)) == 0)
			remove_if_left(dirfd(dir), entry->d_name);
	if (dir)
		closedir(dir);
}
