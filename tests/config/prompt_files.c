/*
 * prompt_files.c - the library of prompts: what is listed and what is read, with whatever may stand in a folder.
 */
#include "config/prompt_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "tests/child.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

static void
put_file(const char *dir, const char *name, const char *bytes, size_t n)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *file = fopen(path, "w");

	CU_ASSERT_FATAL(file != NULL);
	CU_ASSERT_EQUAL(fwrite(bytes, 1, n, file), n);
	CU_ASSERT_EQUAL(fclose(file), 0);
	free(path);
}

static void
put_text(const char *dir, const char *name, const char *text)
{
	put_file(dir, name, text, strlen(text));
}

static char *
path_in(const char *dir, const char *name)
{
	return mem_printf("%s/%s", dir, name);
}

static void
make_folder(const char *dir, const char *name)
{
	char *path = path_in(dir, name);

	CU_ASSERT_EQUAL(mkdir(path, 0700), 0);
	free(path);
}

static void
make_link(const char *to, const char *dir, const char *name)
{
	char *path = path_in(dir, name);

	CU_ASSERT_EQUAL(symlink(to, path), 0);
	free(path);
}

static void
make_pipe(const char *dir, const char *name)
{
	char *path = path_in(dir, name);

	CU_ASSERT_EQUAL(mkfifo(path, 0600), 0);
	free(path);
}

/* "name|words\n" for each. */
static void
expect_list(const char *dir, const char *want)
{
	struct prompt_files files;
	struct buf got = {0};
	struct err err;

	CU_ASSERT_TRUE(prompt_files_list(&files, dir, &err));
	for (size_t i = 0; i < files.n; i++)
		buf_printf(&got, "%s%s|%s\n", files.items[i].bad ? "!" : "", files.items[i].name, files.items[i].words);
	CU_ASSERT_STRING_EQUAL(buf_text(&got), want);
	buf_release(&got);
	prompt_files_release(&files);
}

static void
files_are_listed_by_name_with_their_first_line(void)
{
	char *dir = child_dir();

	put_text(dir, "review.md", "\n\n  Review this code:\r\n\n{{cursor}}\n");
	put_text(dir, "Ask.md", "Ask me");
	put_text(dir, "empty.md", "");
	put_text(dir, "notes.txt", "none");
	put_text(dir, ".hidden.md", "none");
	put_text(dir, ".md", "none");
	make_folder(dir, "mail");
	put_text(dir, "mail/reply.md", "Reply");
	make_folder(dir, "folder.md");
	expect_list(dir, "Ask|Ask me\nempty|\nmail/reply|Reply\nreview|Review this code:\n");
	child_dir_remove(dir);
	free(dir);
}

static void
what_cannot_be_read_is_listed_with_why(void)
{
	char *dir = child_dir(), *want;

	make_pipe(dir, "pipe.md");
	make_link("nowhere", dir, "broken.md");
	make_link("loop.md", dir, "loop.md");
	make_link(".", dir, "round");
	put_text(dir, "good.md", "Good");
	make_link("good.md", dir, "link.md");
	want = mem_printf("!broken|cannot be read: %s\ngood|Good\nlink|Good\n!loop|cannot be read: %s\n"
	                  "!pipe|cannot be read: %s\n",
	        strerror(ENOENT), strerror(ELOOP), regular_why(EINVAL));
	expect_list(dir, want);
	free(want);
	child_dir_remove(dir);
	free(dir);
}

static void
a_folder_of_thousands_and_none(void)
{
	enum { MANY = 3000 };
	char *dir = child_dir(), *none = path_in(dir, "none"), name[32];
	struct prompt_files files;
	struct err err;

	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "p%04d.md", i);
		put_text(dir, name, name);
	}
	CU_ASSERT_TRUE(prompt_files_list(&files, dir, &err));
	CU_ASSERT_EQUAL(files.n, MANY);
	CU_ASSERT_STRING_EQUAL(files.items[MANY - 1].name, "p2999");
	prompt_files_release(&files);
	expect_list(none, "");
	put_text(dir, "none", "a file");
	CU_ASSERT_FALSE(prompt_files_list(&files, none, &err));
	CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "/none: cannot be read: Not a directory"));
	child_dir_remove(dir);
	free(none);
	free(dir);
}

