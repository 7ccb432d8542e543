/*
 * new_file.c - O_EXCL where nothing may be there; else a file beside it, renamed at the end.
 */
#include "config.h"

#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptors.h"
#include "base/mem.h"

static bool
failed(const struct new_file *f, const char *what, struct err *err)
{
	return err_set(err, errno == EEXIST ? ERR_USAGE : ERR_OUTPUT, "cannot %s %s: %s", what, f->path,
	        errno == EEXIST ? "it is there already" : strerror(errno));
}

static int
open_beside(struct new_file *f)
{
	f->beside = mem_printf("%s.XXXXXX", f->path);
	return descriptors_temporary(f->beside, 0);
}

static int
open_one(struct new_file *f, bool replace)
{
	struct stat st;
	bool is_there = stat(f->path, &st) == 0;

	if (is_there && !S_ISREG(st.st_mode))
		return open(f->path, O_WRONLY | O_CLOEXEC);
	if (is_there && replace)
		return open_beside(f);
	return open(f->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static void
release(struct new_file *f)
{
	free(f->path);
	free(f->beside);
	*f = (struct new_file){0};
}

static bool
open_stream(struct new_file *f, int fd, struct err *err)
{
	f->file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (f->file)
		return true;
	failed(f, "write", err);
	release(f);
	return false;
}

bool
new_file_open(struct new_file *f, const char *path, bool replace, struct err *err)
{
	*f = (struct new_file){.path = mem_strdup(path)};
	return open_stream(f, open_one(f, replace), err);
}

bool
new_file_open_output(struct new_file *f, struct err *err)
{
	*f = (struct new_file){.path = mem_strdup("standard output"), .stays = true};
	return open_stream(f, fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), err);
}

/* Only a regular file is ours to take away. */
static void
discard(const struct new_file *f)
{
	const char *path = f->beside ? f->beside : f->path;
	struct stat st;

	if (!f->stays && stat(path, &st) == 0 && S_ISREG(st.st_mode))
		unlink(path);
}

bool
new_file_close(struct new_file *f, bool good, struct err *err)
{
	bool written = fflush(f->file) == 0 && !ferror(f->file);

	if (!written && good)
		failed(f, "write", err);
	if (fclose(f->file) != 0 && written && good) {
		failed(f, "write", err);
		written = false;
	}
	if (written && good && f->beside && rename(f->beside, f->path) < 0) {
		failed(f, "replace", err);
		written = false;
	}
	if (!written || !good)
		discard(f);
	release(f);
	return written && good;
}
