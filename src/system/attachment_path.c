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
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "base/whole.h"

enum {
	STEP = 1 << 16, /* bytes read at once */
	HASH_SHOWN = 8, /* digits that tell files of one name apart */
	NAME_SHOWN = 60,
};

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

static char *
make_folder(struct err *err)
{
	const char *own = getenv("TMPDIR"), *above = own && *own == '/' ? own : "/tmp";
	char *path = mem_printf("%s/flynn-XXXXXX", above);

	if (mkdtemp(path))
		return path;
	err_set(err, ERR_SYSTEM, "no folder for a copy in %s: %s", above, strerror(errno));
	free(path);
	return NULL;
}

static char *
make_copy(const struct attachment *a, char **folder, struct err *err)
{
	char *path;

	if (!*folder)
		*folder = make_folder(err);
	if (!*folder)
		return NULL;
	path = copy_path(*folder, a);
	if (write_copy(path, a, err))
		return path;
	free(path);
	return NULL;
}

char *
attachment_path_find(const struct attachment *a, char **folder, struct err *err)
{
	return is_still_there(a) ? mem_strdup(a->path) : make_copy(a, folder, err);
}

void
attachment_path_remove(const char *folder)
{
	DIR *dir = folder ? opendir(folder) : NULL;
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL)
		unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	rmdir(folder);
}
