/*
 * prompt_files.c - folders are read down to a depth, and links to folders not at all, so that a circle of them ends.
 */
#include "config/prompt_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/regular.h"
#include "base/utf8.h"
#include "config/text_file.h"

static const char suffix[] = ".md", cursor_mark[] = "{{cursor}}";

enum {
	SUFFIX_LEN = sizeof(suffix) - 1,
};

/* ---- a list ---- */

void
prompt_files_release(struct prompt_files *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->items[i].name);
		free(p->items[i].words);
	}
	free(p->items);
	*p = (struct prompt_files){0};
}

/* The first line that is not blank, of the beginning of a file. */
static char *
first_line(char *text, size_t n)
{
	static const char spaces[] = " \t\r\n";
	size_t len;

	text[utf8_floor(text, n)] = '\0';
	text += strspn(text, spaces);
	len = strcspn(text, "\r\n");
	return mem_strndup(text, len);
}

/* One line of the file; NULL with errno: it cannot be read. */
static char *
read_words(const char *path)
{
	char bytes[PROMPT_FILES_WORDS_MAX + 1];
	int fd = regular_open(path, O_RDONLY, 0);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, PROMPT_FILES_WORDS_MAX);
	int reason = errno;

	if (fd >= 0)
		close(fd);
	errno = reason;
	if (n < 0)
		return NULL;
	bytes[n] = '\0';
	return first_line(bytes, (size_t)n);
}

static void
add_file(struct prompt_files *p, const char *path, const char *name)
{
	struct prompt_file *file;
	char *words = read_words(path);

	if (p->n == p->space) {
		p->space = p->space ? p->space * 2 : 64;
		p->items = mem_realloc(p->items, p->space * sizeof(*p->items));
	}
	file = &p->items[p->n++];
	*file = (struct prompt_file){
	        .name = mem_strndup(name, strlen(name) - SUFFIX_LEN), .words = words, .bad = !words};
	if (!words)
		file->words = mem_printf("cannot be read: %s", regular_why(errno));
}

static bool
has_suffix(const char *name)
{
	size_t n = strlen(name);

	return n > SUFFIX_LEN && strcmp(name + n - SUFFIX_LEN, suffix) == 0;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void list_folder(struct prompt_files *, DIR *, const char *path, const char *within, int depth);

/* Folders in the library that cannot be read are left out. */
static void
take_entry(struct prompt_files *p, const char *folder, const char *within, const char *entry, int depth)
{
	char *path = mem_printf("%s/%s", folder, entry),
	     *name = mem_printf("%s%s%s", within, *within ? "/" : "", entry);

	if (is_folder(path)) {
		DIR *dir = depth < PROMPT_FILES_DEPTH_MAX ? opendir(path) : NULL;

		if (dir)
			list_folder(p, dir, path, name, depth + 1);
	} else if (has_suffix(entry)) {
		add_file(p, path, name);
	}
	free(path);
	free(name);
}

/* Takes the folder. */
static void
list_folder(struct prompt_files *p, DIR *dir, const char *path, const char *within, int depth)
{
	const struct dirent *entry;

	while (p->seen < PROMPT_FILES_MAX && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		p->seen++;
		take_entry(p, path, within, entry->d_name, depth);
	}
	closedir(dir);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct prompt_file *)a)->name, ((const struct prompt_file *)b)->name);
}

bool
prompt_files_list(struct prompt_files *p, const char *folder, struct err *err)
{
	DIR *dir = opendir(folder);

	*p = (struct prompt_files){0};
	if (!dir && errno != ENOENT)
		return err_set(err, ERR_CONFIG, "%s: cannot be read: %s", folder, strerror(errno));
	if (dir)
		list_folder(p, dir, folder, "", 0);
	if (p->n > 0)
		qsort(p->items, p->n, sizeof(*p->items), by_name);
	return true;
}

/* ---- one of them ---- */

static bool
stays_inside(const char *name)
{
	if (*name == '/')
		return false;
	for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
		if (strcspn(part, "/") == 2 && strncmp(part, "..", 2) == 0)
			return false;
	return true;
}

static char *
path_of(const char *folder, const char *name)
{
	return mem_printf("%s/%s%s", folder, name, has_suffix(name) ? "" : suffix);
}

/* Takes the mark out. */
static size_t
find_cursor(char *text)
{
	const size_t n = sizeof(cursor_mark) - 1;
	char *mark = strstr(text, cursor_mark);

	if (!mark)
		return strlen(text);
	memmove(mark, mark + n, strlen(mark + n) + 1);
	return (size_t)(mark - text);
}

static bool
is_missing(const char *path)
{
	struct stat st;

	return lstat(path, &st) < 0 && errno == ENOENT;
}

char *
prompt_files_read(const char *folder, const char *name, size_t *cursor, struct err *err)
{
	char *path, *text;

	if (!stays_inside(name)) {
		err_set(err, ERR_CONFIG, "%s: the name of a prompt does not lead out of %s", name, folder);
		return NULL;
	}
	path = path_of(folder, name);
	text = text_file_read(path, err);
	if (!text && is_missing(path))
		err_set(err, ERR_CONFIG, "there is no prompt \"%s\" in %s", name, folder);
	if (text)
		*cursor = find_cursor(text);
	if (text && !*text) {
		err_set(err, ERR_CONFIG, "%s: it is empty", path);
		free(text);
		text = NULL;
	}
	free(path);
	return text;
}
