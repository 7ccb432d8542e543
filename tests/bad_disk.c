/*
 * bad_disk.c - makes of the program that it is linked with one whose disk the folder FLYNN_BAD_DISK tells what to do (see
 * tests/store/disk.h), and which is less patient with it. FLYNN_BAD_DISK_STALL="CALL N": the N-th call of that kind (write,
 * sync or delete), from 0, is not answered, nor any that changes something after it.
 */
#include "config.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/keeper.h"
#include "base/compiler.h"
#include "base/start_limit.h"
#include "tests/store/disk.h"

enum {
	HASTE = 4,
};

static void
stall_after(const char *words)
{
	static const struct {
		const char *name;
		enum disk_call call;
	} calls[] = {{"write", DISK_WRITE}, {"sync", DISK_SYNC}, {"delete", DISK_DELETE}};
	char name[16];
	unsigned n;

	if (sscanf(words, "%15s %u", name, &n) != 2)
		abort();
	for (size_t i = 0; i < ARRAY_LEN(calls); i++)
		if (strcmp(name, calls[i].name) == 0)
			disk_stall_after(calls[i].call, n);
}

/* Before main, which knows nothing of it. */
__attribute__((constructor)) static void
begin(void)
{
	const char *folder = getenv("FLYNN_BAD_DISK"), *stall = getenv("FLYNN_BAD_DISK_STALL");

	if (!folder)
		return;
	disk_install();
	disk_watch(folder);
	keeper_hasten(HASTE);
	start_limit_hasten(HASTE);
	if (stall)
		stall_after(stall);
}

/* ---- in the place of the C library's ---- */

int
rename(const char *from, const char *to)
{
	disk_change();
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static bool
is_on_disk(int fd)
{
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

ssize_t
write(int fd, const void *bytes, size_t n)
{
	if (is_on_disk(fd))
		disk_use("files");
	return syscall(SYS_write, fd, bytes, n);
}

ssize_t
read(int fd, void *bytes, size_t n)
{
	if (is_on_disk(fd))
		disk_use("files");
	return syscall(SYS_read, fd, bytes, n);
}

size_t
fread(void *to, size_t size, size_t n, FILE *file)
{
	if (is_on_disk(fileno(file)))
		disk_use("files");
	return fread_unlocked(to, size, n, file);
}

/* What /proc says is not. */
static void
use(const char *what, const char *path)
{
	if (strncmp(path, "/proc", strlen("/proc")) != 0)
		disk_use(what);
}

FILE *
fopen(const char *path, const char *mode)
{
	FILE *(*real)(const char *, const char *) = (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, "fopen");

	use("files", path);
	return real(path, mode);
}

DIR *
opendir(const char *path)
{
	DIR *(*real)(const char *) = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");

	use("folders", path);
	return real(path);
}
