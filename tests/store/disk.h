/*
 * disk.h - a disk that fails when it is told to: a layer between SQLite and its files.
 *
 * Between disk_install and disk_remove it is what SQLite opens files with; it hands everything on until disk_fail or
 * disk_end_power is called. Two things it never does: write to the real disk for good (fsync), and let SQLite sleep. So
 * a session of a thousand calls takes milliseconds.
 */
#ifndef FLYNN_TESTS_STORE_DISK_H
#define FLYNN_TESTS_STORE_DISK_H

#include <stdbool.h>
#include <stddef.h>

enum disk_call {
	DISK_OPEN,
	DISK_READ,
	DISK_WRITE,
	DISK_SYNC,
	DISK_TRUNCATE,
	DISK_LOCK, /* of the file, or of the memory that connections share */
	DISK_MAP,  /* that memory */
	DISK_DELETE,
	DISK_CALLS,
};

struct disk_fault {
	enum disk_call call;
	int code;   /* SQLite's */
	int reason; /* errno */
	bool half;  /* of a write that fails, the first half is written */
	bool stays; /* every such call fails from then on, until the disk is healed */
};

void disk_install(void);
void disk_remove(void); /* once every file is closed, which is waited for */

/* The n-th call of this kind from now on fails, n = 0 being the next. */
void disk_fail(const struct disk_fault *, size_t n);
bool disk_heal(void); /* whether any call had failed */

/* The n-th call of this kind from now on is not answered, n = 0 being the next, until disk_stall(false). */
void disk_stall_after(enum disk_call, size_t n);

/* The process is killed (SIGKILL) at the n-th call of this kind from now on, n = 0 being the next. */
void disk_kill_after(enum disk_call, size_t n);

/* Waits as long as a call to another file of this disk, such as renaming it, would. */
void disk_change(void);

/* Waits as long as the folder of disk_watch holds a file of this name: `files` for files that are no history, `folders`. */
void disk_use(const char *what);

/* Every call but opening, reading, locking and closing is not answered from now on, until this is taken back. */
void disk_stall(bool);

/* The same, a disk that is full, and one that answers nothing but closing, at any moment that this folder holds a file
 * called `stalled`, `full` or `mute`. The folder is borrowed. NULL: no longer. */
void disk_watch(const char *folder);

/*
 * The power goes with the n-th call from now on that changes anything: every call fails after that. When all files are
 * closed, disk_restart leaves in them what was synced, and of what was not: nothing; every second write; or all but the
 * last. False: the power had not gone, and nothing was changed.
 */
enum disk_kept { DISK_KEEPS_NONE, DISK_KEEPS_SECOND, DISK_KEEPS_ALL_BUT_LAST, DISK_KEPT };
void disk_end_power(size_t n);
bool disk_restart(enum disk_kept);

#endif