static void
a_text_has_its_cursor(void)
{
	static const struct {
		const char *file, *want;
		size_t cursor;
	} all[] = {
	        {"Look at\n{{cursor}}\nplease\n", "Look at\n\nplease", 8},
	        {"{{cursor}}", NULL, 0},
	        {"no mark\n\n", "no mark", 7},
	        {"a{{cursor}}b{{cursor}}c", "ab{{cursor}}c", 1},
	        {"{{selection}} {{clipboard}} {{ cursor }} {cursor} {{cursor",
	                "{{selection}} {{clipboard}} {{ cursor }} {cursor} {{cursor", 58},
	        {"\xef\xbb\xbf/help\r\nx", "/help\nx", 7},
	        {"{{cur{{cursor}}sor}}", "{{cursor}}", 5},
	        {"\n\n", NULL, 0},
	};
	char *dir = child_dir();

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct err err;
		size_t cursor = 99;
		char *text;

		put_text(dir, "p.md", all[i].file);
		text = prompt_files_read(dir, i % 2 ? "p.md" : "p", &cursor, &err);
		CU_ASSERT_EQUAL(text != NULL, all[i].want != NULL);
		if (text && all[i].want) {
			CU_ASSERT_STRING_EQUAL(text, all[i].want);
			CU_ASSERT_EQUAL(cursor, all[i].cursor);
		}
		if (!text)
			CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "/p.md: it is empty"));
		free(text);
	}
	child_dir_remove(dir);
	free(dir);
}

static void
what_is_no_prompt_says_its_file_and_why(void)
{
	static const struct {
		const char *name, *why;
	} all[] = {
	        {"none", "there is no prompt \"none\" in /"},
	        {"pipe", "/pipe.md: cannot be read: it is no regular file"},
	        {"broken", "/broken.md: cannot be read: No such file or directory"},
	        {"folder", "/folder.md: cannot be read: "},
	        {"bytes", "/bytes.md: this is no UTF-8 text"},
	        {"nul", "/nul.md: this is no UTF-8 text"},
	        {"large", "/large.md: larger than 1 MiB"},
	        {"../outside", "../outside: the name of a prompt does not lead out of "},
	        {"/etc/hostname", "/etc/hostname: the name of a prompt does not lead out of "},
	        {"mail/../../outside", "does not lead out of "},
	        {"..", "does not lead out of "},
	        {"mail/..", "does not lead out of "},
	        {"a..b", "there is no prompt \"a..b\" in /"},
	};
	char *dir = child_dir(), *inside = path_in(dir, "inside"), *large = mem_alloc((1 << 20) + 1);

	make_folder(dir, "inside");
	put_text(dir, "outside.md", "secret");
	memset(large, 'a', (1 << 20) + 1);
	make_pipe(inside, "pipe.md");
	make_link("nowhere", inside, "broken.md");
	make_folder(inside, "folder.md");
	put_file(inside, "bytes.md", "a\xff", 2);
	put_file(inside, "nul.md", "a\0b", 3);
	put_file(inside, "large.md", large, (1 << 20) + 1);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct err err = {.code = ERR_NONE};
		size_t cursor;
		char *text = prompt_files_read(inside, all[i].name, &cursor, &err);

		CU_ASSERT_PTR_NULL(text);
		CU_ASSERT_EQUAL(err.code, ERR_CONFIG);
		CU_ASSERT_PTR_NOT_NULL(strstr(err.text, all[i].why));
		if (!strstr(err.text, all[i].why))
			printf("# %s\n", err.text);
		free(text);
	}
	child_dir_remove(dir);
	free(large);
	free(inside);
	free(dir);
}

CU_TestInfo config_prompt_files_tests[] = {
        {"files are listed by name with their first line", files_are_listed_by_name_with_their_first_line},
        {"what cannot be read is listed with why", what_cannot_be_read_is_listed_with_why},
        {"a folder of thousands, and none", a_folder_of_thousands_and_none},
        {"a text has its cursor", a_text_has_its_cursor},
        {"what is no prompt says its file and why", what_is_no_prompt_says_its_file_and_why},
        CU_TEST_INFO_NULL,
};
