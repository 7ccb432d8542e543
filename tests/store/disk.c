/*
 * disk.c - see disk.h. For the loss of power each file has an image, which is what was synced, and a list of what was
 * written since; a deletion is taken for synced.
 */
#include "tests/store/disk.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"

/* Not synced yet: bytes at a place, or a new length. */
struct change {
	sqlite3_int64 at;
	struct buf bytes;
	bool truncates;
};

struct image {
	char *path;
	struct buf synced;
	struct change *changes;
	size_t n_changes;
	struct image *next;
};

/* What SQLite takes for its file; the real one stands behind it. */
struct disk_file {
	sqlite3_file base;
	struct image *image; /* or NULL */
	int reason;          /* errno of what failed last */
};

/* Files of several threads: what goes wrong is theirs together. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static struct {
	sqlite3_vfs vfs, *real;
	struct disk_fault fault;
	size_t before; /* this many calls of its kind go well */
	bool armed, failed;
	size_t power; /* so many changes are still made */
	bool watches, dark;
	struct image *images;
	bool stalled;
	bool awaits_stall; /* from a call of this kind on, after so many others */
	bool kills;        /* instead */
	enum disk_call stall_call;
	size_t before_stall;
	const char *watched;
	int open; /* files */
} disk;

static pthread_cond_t closed = PTHREAD_COND_INITIALIZER;

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return (sqlite3_file *)((char *)file + sizeof(struct disk_file));
}

/* ---- images ---- */

static struct image *
image_of(const char *path)
{
	struct image *i = disk.images;
	FILE *f;
	char bytes[4096];

	while (i && strcmp(i->path, path) != 0)
		i = i->next;
	if (i)
		return i;
	i = mem_alloc(sizeof(*i));
	i->path = mem_strdup(path);
	f = fopen(path, "rb");
	for (size_t n; f && (n = fread(bytes, 1, sizeof(bytes), f)) > 0;)
		buf_put(&i->synced, bytes, n);
	if (f)
		fclose(f);
	i->next = disk.images;
	disk.images = i;
	return i;
}

static void
forget_changes(struct image *i)
{
	for (size_t n = 0; n < i->n_changes; n++)
		buf_release(&i->changes[n].bytes);
	free(i->changes);
	i->changes = NULL;
	i->n_changes = 0;
}

static void
image_free(struct image *i)
{
	forget_changes(i);
	buf_release(&i->synced);
	free(i->path);
	free(i);
}

static void
forget_images(void)
{
	for (struct image *i; (i = disk.images) != NULL;) {
		disk.images = i->next;
		image_free(i);
	}
}

static void
forget_file(const char *path)
{
	for (struct image **i = &disk.images; *i; i = &(*i)->next)
		if (strcmp((*i)->path, path) == 0) {
			struct image *gone = *i;

			*i = gone->next;
			image_free(gone);
			return;
		}
}

static void
note(struct image *i, sqlite3_int64 at, const void *bytes, size_t n, bool truncates)
{
	struct change *c;

	if (!i)
		return;
	i->changes = mem_realloc(i->changes, (i->n_changes + 1) * sizeof(*i->changes));
	c = &i->changes[i->n_changes++];
	*c = (struct change){.at = at, .truncates = truncates};
	buf_put(&c->bytes, bytes, n);
}

static void
lengthen(struct buf *b, size_t n)
{
	while (b->len < n)
		buf_putc(b, 0);
}

static void
apply(struct image *i, const struct change *c)
{
	size_t end = (size_t)c->at + c->bytes.len;

	lengthen(&i->synced, end);
	if (c->truncates)
		buf_truncate(&i->synced, (size_t)c->at);
	else if (c->bytes.len > 0)
		memcpy(i->synced.data + c->at, c->bytes.data, c->bytes.len);
}

static bool
is_kept(enum disk_kept kept, size_t n, size_t of)
{
	return kept == DISK_KEEPS_SECOND ? n % 2 == 1 : kept == DISK_KEEPS_ALL_BUT_LAST && n + 1 < of;
}

static void
write_out(struct image *i, enum disk_kept kept)
{
	FILE *f = fopen(i->path, "wb");

	for (size_t n = 0; n < i->n_changes; n++)
		if (is_kept(kept, n, i->n_changes))
			apply(i, &i->changes[n]);
	if (!f || fwrite(buf_text(&i->synced), 1, i->synced.len, f) != i->synced.len || fclose(f) != 0)
		abort();
}

/* ---- what goes wrong ---- */

static int
fails(const struct disk_fault *fault)
{
	errno = fault->reason;
	return fault->code;
}

static bool
changes_anything(enum disk_call call)
{
	return call == DISK_WRITE || call == DISK_SYNC || call == DISK_TRUNCATE || call == DISK_DELETE;
}

