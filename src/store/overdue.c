/*
 * overdue.c - the number of calls that began or returned is odd while one lasts. The thread counts how often it saw
 * the same odd number rather than reading the clock, so that a program that was stopped (Ctrl+Z) is not ended when it
 * goes on.
 */
#include "store/overdue.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/thread.h"
#include "base/wake.h"
#include "store/sqlite.h"

enum {
	LOOKS = 20,          /* that find the same call, until it is overdue */
	SYNCED_IN_MS = 1000, /* bytes that even a slow disk writes in one */
};

/* The file that SQLite sees; the real one follows it in memory. */
struct timed_file {
	sqlite3_file base;
};

static struct {
	sqlite3_vfs vfs, *real; /* the second one is NULL where SQLite's calls do not count */
	pthread_t thread, owner;
	struct wake ended; /* the thread */
	atomic_bool begun;
	int look_ms;
	void (*late)(void *, const char *);
	void *arg;

	atomic_uint_fast64_t calls;   /* twice those that returned; odd: one lasts */
	atomic_int_fast64_t extra_ms; /* for the one that lasts */
	const char *_Atomic path;     /* of the one that lasts; NULL: the history */
	int64_t unsynced;             /* bytes */
} watch;

/* ---- the thread ---- */

/* False: it is to end. */
static bool
wait_for_look(void)
{
	struct pollfd fd = {watch.ended.read_fd, POLLIN, 0};

	return poll(&fd, 1, watch.look_ms) <= 0;
}

static void *
run(UNUSED void *arg)
{
	uint64_t seen = 0, now;
	int64_t looks = 0;

	while (wait_for_look()) {
		now = atomic_load(&watch.calls);
		looks = now == seen && now % 2 == 1 ? looks + 1 : 0;
		seen = now;
		if (looks >= LOOKS + atomic_load(&watch.extra_ms) / watch.look_ms)
			watch.late(watch.arg, atomic_load(&watch.path));
	}
	return NULL;
}

/* ---- calls ---- */

/* Other threads may use a history of their own meanwhile. */
static bool
counts(void)
{
	return atomic_load(&watch.begun) && pthread_equal(watch.owner, pthread_self());
}

void
overdue_enter_file(const char *path, int64_t bytes)
{
	if (!counts())
		return;
	atomic_store(&watch.path, path);
	atomic_store(&watch.extra_ms, bytes / SYNCED_IN_MS);
	atomic_fetch_add(&watch.calls, 1);
}

void
overdue_enter(void)
{
	overdue_enter_file(NULL, 0);
}

void
overdue_leave(void)
{
	if (counts())
		atomic_fetch_add(&watch.calls, 1);
}

static int
leave_with(int code)
{
	overdue_leave();
	return code;
}

static sqlite3_file *
enter_writing(sqlite3_file *file, int64_t bytes)
{
	overdue_enter_file(NULL, bytes);
	return (sqlite3_file *)((char *)file + sizeof(struct timed_file));
}

static sqlite3_file *
enter(sqlite3_file *file)
{
	return enter_writing(file, 0);
}

/* ---- a file ---- */

static int
file_close(sqlite3_file *file)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xClose(real));
}

static int
file_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xRead(real, to, n, at));
}

static int
file_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	sqlite3_file *real = enter(file);

	watch.unsynced += n;
	return leave_with(real->pMethods->xWrite(real, from, n, at));
}

static int
file_truncate(sqlite3_file *file, sqlite3_int64 n)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xTruncate(real, n));
}

static int
file_sync(sqlite3_file *file, int flags)
{
	sqlite3_file *real = enter_writing(file, watch.unsynced);

	watch.unsynced = 0;
	return leave_with(real->pMethods->xSync(real, flags));
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *n)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xFileSize(real, n));
}

static int
file_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xLock(real, level));
}

static int
file_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xUnlock(real, level));
}

static int
file_is_reserved(sqlite3_file *file, int *is)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xCheckReservedLock(real, is));
}

static int
file_control(sqlite3_file *file, int what, void *arg)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xFileControl(real, what, arg));
}

static int
file_sector(sqlite3_file *file)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xSectorSize(real));
}

