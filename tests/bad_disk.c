/*
 * bad_disk.c - makes of the program that it is linked with one whose disk the folder FLYNN_BAD_DISK tells what to do (see
 * tests/store/disk.h), and which is less patient with it. FLYNN_BAD_DISK_STALL="CALL N": the N-th call of that kind (write,
 * sync or delete), from 0, is not answered, nor any that changes something after it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/keeper.h"
#include "base/compiler.h"
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
	if (stall)
		stall_after(stall);
}

/* In the place of the C library's: the only call by which flynn itself changes a file on the disk that can be had so. */
int
rename(const char *from, const char *to)
{
	disk_change();
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}
