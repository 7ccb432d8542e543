/*
 * bad_disk.c - makes of the program that it is linked with one whose disk the folder FLYNN_BAD_DISK tells what to do (see
 * tests/store/disk.h), and which is less patient with it. FLYNN_BAD_DISK_STALL="CALL N": the N-th call of that kind (write,
 * sync or delete), from 0, is not answered, nor any that changes something after it. FLYNN_BAD_DISK_HASTE: how much less patient.
 *
 * Files in the folder that stop other calls for as long as they are there: `files` reading and writing of files that are no
 * history, `folders` reading of folders, `certificates` reading of *.pem, `logs` opening of *.log, `sockets` connecting to
 * one that has a path, `hosts` finding a host's address, `libraries` loading libcurl.
 */
#ifndef _GNU_SOURCE /* a test may use what this system has */
#define _GNU_SOURCE
#endif

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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
	const char *folder = getenv("FLYNN_BAD_DISK"), *stall = getenv("FLYNN_BAD_DISK_STALL"),
	           *haste = getenv("FLYNN_BAD_DISK_HASTE");

	if (!folder)
		return;
	disk_install();
	disk_watch(folder);
	keeper_hasten(haste ? atoi(haste) : HASTE);
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

static bool
ends_with(const char *path, const char *ending)
{
	size_t n = strlen(path), n_ending = strlen(ending);

	return n >= n_ending && strcmp(path + n - n_ending, ending) == 0;
}

static bool
is_certificate(int fd)
{
	char link[64], path[4096];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	return ends_with(path, ".pem");
}

ssize_t
read(int fd, void *bytes, size_t n)
{
	if (is_on_disk(fd))
		disk_use("files");
	if (is_certificate(fd))
		disk_use("certificates");
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

/* ---- and in that of libcurl's ---- */

int
open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode = 0;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	if (ends_with(path, ".log"))
		disk_use("logs");
	return openat(AT_FDCWD, path, flags, mode);
}

int
connect(int fd, const struct sockaddr *address, socklen_t size)
{
	if (address->sa_family == AF_UNIX)
		disk_use("sockets");
	return (int)syscall(SYS_connect, fd, address, size);
}

int
getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
	int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = (int (*)(const char *,
	        const char *, const struct addrinfo *, struct addrinfo **))dlsym(RTLD_NEXT, "getaddrinfo");

	disk_use("hosts");
	return real(host, service, hints, found);
}

void *
dlopen(const char *path, int how)
{
	void *(*real)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");

	if (path && strstr(path, "libcurl"))
		disk_use("libraries");
	return real(path, how);
}