static int
file_traits(sqlite3_file *file)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xDeviceCharacteristics(real));
}

static int
file_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xShmMap(real, region, size, extend, memory));
}

static int
file_lock_map(sqlite3_file *file, int at, int n, int flags)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xShmLock(real, at, n, flags));
}

static void
file_barrier(sqlite3_file *file)
{
	sqlite3_file *real = enter(file);

	real->pMethods->xShmBarrier(real);
	overdue_leave();
}

static int
file_unmap(sqlite3_file *file, int remove)
{
	sqlite3_file *real = enter(file);

	return leave_with(real->pMethods->xShmUnmap(real, remove));
}

/* Version 2: without memory maps of the file, in which a read would be no call. */
static const sqlite3_io_methods methods = {
        .iVersion = 2,
        .xClose = file_close,
        .xRead = file_read,
        .xWrite = file_write,
        .xTruncate = file_truncate,
        .xSync = file_sync,
        .xFileSize = file_size,
        .xLock = file_lock,
        .xUnlock = file_unlock,
        .xCheckReservedLock = file_is_reserved,
        .xFileControl = file_control,
        .xSectorSize = file_sector,
        .xDeviceCharacteristics = file_traits,
        .xShmMap = file_map,
        .xShmLock = file_lock_map,
        .xShmBarrier = file_barrier,
        .xShmUnmap = file_unmap,
};

/* ---- the file system ---- */

static int
open_file(UNUSED sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
	sqlite3_file *real = enter(file);
	int code = leave_with(watch.real->xOpen(watch.real, path, real, flags, out));

	file->pMethods = code == SQLITE_OK ? &methods : NULL;
	return code;
}

static int
delete_file(UNUSED sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	overdue_enter();
	return leave_with(watch.real->xDelete(watch.real, path, sync_folder));
}

static int
access_file(UNUSED sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	overdue_enter();
	return leave_with(watch.real->xAccess(watch.real, path, flags, out));
}

static int
full_path(UNUSED sqlite3_vfs *vfs, const char *path, int n, char *out)
{
	overdue_enter();
	return leave_with(watch.real->xFullPathname(watch.real, path, n, out));
}

static bool
install(struct err *err)
{
	if (!sqlite_load(err))
		return false;
	watch.real = sqlite3_vfs_find(NULL);
	watch.vfs = *watch.real;
	watch.vfs.pNext = NULL;
	watch.vfs.zName = "flynn-overdue";
	watch.vfs.szOsFile = (int)sizeof(struct timed_file) + watch.real->szOsFile;
	watch.vfs.xOpen = open_file;
	watch.vfs.xDelete = delete_file;
	watch.vfs.xAccess = access_file;
	watch.vfs.xFullPathname = full_path;
	return sqlite3_vfs_register(&watch.vfs, 1) == SQLITE_OK || err_set(err, ERR_SYSTEM, "cannot begin SQLite");
}

/* ---- beginning and end ---- */

static bool
start(struct err *err)
{
	if (!wake_init(&watch.ended, err))
		return false;
	if (thread_start(&watch.thread, run, NULL, err))
		return true;
	wake_release(&watch.ended);
	return false;
}

bool
overdue_begin(int ms, void (*late)(void *, const char *), void *arg, struct err *err)
{
	assert(!watch.begun);
	watch.owner = pthread_self();
	watch.look_ms = ms / LOOKS;
	watch.late = late;
	watch.arg = arg;
	watch.unsynced = 0;
	atomic_store(&watch.calls, 0);
	atomic_store(&watch.begun, start(err));
	return watch.begun;
}

bool
overdue_begin_history(int ms, void (*late)(void *, const char *), void *arg, struct err *err)
{
	if (!overdue_begin(ms, late, arg, err))
		return false;
	if (install(err))
		return true;
	overdue_end();
	return false;
}

void
overdue_end(void)
{
	if (!watch.begun)
		return;
	wake_ring(&watch.ended);
	pthread_join(watch.thread, NULL);
	wake_release(&watch.ended);
	if (watch.real)
		sqlite3_vfs_unregister(&watch.vfs);
	watch.real = NULL;
	atomic_store(&watch.begun, false);
}
