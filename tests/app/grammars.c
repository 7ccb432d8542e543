/*
 * grammars.c - syntax files found in a folder, and read by a thread.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "system/grammar_files.h"
#include "system/grammar_reader.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

static void
write_file(const char *dir, const char *name, const char *text, size_t times)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *f = fopen(path, "w");

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (times-- > 0)
		fputs(text, f);
	fclose(f);
	free(path);
}

static size_t
rules_of(struct grammar_files *files, const char *language)
{
	struct grammar *g = grammar_files_read(files, language);
	size_t n = g ? g->n : 0;

	grammar_free(g);
	return n;
}

static void
finds_languages_in_a_folder(void)
{
	char *folder = harness_path("grammars");
	struct grammar_files *files = grammar_files_new(folder);
	size_t n;

	CU_ASSERT(rules_of(files, "toy") > 5);
	CU_ASSERT(rules_of(files, "wd") > 0);
	CU_ASSERT_EQUAL(rules_of(files, "no-such-language"), 0);
	CU_ASSERT_EQUAL(rules_of(files, "nothing"), 0);
	HARNESS_EQUAL(grammar_files_folder(files, 0, &n), folder);
	CU_ASSERT_EQUAL(n, 4);
	CU_ASSERT_PTR_NULL(grammar_files_folder(files, 8, &n));
	grammar_files_free(files);
	free(folder);
}

static void
takes_the_first_of_a_name(void)
{
	char *dir = child_dir();
	struct grammar_files *files = grammar_files_new(dir);

	write_file(dir, "b.nanorc", "syntax zq\ncolor red \"a\" \"b\"\n", 1);
	write_file(dir, "a.nanorc", "syntax zq\ncolor red \"a\"\n", 1);
	write_file(dir, "c.txt", "syntax zr\ncolor red \"a\"\n", 1);
	CU_ASSERT_EQUAL(rules_of(files, "zq"), 1);
	CU_ASSERT_EQUAL(rules_of(files, "zr"), 0);
	grammar_files_free(files);
	child_dir_remove(dir);
	free(dir);
}

/* None of them keeps anybody waiting. */
static void
passes_over_what_is_no_such_file(void)
{
	char *dir = child_dir(), *fifo = mem_printf("%s/fifo.nanorc", dir), *inside = mem_printf("%s/dir.nanorc", dir);
	struct grammar_files *files = grammar_files_new(dir);

	CU_ASSERT_EQUAL(mkfifo(fifo, 0600), 0);
	CU_ASSERT_EQUAL(mkdir(inside, 0700), 0);
	write_file(dir, "large.nanorc", "syntax zq\ncolor red \"a\"\n", 100000);
	write_file(dir, "empty.nanorc", "", 1);
	write_file(dir, "good.nanorc", "syntax zr\ncolor red \"a\"\n", 1);
	CU_ASSERT_EQUAL(rules_of(files, "zq"), 0);
	CU_ASSERT_EQUAL(rules_of(files, "zr"), 1);
	grammar_files_free(files);
	child_dir_remove(dir);
	free(dir);
	free(fifo);
	free(inside);
}

static void
wait_for(struct grammar_reader *r, struct grammars *g)
{
	while (grammars_wanted(g)) {
		struct pollfd fd = {grammar_reader_fd(r), POLLIN, 0};

		poll(&fd, 1, -1);
		grammar_reader_turn(r, g);
	}
}

static void
reads_what_is_wanted(void)
{
	char *folder = harness_path("grammars");
	struct grammars g = {0};
	struct grammar_reader r;

	grammar_reader_init(&r, folder);
	CU_ASSERT(!grammar_reader_turn(&r, &g));
	CU_ASSERT_EQUAL(grammar_reader_fd(&r), -1);
	CU_ASSERT_PTR_NULL(grammars_for(&g, "toy", 3));
	CU_ASSERT_PTR_NULL(grammars_for(&g, "no-such-language", 16));
	CU_ASSERT_PTR_NULL(grammars_for(&g, "words", 5));
	CU_ASSERT(!grammar_reader_turn(&r, &g));
	CU_ASSERT(grammar_reader_fd(&r) >= 0);
	wait_for(&r, &g);
	CU_ASSERT_EQUAL(g.colours.version, 2);
	CU_ASSERT_PTR_NOT_NULL(grammars_for(&g, "toy", 3));
	CU_ASSERT_PTR_NULL(grammars_for(&g, "no-such-language", 16));
	CU_ASSERT_PTR_NOT_NULL(grammars_for(&g, "words", 5));
	CU_ASSERT_EQUAL(grammar_reader_fd(&r), -1);
	grammar_reader_release(&r);
	grammars_release(&g);
	free(folder);
}

/* flynn ends while one is being read. */
static void
ends_in_the_middle(void)
{
	struct grammars g = {0};
	struct grammar_reader r, none = {0};

	grammar_reader_init(&r, NULL);
	CU_ASSERT_PTR_NULL(grammars_for(&g, "c", 1));
	grammar_reader_turn(&r, &g);
	grammar_reader_release(&r);
	CU_ASSERT(!grammar_reader_turn(&none, &g));
	CU_ASSERT_EQUAL(grammar_reader_fd(&none), -1);
	grammar_reader_release(&none);
	grammars_release(&g);
}

CU_TestInfo grammars_tests[] = {
        {"finds languages in a folder", finds_languages_in_a_folder},
        {"takes the first of a name", takes_the_first_of_a_name},
        {"passes over what is no such file", passes_over_what_is_no_such_file},
        {"reads what is wanted", reads_what_is_wanted},
        {"ends in the middle", ends_in_the_middle},
        CU_TEST_INFO_NULL,
};
