/*
 * play_disk.c - the failing disk of the store's own tests (tests/store/disk.h), and one more connection.
 */
#include "tests/play_disk.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#include "app/keeper.h"
#include "base/compiler.h"
#include "store/database.h"
#include "tests/store/disk.h"

static const struct {
	const char *name;
	struct disk_fault fault;
} faults[] = {
        {"full", {DISK_WRITE, SQLITE_FULL, ENOSPC, false, true}},
        {"read-only", {DISK_WRITE, SQLITE_IOERR_WRITE, EROFS, false, true}},
        {"broken", {DISK_WRITE, SQLITE_IOERR_WRITE, EIO, false, true}},
};

enum {
	HASTE = 20,
};

static struct database other; /* that has it locked */

static const struct disk_fault *
fault_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		if (strcmp(faults[i].name, name) == 0)
			return &faults[i].fault;
	return NULL;
}

void
play_disk_begin(void)
{
	disk_install();
}

static void
heal(void)
{
	(void)disk_heal();
	disk_stall(false);
	database_close(&other);
}

void
play_disk_end(void)
{
	heal();
	keeper_hasten(1);
	disk_remove();
}

bool
play_disk_knows(const char *what)
{
	return fault_named(what) || strcmp(what, "locked") == 0 || strcmp(what, "stalled") == 0 ||
	       strcmp(what, "well") == 0;
}

static bool
lock(const char *path)
{
	struct err err;

	if (database_open(&other, path, DATABASE_WRITE, &err) && database_begin(&other, &err))
		return true;
	database_close(&other);
	return false;
}

static void
stall(void)
{
	keeper_hasten(HASTE);
	disk_stall(true);
}

bool
play_disk_set(const char *path, const char *what)
{
	const struct disk_fault *fault = fault_named(what);

	if (strcmp(what, "locked") == 0)
		return lock(path);
	if (fault)
		disk_fail(fault, 0);
	else if (strcmp(what, "stalled") == 0)
		stall();
	else
		heal();
	return true;
}