static bool
is_told(const char *what)
{
	char *path = disk.watched ? mem_printf("%s/%s", disk.watched, what) : NULL;
	bool told = path && access(path, F_OK) == 0;

	free(path);
	return told;
}

static bool
is_stalled(bool changes)
{
	bool stalled;

	pthread_mutex_lock(&mutex);
	stalled = is_told("mute") || (changes && (disk.stalled || is_told("stalled")));
	pthread_mutex_unlock(&mutex);
	return stalled;
}

/* As long as a call to the kernel that has no answer yet. It looks seldom: who waits for a disk needs no processor. */
static void
stay_while_stalled(bool changes)
{
	static const struct timespec pause = {0, 10000000};

	while (is_stalled(changes))
		nanosleep(&pause, NULL);
}

static int
decide(enum disk_call call, bool *half)
{
	static const struct disk_fault dark = {.code = SQLITE_IOERR, .reason = EIO},
	                               full = {.code = SQLITE_FULL, .reason = ENOSPC};
	bool changes = changes_anything(call);

	if (call == DISK_WRITE && is_told("full"))
		return fails(&full);
	if (disk.watches && !disk.dark && changes && disk.power-- == 0)
		disk.dark = true;
	if (disk.dark)
		return fails(&dark);
	if (!disk.armed || call != disk.fault.call)
		return SQLITE_OK;
	if (disk.before > 0) {
		disk.before--;
		return SQLITE_OK;
	}
	disk.armed = disk.fault.stays;
	disk.failed = true;
	*half = disk.fault.half;
	return fails(&disk.fault);
}

/* Whether this is the call from which on nothing is answered. */
static bool
begins_stall(enum disk_call call)
{
	return disk.awaits_stall && call == disk.stall_call && disk.before_stall-- == 0;
}

static void
count_down(enum disk_call call)
{
	pthread_mutex_lock(&mutex);
	if (begins_stall(call)) {
		if (disk.kills)
			raise(SIGKILL);
		disk.awaits_stall = false;
		disk.stalled = true;
	}
	pthread_mutex_unlock(&mutex);
}

/* What a call is to give; SQLITE_OK: what the real one gives. `*half` is set where half of it is to be done. */
static int
fate(enum disk_call call, bool *half)
{
	int code;

	count_down(call);
	stay_while_stalled(changes_anything(call));
	pthread_mutex_lock(&mutex);
	code = decide(call, half);
	pthread_mutex_unlock(&mutex);
	return code;
}

void
disk_fail(const struct disk_fault *fault, size_t n)
{
	pthread_mutex_lock(&mutex);
	disk.fault = *fault;
	disk.before = n;
	disk.armed = true;
	disk.failed = false;
	pthread_mutex_unlock(&mutex);
}

bool
disk_heal(void)
{
	bool failed;

	pthread_mutex_lock(&mutex);
	disk.armed = false;
	failed = disk.failed;
	pthread_mutex_unlock(&mutex);
	return failed;
}

void
disk_stall(bool stalled)
{
	pthread_mutex_lock(&mutex);
	disk.stalled = stalled;
	pthread_mutex_unlock(&mutex);
}

void
disk_stall_after(enum disk_call call, size_t n)
{
	pthread_mutex_lock(&mutex);
	disk.stall_call = call;
	disk.before_stall = n;
	disk.awaits_stall = true;
	pthread_mutex_unlock(&mutex);
}

void
disk_kill_after(enum disk_call call, size_t n)
{
	disk.kills = true;
	disk_stall_after(call, n);
}

void
disk_change(void)
{
	stay_while_stalled(true);
}

static bool
is_told_now(const char *what)
{
	bool told;

	pthread_mutex_lock(&mutex);
	told = is_told(what);
	pthread_mutex_unlock(&mutex);
	return told;
}

void
disk_use(const char *what)
{
	static const struct timespec pause = {0, 1000000};

	while (is_told_now(what))
		nanosleep(&pause, NULL);
}

void
disk_watch(const char *folder)
{
	pthread_mutex_lock(&mutex);
	disk.watched = folder;
	pthread_mutex_unlock(&mutex);
}

void
disk_end_power(size_t n)
{
	forget_images();
	disk.power = n;
	disk.watches = true;
	disk.dark = false;
}

bool
disk_restart(enum disk_kept kept)
{
	bool gone = disk.dark;

	for (struct image *i = disk.images; gone && i; i = i->next)
		write_out(i, kept);
	disk.watches = disk.dark = false;
	forget_images();
	return gone;
}

/* ---- a file ---- */

static int
note_reason(sqlite3_file *file, int code)
{
	if (code)
		((struct disk_file *)file)->reason = errno;
	return code;
}

