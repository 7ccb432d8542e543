/*
 * process.c - /proc/net lists the sockets that listen with their inodes, /proc/PID/fd says who has them open.
 */
#include "config.h"

#include "net/process.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/compiler.h"

enum {
	TCP_LISTENS = 0x0a,
	UNIX_LISTENS = 0x10000,
	LOOKS_MAX = 20000, /* at descriptors, of all processes */
	ADDRESS_HEX = 33,
};

/* ---- who listens ---- */

/* An address as /proc/net writes it: its bytes as 32-bit numbers of this machine. */
static bool
write_hex(const char *address, char hex[static ADDRESS_HEX])
{
	uint32_t words[4];
	size_t n = inet_pton(AF_INET, address, words) == 1 ? 1 : inet_pton(AF_INET6, address, words) == 1 ? 4 : 0;

	for (size_t i = 0; i < n; i++)
		snprintf(hex + 8 * i, 9, "%08X", words[i]);
	return n > 0;
}

static bool
is_any(const char *hex)
{
	return strspn(hex, "0") == strlen(hex);
}

/* "  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000  0 48151 …" */
static unsigned long
inode_of_tcp_line(const char *line, const char *hex, long port)
{
	char local[ADDRESS_HEX];
	unsigned long inode;
	unsigned local_port, state;

	if (sscanf(line, " %*d: %32[0-9A-F]:%x %*[0-9A-F:] %x %*s %*s %*s %*s %*s %lu", local, &local_port, &state,
	            &inode) != 4)
		return 0;
	if (state != TCP_LISTENS || local_port != (unsigned long)port || (strcmp(local, hex) != 0 && !is_any(local)))
		return 0;
	return inode;
}

/* "0000000000000000: 00000002 00000000 00010000 0001 01 48151 /run/llama.sock" */
static unsigned long
inode_of_unix_line(const char *line, const char *path)
{
	unsigned long inode;
	unsigned flags;
	int at = 0;

	if (sscanf(line, "%*x: %*x %*x %x %*x %*x %lu %n", &flags, &inode, &at) != 2 || at == 0)
		return 0;
	return flags == UNIX_LISTENS && strcmp(line + at, path) == 0 ? inode : 0;
}

struct sought {
	const char *path; /* NULL: a port */
	char hex[ADDRESS_HEX];
	long port;
};

/* 0: nobody listens there. */
static unsigned long
find_inode(const char *list, const struct sought *s)
{
	FILE *f = fopen(list, "re");
	unsigned long inode = 0;
	char *line = NULL;
	size_t space = 0;

	while (f && inode == 0 && getline(&line, &space, f) > 0) {
		line[strcspn(line, "\n")] = '\0';
		inode = s->path ? inode_of_unix_line(line, s->path) : inode_of_tcp_line(line, s->hex, s->port);
	}
	free(line);
	if (f)
		fclose(f);
	return inode;
}

/* ---- whose socket it is ---- */

static bool
has_open(const char *pid, const char *socket, int *looks)
{
	char folder[64], found[64];
	const struct dirent *entry;
	bool has = false;
	DIR *dir;

	snprintf(folder, sizeof(folder), "/proc/%.20s/fd", pid);
	dir = opendir(folder);
	while (dir && !has && ++*looks < LOOKS_MAX && (entry = readdir(dir))) {
		ssize_t n = readlinkat(dirfd(dir), entry->d_name, found, sizeof(found));

		has = n == (ssize_t)strlen(socket) && memcmp(found, socket, (size_t)n) == 0;
	}
	if (dir)
		closedir(dir);
	return has;
}

/* 0: nobody that we may look at. */
static long
find_holder(unsigned long inode)
{
	DIR *dir = opendir("/proc");
	const struct dirent *entry;
	char socket[64];
	int looks = 0;
	long pid = 0;

	snprintf(socket, sizeof(socket), "socket:[%lu]", inode);
	while (dir && pid == 0 && looks < LOOKS_MAX && (entry = readdir(dir)))
		if (isdigit((unsigned char)*entry->d_name) && has_open(entry->d_name, socket, &looks))
			pid = strtol(entry->d_name, NULL, 10);
	if (dir)
		closedir(dir);
	return pid;
}

static int
open_process(unsigned long inode)
{
	long pid = inode ? find_holder(inode) : 0;

	/* `flynn demo` serves itself. */
	if (pid == 0 || pid == getpid())
		return -1;
#if defined(SYS_pidfd_open) && !defined(POSIX_ONLY)
	return (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
#else
	return -1;
#endif
}

int
process_of_port(const char *address, long port)
{
	static const char *const lists[] = {"/proc/net/tcp", "/proc/net/tcp6"};
	struct sought sought = {.port = port};
	unsigned long inode = 0;

	if (!write_hex(address, sought.hex))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(lists) && inode == 0; i++)
		inode = find_inode(lists[i], &sought);
	return open_process(inode);
}

int
process_of_socket(const char *path)
{
	return open_process(find_inode("/proc/net/unix", &(struct sought){.path = path}));
}
