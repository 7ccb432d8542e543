/*
 * grammar_files.c - folders where distributions put the files, each with nano's folder for rarer languages in it. What stands
 * first is taken first.
 */
#include "system/grammar_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "syntax/catalog.h"

enum {
	FILE_MAX = 512 * 1024, /* bytes */
	FILES_MAX = 500,
};

static const char *const folders[] = {
        DATADIR "/nano",
        "/usr/share/nano",
        "/usr/local/share/nano",
        "/opt/homebrew/share/nano",
        "/home/linuxbrew/.linuxbrew/share/nano",
};

struct grammar_files {
	char *folder;         /* the user's, or NULL */
	char *first;          /* that has something; or NULL */
	bool looked;          /* into all of them */
	size_t n_files;       /* that were read */
	struct catalog found; /* in them */
};

struct grammar_files *
grammar_files_new(const char *folder)
{
	struct grammar_files *f = mem_alloc(sizeof(*f));

	f->folder = mem_strdup(folder);
	return f;
}

void
grammar_files_free(struct grammar_files *f)
{
	if (!f)
		return;
	catalog_release(&f->found);
	free(f->folder);
	free(f->first);
	free(f);
}

/* ---- files ---- */

/* False: it is no file, too large, or cannot be read. */
static bool
read_all(int fd, struct buf *text)
{
	char piece[8192];
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	buf_init(text, FILE_MAX);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		if (!buf_append(text, piece, (size_t)n))
			return false;
	return n == 0;
}

static bool
read_file(const char *path, struct buf *text)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	bool done;

	if (fd < 0)
		return false;
	done = read_all(fd, text);
	close(fd);
	if (!done)
		buf_release(text);
	return done;
}

static void
look_at(struct grammar_files *f, const char *path)
{
	struct buf text = {0};

	if (f->n_files >= FILES_MAX || !read_file(path, &text))
		return;
	f->n_files++;
	catalog_add(&f->found, path, buf_text(&text), text.len);
	buf_release(&text);
}

/* ---- folders ---- */

static int
is_syntax_file(const struct dirent *entry)
{
	static const char ending[] = ".nanorc";
	size_t n = strlen(entry->d_name), len = strlen(ending);

	return n > len && strcmp(entry->d_name + n - len, ending) == 0;
}

static void
look_into(struct grammar_files *f, const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_syntax_file, alphasort);

	if (n < 0)
		return;
	for (int i = 0; i < n; i++) {
		char *path = mem_printf("%s/%s", folder, entries[i]->d_name);

		look_at(f, path);
		free(path);
		free(entries[i]);
	}
	free(entries);
	if (f->found.n > 0 && !f->first)
		f->first = mem_strdup(folder);
}

static void
look_into_both(struct grammar_files *f, const char *folder)
{
	char *extra = mem_printf("%s/extra", folder);

	look_into(f, folder);
	look_into(f, extra);
	free(extra);
}

static void
look(struct grammar_files *f)
{
	if (f->looked)
		return;
	f->looked = true;
	if (f->folder)
		look_into(f, f->folder);
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		if (i == 0 || strcmp(folders[i], folders[0]) != 0)
			look_into_both(f, folders[i]);
}

size_t
grammar_files_count(struct grammar_files *f, const char **folder)
{
	look(f);
	*folder = f->first;
	return f->found.n;
}

struct grammar *
grammar_files_read(struct grammar_files *f, const char *language)
{
	const struct catalog_entry *e;
	struct grammar *grammar = NULL;
	struct buf text = {0};

	look(f);
	e = catalog_find(&f->found, language);
	if (e && read_file(e->path, &text))
		grammar = grammar_new(buf_text(&text), text.len, e->name);
	buf_release(&text);
	return grammar;
}
