/*
 * needed_file.c - a list of looks. One whose disk does not answer stays there until it does, so that no second thread is lost to
 * the same file.
 */
#include "net/needed_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/errand.h"
#include "base/mem.h"
#include "base/regular.h"
#include "base/start_limit.h"

enum {
	TEXT_MAX = 4 * 1024 * 1024, /* bytes; all authorities that a system knows are a quarter of one MiB */
	LATE_PARTS =
	        5, /* four of five parts of the time that a start waits for a file: watch.c's answer may take all */
};

/* The thread's while it runs. */
struct look {
	char *path;
	bool reads;
	struct buf text;
	const char *why; /* it cannot be read; NULL: it can */
};

struct needed_file {
	struct errand *errand; /* NULL: it has ended */
	struct look *look;     /* NULL until then */
	char *path;
	bool reads;
	int users;
	int64_t late_ms;
	struct needed_file *next;
};

/* ---- the thread ---- */

static const char *
read_text(int fd, struct buf *text)
{
	char bytes[16384];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno != EINTR)
			return strerror(errno);
		if (n > 0 && !buf_append(text, bytes, (size_t)n))
			return "it is too large";
	}
	return text->len > 0 ? NULL : "it is empty";
}

static void
read_file(struct look *l)
{
	int fd = regular_open(l->path, O_RDONLY, 0);

	l->why = fd < 0 ? regular_why(errno) : read_text(fd, &l->text);
	if (fd >= 0)
		close(fd);
}

static void
run(void *work)
{
	struct look *l = work;
	struct stat st;

	if (l->reads)
		read_file(l);
	else
		(void)!stat(l->path, &st);
}

static void
release_look(void *work)
{
	struct look *l = work;

	free(l->path);
	buf_release(&l->text);
	free(l);
}

/* ---- the list ---- */

static struct needed_file *
find_file(const struct needed_files *files, const char *path, bool reads)
{
	struct needed_file *f = files->first;

	while (f && (f->reads != reads || strcmp(f->path, path) != 0))
		f = f->next;
	return f;
}

static struct needed_file *
add_file(struct needed_files *files, const char *path, bool reads)
{
	static const struct errand_kind kind = {run, release_look};
	struct look *look = mem_alloc(sizeof(*look));
	struct needed_file *f;
	struct errand *errand;
	struct err ignored;

	*look = (struct look){.path = mem_strdup(path), .reads = reads};
	buf_init(&look->text, TEXT_MAX);
	errand = errand_start(&kind, look, &ignored);
	if (!errand) {
		release_look(look);
		return NULL;
	}
	f = mem_alloc(sizeof(*f));
	*f = (struct needed_file){.errand = errand,
	        .path = mem_strdup(path),
	        .reads = reads,
	        .late_ms = clock_ms() + start_limit_ms() - start_limit_ms() / LATE_PARTS,
	        .next = files->first};
	files->first = f;
	sockets_set(files->sockets, errand_fd(errand), POLLIN);
	return f;
}

static void
file_free(struct needed_file *f)
{
	errand_leave(f->errand);
	if (f->look)
		release_look(f->look);
	free(f->path);
	free(f);
}

static void
remove_file(struct needed_files *files, struct needed_file *f)
{
	struct needed_file **link = &files->first;

	while (*link != f)
		link = &(*link)->next;
	*link = f->next;
	file_free(f);
}

struct needed_file *
needed_files_look(struct needed_files *files, const char *path, bool read)
{
	struct needed_file *f = find_file(files, path, read);

	if (!f)
		f = add_file(files, path, read);
	if (f)
		f->users++;
	return f;
}

void
needed_files_drop(struct needed_files *files, struct needed_file *f)
{
	if (f && --f->users == 0 && !f->errand)
		remove_file(files, f);
}

bool
needed_file_is_late(const struct needed_file *f)
{
	return f->errand && clock_ms() >= f->late_ms;
}

enum needed_state
needed_file_state(const struct needed_file *f)
{
	if (f->errand)
		return needed_file_is_late(f) ? NEEDED_BAD : NEEDED_AWAITED;
	return f->look->why ? NEEDED_BAD : NEEDED_THERE;
}

const char *
needed_file_why(const struct needed_file *f)
{
	return f->errand ? "the disk does not answer" : f->look->why;
}

const struct buf *
needed_file_text(const struct needed_file *f)
{
	return &f->look->text;
}

bool
needed_files_take(struct needed_files *files, int fd)
{
	struct needed_file *f = files->first;

	while (f && (!f->errand || errand_fd(f->errand) != fd))
		f = f->next;
	if (!f)
		return false;
	if (!errand_has_ended(f->errand))
		return true;
	sockets_set(files->sockets, fd, 0);
	f->look = errand_finish(f->errand);
	f->errand = NULL;
	if (f->users == 0)
		remove_file(files, f);
	return true;
}

int
needed_files_wait_ms(const struct needed_files *files)
{
	int wait = -1;

	for (const struct needed_file *f = files->first; f; f = f->next)
		if (f->users > 0 && f->errand)
			wait = clock_sooner(wait, needed_file_is_late(f) ? 0 : (int)(f->late_ms - clock_ms()));
	return wait;
}

void
needed_files_release(struct needed_files *files)
{
	for (struct needed_file *f; (f = files->first) != NULL;) {
		files->first = f->next;
		file_free(f);
	}
}
