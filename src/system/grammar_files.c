/*
 * grammar_files.c - the person's own folder, then flynn's, then those where distributions put nano's, each with a folder for
 * rarer languages in it. What stands first is taken first: so flynn's files, which its tests know, look the same wherever
 * some nano has one for the same language.
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
#include "base/own_path.h"
#include "syntax/catalog.h"

enum {
	FILE_MAX = 512 * 1024, /* bytes */
	FILES_MAX = 500,
	FOLDERS_MAX = 8,
};

static const char own_folder[] = DATADIR "/flynn/syntax";

static const char *const nano_folders[] = {
        DATADIR "/nano",
        "/usr/share/nano",
        "/usr/local/share/nano",
        "/opt/homebrew/share/nano",
        "/home/linuxbrew/.linuxbrew/share/nano",
};

/* One that has some. */
struct folder {
	char *path;
	struct catalog found;
};

struct grammar_files {
	char *folder; /* the user's, or NULL */
	struct folder folders[FOLDERS_MAX];
	size_t n_folders;
	bool looked;    /* into all of them */
	size_t n_files; /* that were read */
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
	for (size_t i = 0; i < f->n_folders; i++) {
		catalog_release(&f->folders[i].found);
		free(f->folders[i].path);
	}
	free(f->folder);
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
look_at(struct grammar_files *f, struct catalog *found, const char *path)
{
	struct buf text = {0};

	if (f->n_files >= FILES_MAX || !read_file(path, &text))
		return;
	f->n_files++;
	catalog_add(found, path, buf_text(&text), text.len);
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
look_into(struct grammar_files *f, struct catalog *found, const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_syntax_file, alphasort);

	if (n < 0)
		return;
	for (int i = 0; i < n; i++) {
		char *path = mem_printf("%s/%s", folder, entries[i]->d_name);

		look_at(f, found, path);
		free(path);
		free(entries[i]);
	}
	free(entries);
}

/* And into its folder for rarer languages. */
static void
look_into_both(struct grammar_files *f, const char *folder)
{
	char *extra = mem_printf("%s/extra", folder);
	struct catalog found = {0};

	look_into(f, &found, folder);
	look_into(f, &found, extra);
	free(extra);
	if (found.n > 0)
		f->folders[f->n_folders++] = (struct folder){mem_strdup(folder), found};
}

/* Of a build that was not installed, of an installation that was moved, or where `make install` puts them. */
static void
look_into_own(struct grammar_files *f)
{
	char *folder = own_path_beside("syntax");

	if (!folder)
		folder = own_path_beside("../share/flynn/syntax");
	look_into_both(f, folder ? folder : own_folder);
	free(folder);
}

static void
look(struct grammar_files *f)
{
	if (f->looked)
		return;
	f->looked = true;
	if (f->folder)
		look_into_both(f, f->folder);
	look_into_own(f);
	for (size_t i = 0; i < ARRAY_LEN(nano_folders); i++)
		if (i == 0 || strcmp(nano_folders[i], nano_folders[0]) != 0)
			look_into_both(f, nano_folders[i]);
}

const char *
grammar_files_folder(struct grammar_files *f, size_t i, size_t *n)
{
	look(f);
	if (i >= f->n_folders)
		return NULL;
	*n = f->folders[i].found.n;
	return f->folders[i].path;
}

static const struct catalog_entry *
find_entry(const struct grammar_files *f, const char *language)
{
	const struct catalog_entry *e = NULL;

	for (size_t i = 0; !e && i < f->n_folders; i++)
		e = catalog_find(&f->folders[i].found, language);
	return e;
}

struct grammar *
grammar_files_read(struct grammar_files *f, const char *language)
{
	const struct catalog_entry *e;
	struct grammar *grammar = NULL;
	struct buf text = {0};

	look(f);
	e = find_entry(f, language);
	if (e && read_file(e->path, &text))
		grammar = grammar_new(buf_text(&text), text.len, e->name);
	buf_release(&text);
	return grammar;
}
