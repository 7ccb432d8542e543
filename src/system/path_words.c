/*
 * path_words.c - words (text/shell_words.h), then glob(3) for those that are patterns.
 */
#include "system/path_words.h"

#include <dirent.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/shell_words.h"

/* "~somebody", which POSIX does not know; "~" is found here. */
#ifdef GLOB_TILDE
enum { TILDE = GLOB_TILDE };
#else
enum { TILDE = 0 };
#endif

void
path_list_release(struct path_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->paths[i]);
	free(l->paths);
	*l = (struct path_list){.n = 0};
}

void
path_list_add(struct path_list *l, const char *path)
{
	l->paths = mem_realloc(l->paths, (l->n + 1) * sizeof(*l->paths));
	l->paths[l->n++] = mem_strdup(path);
}

/* ---- one path ---- */

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 8089: of this machine, with or without its name. */
static char *
path_of_address(const char *address)
{
	const char *at = strchr(address + strlen("file://"), '/');
	struct buf path = {0};

	for (; at && *at; at++) {
		int high = *at == '%' ? hex_digit(at[1]) : -1, low = high >= 0 ? hex_digit(at[2]) : -1;

		buf_putc(&path, low >= 0 ? (char)(high << 4 | low) : *at);
		at += low >= 0 ? 2 : 0;
	}
	return buf_take(&path);
}

static bool
is_home(const char *text, bool has_tilde, const char *home)
{
	return has_tilde && home && (text[1] == '/' || !text[1]);
}

char *
path_plain(const char *text, bool has_tilde, const char *home)
{
	if (strncmp(text, "file://", strlen("file://")) == 0)
		return path_of_address(text);
	return is_home(text, has_tilde, home) ? mem_printf("%s%s", home, text + 1) : mem_strdup(text);
}

/* ---- patterns ---- */

static void
put_escaped(struct buf *to, const char *text)
{
	for (; *text; text++) {
		if (strchr("*?[\\", *text))
			buf_putc(to, '\\');
		buf_putc(to, *text);
	}
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
add(struct path_list *l, const char *path, struct err *err)
{
	if (l->n == PATH_LIST_MAX)
		return err_set(err, ERR_LIMIT, "more than %d files: attach fewer at a time", PATH_LIST_MAX);
	path_list_add(l, path);
	return true;
}

static bool
add_found(struct path_list *l, const struct shell_word *w, const glob_t *found, struct err *err)
{
	size_t before = l->n;

	for (size_t i = 0; i < found->gl_pathc; i++)
		if (!is_folder(found->gl_pathv[i]) && !add(l, found->gl_pathv[i], err))
			return false;
	return l->n > before || err_set(err, ERR_USAGE, "no file is like %s", buf_text(&w->text));
}

static bool
expand_pattern(const struct shell_word *w, const char *home, struct path_list *l, struct err *err)
{
	struct buf pattern = {0};
	glob_t found = {0};
	bool good;

	if (is_home(buf_text(&w->text), w->has_tilde, home)) {
		put_escaped(&pattern, home);
		buf_puts(&pattern, buf_text(&w->pattern) + 1);
	} else {
		buf_puts(&pattern, buf_text(&w->pattern));
	}
	/* What it says of folders that cannot be read is not of interest: then nothing is found. */
	(void)glob(buf_text(&pattern), TILDE, NULL, &found);
	good = add_found(l, w, &found, err);
	globfree(&found);
	buf_release(&pattern);
	return good;
}

/* ---- words ---- */

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static bool
expand_word(const struct shell_word *w, const char *home, struct path_list *l, struct err *err)
{
	char *path = path_plain(buf_text(&w->text), w->has_tilde, home);
	bool elsewhere = w->has_tilde && !is_home(buf_text(&w->text), true, home), good;

	if (is_there(path) || !(w->is_pattern || elsewhere))
		good = add(l, path, err);
	else
		good = expand_pattern(w, home, l, err);
	free(path);
	return good;
}

static bool
names_one_file(const char *text, const char *home, struct path_list *l)
{
	char *path = path_plain(text, text[0] == '~', home);
	bool found = is_there(path) && !is_folder(path);

	if (found)
		path_list_add(l, path);
	free(path);
	return found;
}

bool
path_words_expand(const char *text, const char *home, struct path_list *l, struct err *err)
{
	struct shell_word w = {.is_pattern = false};
	bool good = true;

	if (names_one_file(text, home, l))
		return true;
	while (good && shell_words_next(&text, &w)) {
		if (w.open)
			good = err_set(err, ERR_USAGE, "%s",
			        w.open == '\\' ? "a backslash is the last character" : "a quote is not closed");
		else
			good = expand_word(&w, home, l, err);
	}
	shell_word_release(&w);
	return good;
}

/* ---- completion ---- */

static bool
has_controls(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			return true;
	return false;
}

static bool
is_offered(const char *name, const char *begins)
{
	if (strncmp(name, begins, strlen(begins)) != 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	return (name[0] != '.' || begins[0] == '.') && !has_controls(name) &&
	       utf8_span(name, strlen(name)) == strlen(name);
}

static void
offer(struct path_list *l, const char *folder, const char *name)
{
	char *path = mem_printf("%s%s", folder, name), *offered = mem_printf("%s%s", name, is_folder(path) ? "/" : "");

	path_list_add(l, offered);
	free(offered);
	free(path);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
path_names(const char *path, struct path_list *l)
{
	const char *slash = strrchr(path, '/'), *begins = slash ? slash + 1 : path;
	char *folder = mem_strndup(path, (size_t)(begins - path));
	DIR *dir = opendir(*folder ? folder : ".");
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL)
		if (is_offered(entry->d_name, begins))
			offer(l, folder, entry->d_name);
	if (dir)
		closedir(dir);
	if (l->n > 0)
		qsort(l->paths, l->n, sizeof(*l->paths), compare);
	free(folder);
}
