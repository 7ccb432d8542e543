/*
 * bad_disk.c - makes of the program that it is linked with one whose disk the folder FLYNN_BAD_DISK tells what to do (see
 * tests/store/disk.h), and which is less patient with it.
 */
#include <stdlib.h>

#include "app/keeper.h"
#include "tests/store/disk.h"

enum {
	HASTE = 4,
};

/* Before main, which knows nothing of it. */
__attribute__((constructor)) static void
begin(void)
{
	const char *folder = getenv("FLYNN_BAD_DISK");

	if (!folder)
		return;
	disk_install();
	disk_watch(folder);
	keeper_hasten(HASTE);
}
