/*
 * prompts.c - the file of prompts.
 */
#include "store/prompts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	CU_ASSERT_FATAL(f != NULL);
	fputs(text, f);
	fclose(f);
}

static void
comes_back_as_it_was(void)
{
	static const char *const prompts[] = {"one", "two\nlines", "\"quoted\\\"", "\xe4\xb8\xad\xe6\x96\x87\t", ""};
	struct stat st;
	struct err err;
	char *path;

	place_make();
	path = place_path("prompts");
	talk_expect_prompts(path, "");
	for (size_t i = 0; i < ARRAY_LEN(prompts); i++)
		CU_ASSERT(prompts_add(path, prompts[i], &err));
	talk_expect_prompts(path, "one|two\nlines|\"quoted\\\"|\xe4\xb8\xad\xe6\x96\x87\t|");
	CU_ASSERT(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	free(path);
	place_remove();
}

static void
skips_broken_lines(void)
{
	char *path;

	place_make();
	path = place_path("prompts");
	write_file(path, "\xef\xbb\xbf\"a\"\n\n{}\n\"cut of\nnonsense\n\"b\"\n[\"c\"]\n\"d\"");
	talk_expect_prompts(path, "a|b|d");
	free(path);
	place_remove();
}

static void
keeps_the_newest(void)
{
	struct buf text = {0};
	struct stat st;
	char *path, *have;

	place_make();
	path = place_path("prompts");
	for (int i = 0; i < PROMPTS_MAX + 7; i++)
		buf_printf(&text, "\"%d\"\n", i);
	write_file(path, buf_text(&text));
	have = talk_prompts(path);
	CU_ASSERT(strncmp(have, "7|8|", 4) == 0);
	free(have);
	CU_ASSERT(stat(path, &st) == 0 && (size_t)st.st_size == text.len - 7 * 4);
	have = talk_prompts(path);
	CU_ASSERT(strncmp(have, "7|8|", 4) == 0 && strcmp(have + strlen(have) - 5, "|1006") == 0);
	free(have);
	buf_release(&text);
	free(path);
	place_remove();
}

static void
says_why_it_cannot(void)
{
	char *path, *below;
	struct err err = {0};

	place_make();
	path = place_path("prompts");
	write_file(path, "");
	below = mem_printf("%s/x", path);
	CU_ASSERT(!prompts_add(below, "a", &err));
	CU_ASSERT(strncmp(err.text, "cannot write ", 13) == 0 && strstr(err.text, "Not a directory"));
	free(below);
	free(path);
	place_remove();
}

CU_TestInfo prompts_tests[] = {
        {"comes back as it was", comes_back_as_it_was},
        {"skips broken lines", skips_broken_lines},
        {"keeps the newest", keeps_the_newest},
        {"says why it cannot", says_why_it_cannot},
        CU_TEST_INFO_NULL,
};