static int
fate_of(sqlite3_file *file, enum disk_call call)
{
	bool half;

	return note_reason(file, fate(call, &half));
}

/* Counts the open files, whom disk_remove waits for. */
static void
count_files(int more)
{
	pthread_mutex_lock(&mutex);
	disk.open += more;
	pthread_cond_broadcast(&closed);
	pthread_mutex_unlock(&mutex);
}

static int
file_close(sqlite3_file *file)
{
	int code = real_of(file)->pMethods->xClose(real_of(file));

	count_files(-1);
	return code;
}

static int
file_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	int code = fate_of(file, DISK_READ);

	return code ? code : real_of(file)->pMethods->xRead(real_of(file), to, n, at);
}

static int
file_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	bool half = false;
	int code = note_reason(file, fate(DISK_WRITE, &half)), written = code ? n / 2 : n;

	if (code && !half)
		return code;
	note(((struct disk_file *)file)->image, at, from, (size_t)written, false);
	if (real_of(file)->pMethods->xWrite(real_of(file), from, written, at) != SQLITE_OK)
		abort();
	return code;
}

static int
file_truncate(sqlite3_file *file, sqlite3_int64 n)
{
	int code = fate_of(file, DISK_TRUNCATE);

	if (code)
		return code;
	note(((struct disk_file *)file)->image, n, "", 0, true);
	return real_of(file)->pMethods->xTruncate(real_of(file), n);
}

static int
file_sync(sqlite3_file *file, UNUSED int flags)
{
	struct image *i = ((struct disk_file *)file)->image;
	int code = fate_of(file, DISK_SYNC);

	if (code || !i)
		return code;
	for (size_t n = 0; n < i->n_changes; n++)
		apply(i, &i->changes[n]);
	forget_changes(i);
	return SQLITE_OK;
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *n)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), n);
}

static int
file_lock(sqlite3_file *file, int level)
{
	int code = fate_of(file, DISK_LOCK);

	return code ? code : real_of(file)->pMethods->xLock(real_of(file), level);
}

static int
file_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int
file_is_reserved(sqlite3_file *file, int *is)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is);
}

static int
file_control(sqlite3_file *file, int what, void *arg)
{
	int reason = ((struct disk_file *)file)->reason;

	if (what != SQLITE_FCNTL_LAST_ERRNO)
		return real_of(file)->pMethods->xFileControl(real_of(file), what, arg);
	*(int *)arg = reason;
	return SQLITE_OK;
}

static int
file_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
file_traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
file_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
	int code = fate_of(file, DISK_MAP);

	if (code) {
		*memory = NULL;
		return code;
	}
	return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, memory);
}

static int
file_lock_map(sqlite3_file *file, int at, int n, int flags)
{
	int code = flags & SQLITE_SHM_LOCK ? fate_of(file, DISK_LOCK) : SQLITE_OK;

	return code ? code : real_of(file)->pMethods->xShmLock(real_of(file), at, n, flags);
}

static void
file_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
file_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

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
disk_open(UNUSED sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
	struct disk_file *f = (struct disk_file *)file;
	bool half;
	int code = fate(DISK_OPEN, &half);

	*f = (struct disk_file){.image = NULL};
	if (code == SQLITE_OK)
		code = disk.real->xOpen(disk.real, path, real_of(file), flags, out);
	if (code != SQLITE_OK)
		return code;
	f->base.pMethods = &methods;
	count_files(1);
	if (disk.watches && path)
		f->image = image_of(path);
	return SQLITE_OK;
}

static int
disk_delete(UNUSED sqlite3_vfs *vfs, const char *path, UNUSED int sync_folder)
{
	bool half;
	int code = fate(DISK_DELETE, &half);

	if (code)
		return code;
	forget_file(path);
	return disk.real->xDelete(disk.real, path, 0);
}

static int
disk_sleep(UNUSED sqlite3_vfs *vfs, int us)
{
	return us;
}

void
disk_install(void)
{
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.pNext = NULL;
	disk.vfs.zName = "flynn-disk";
	disk.vfs.szOsFile = (int)sizeof(struct disk_file) + disk.real->szOsFile;
	disk.vfs.xOpen = disk_open;
	disk.vfs.xDelete = disk_delete;
	disk.vfs.xSleep = disk_sleep;
	if (sqlite3_vfs_register(&disk.vfs, 1) != SQLITE_OK)
		abort();
}

void
disk_remove(void)
{
	pthread_mutex_lock(&mutex);
	while (disk.open > 0)
		pthread_cond_wait(&closed, &mutex);
	pthread_mutex_unlock(&mutex);
	sqlite3_vfs_unregister(&disk.vfs);
	forget_images();
}
