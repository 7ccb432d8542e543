/*
 * play_files.c - a folder, the process's working folder meanwhile. realpath(3), which reading a file calls last
 * (system/attachment_file.c), is this file's.
 */
#include "tests/play_files.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "demo/parser.h"
#include "tests/child.h"

static char *folder, *home;
static int before = -1; /* the working folder */

/* ---- a disk that does not answer ---- */

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static bool stalls;

char *
realpath(const char *restrict path, char *restrict resolved)
{
	char *(*real)(const char *, char *);
	void *symbol = dlsym(RTLD_NEXT, "realpath");

	pthread_mutex_lock(&gate);
	while (stalls)
		pthread_cond_wait(&opened, &gate);
	pthread_mutex_unlock(&gate);
	memcpy(&real, &symbol, sizeof(real));
	return real(path, resolved);
}

static void
set_stall(bool stall)
{
	pthread_mutex_lock(&gate);
	stalls = stall;
	pthread_cond_broadcast(&opened);
	pthread_mutex_unlock(&gate);
}

/* ---- the folder ---- */

static bool
begin(void)
{
	if (folder)
		return true;
	before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	folder = child_dir();
	home = getenv("HOME") ? mem_strdup(getenv("HOME")) : NULL;
	setenv("HOME", folder, 1);
	return before >= 0 && chdir(folder) == 0;
}

void
play_files_end(void)
{
	set_stall(false);
	if (!folder)
		return;
	if (fchdir(before) < 0)
		perror("fchdir");
	close(before);
	if (home)
		setenv("HOME", home, 1);
	else
		unsetenv("HOME");
	child_dir_remove(folder);
	free(folder);
	free(home);
	folder = home = NULL;
}

/* ---- lines ---- */

static char *
decode(const char *name, size_t n)
{
	char *decoded = mem_strndup(name, n), *to = decoded;
	unsigned byte;

	for (const char *at = decoded; *at; at++) {
		if (*at == '%' && sscanf(at + 1, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			at += 2;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
	return decoded;
}

static void
make_folders(char *path)
{
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

static bool
write_file(char *path, const char *quoted)
{
	struct err err;
	struct parser p = {.err = &err};
	bool good = parser_text(&p, quoted);
	FILE *file;

	make_folders(path);
	file = good ? fopen(path, "w") : NULL;
	good = file && fwrite(buf_text(&p.text), 1, p.text.len, file) == p.text.len;
	good = file && fclose(file) == 0 && good;
	buf_release(&p.text);
	return good;
}

static bool
do_file(const char *line)
{
	size_t n = strcspn(line, " ");
	char *path = decode(line, n);
	const char *what = line + n + (line[n] != '\0');
	bool good;

	if (strcmp(what, "gone") == 0)
		good = remove(path) == 0;
	else if (strcmp(what, "locked") == 0)
		good = chmod(path, 0) == 0;
	else
		good = write_file(path, what);
	free(path);
	return good;
}

bool
play_files_knows(const char *line)
{
	return strncmp(line, "file ", 5) == 0 || strncmp(line, "files ", 6) == 0;
}

bool
play_files_do(const char *line)
{
	if (!begin())
		return false;
	if (strcmp(line, "files stall") == 0)
		set_stall(true);
	else if (strcmp(line, "files answer") == 0)
		set_stall(false);
	else
		return strncmp(line, "file ", 5) == 0 && do_file(line + 5);
	return true;
}
