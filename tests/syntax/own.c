/*
 * own.c - what all files have in common: every one has a sample, and none takes a language from nano's by accident.
 */
#include "tests/syntax/own.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "syntax/language.h"
#include "syntax/nanorc.h"
#include "tests/harness.h"

static struct {
	struct own_file *all;
	size_t n;
} files;

static void
add_file(const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	files.all = mem_realloc(files.all, (files.n + 1) * sizeof(*files.all));
	files.all[files.n++] = (struct own_file){mem_strndup(name, strcspn(name, ".")), mem_strdup(path)};
}

const struct own_file *
own_files(size_t *n)
{
	char *pattern = harness_path("../syntax/*.nanorc");
	glob_t found;

	if (files.n == 0 && glob(pattern, 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++)
			add_file(found.gl_pathv[i]);
		globfree(&found);
	}
	if (files.n == 0) {
		printf("Bail out! no %s\n", pattern);
		exit(1);
	}
	free(pattern);
	*n = files.n;
	return files.all;
}

void
own_files_release(void)
{
	for (size_t i = 0; i < files.n; i++) {
		free(files.all[i].name);
		free(files.all[i].path);
	}
	free(files.all);
}

static void
add_to(struct catalog *c, const char *path)
{
	size_t n;
	char *text = harness_read(path, &n);

	catalog_add(c, path, text, n);
	free(text);
}

void
own_catalog(struct catalog *c)
{
	*c = (struct catalog){0};
	for (size_t i = 0; i < files.n; i++)
		add_to(c, files.all[i].path);
}

struct grammar *
own_grammar(const struct own_file *file)
{
	struct catalog c = {0};
	size_t n;
	char *text = harness_read(file->path, &n);
	struct grammar *g;

	catalog_add(&c, file->path, text, n);
	CU_ASSERT_EQUAL_FATAL(c.n, 1);
	g = grammar_new(text, n, c.entries[0].name);
	catalog_release(&c);
	free(text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(g);
	return g;
}

/* ---- all of them ---- */

static size_t
expressions_of(struct nanorc_line *line)
{
	struct nanorc_piece colour, start, end;
	size_t n = 0;

	if (!nanorc_argument(line, &colour))
		return 0;
	while (nanorc_expression(line, &start, &end))
		n++;
	CU_ASSERT_EQUAL(line->rest.n, 0);
	return n;
}

/* What cannot be read would be left out in silence. */
static void
every_expression_is_read(void)
{
	for (size_t i = 0; i < files.n; i++) {
		struct grammar *g = own_grammar(&files.all[i]);
		size_t n, expressions = 0;
		char *text = harness_read(files.all[i].path, &n);
		struct nanorc lines = nanorc_of(text, n);
		struct nanorc_line line;

		while (nanorc_next(&lines, &line)) {
			CU_ASSERT_NOT_EQUAL(line.command, NANORC_OTHER);
			if (line.command == NANORC_COLOR || line.command == NANORC_ICOLOR)
				expressions += expressions_of(&line);
		}
		HARNESS_CHECK(
		        g->n == expressions && expressions > 5, "%s: %zu of %zu", files.all[i].name, g->n, expressions);
		grammar_free(g);
		free(text);
	}
}

/* Those of Debian's nano 7.2, but for the one that both have. */
static void
languages_of_nano_stay_nanos(void)
{
	static const char *const names[] = {"asm", "autoconf", "awk", "c", "changelog", "cmake", "css", "elisp",
	        "email", "go", "groff", "guile", "haskell", "html", "java", "javascript", "json", "lua", "makefile",
	        "man", "markdown", "nanorc", "nftables", "m", "ocaml", "perl", "php", "po", "python", "ruby", "rust",
	        "sh", "sql", "tcl", "tex", "texinfo", "xml", "yaml", "ada", "fortran", "pov", "spec", "py", "js", "rs",
	        "cc", "h", "hs", "kt.txt"};
	struct catalog c;

	own_catalog(&c);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		HARNESS_CHECK(!catalog_find(&c, names[i]), "%s", names[i]);
	catalog_release(&c);
}

CU_TestInfo own_tests[] = {
        {"every expression is read", every_expression_is_read},
        {"languages of nano stay nano's", languages_of_nano_stay_nanos},
        CU_TEST_INFO_NULL,
};
