/*
 * path_words.c - what people write for paths, in a folder that is the home, and stands as @ here.
 */
#include "system/path_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

static const char *const files[] = {"a.txt", "b c.txt", "star*.txt", "starry.txt", "über.txt", ".hidden", "con\ntrol",
        "bad\xff", "sub/e.txt", "sub/f g.txt", "~", "50%41.txt", "'q"};

static char *
make_home(void)
{
	char *dir = child_dir(), *sub = mem_printf("%s/sub", dir);

	CU_ASSERT_FATAL(mkdir(sub, 0700) == 0);
	free(sub);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char *path = mem_printf("%s/%s", dir, files[i]);
		FILE *file = fopen(path, "w");

		CU_ASSERT_FATAL(file && fclose(file) == 0);
		free(path);
	}
	return dir;
}

/* With the folder for each @. */
static char *
with_home(const char *text, const char *home)
{
	struct buf out = {0};

	for (; *text; text++)
		if (*text == '@')
			buf_puts(&out, home);
		else
			buf_putc(&out, *text);
	return buf_take(&out);
}

/* With @ for the folder, and a bar between. */
static char *
join(const struct path_list *l, const char *home)
{
	struct buf out = {0};

	for (size_t i = 0; i < l->n; i++) {
		bool below = strncmp(l->paths[i], home, strlen(home)) == 0;

		buf_printf(
		        &out, "%s%s%s", i > 0 ? "|" : "", below ? "@" : "", l->paths[i] + (below ? strlen(home) : 0));
	}
	return buf_take(&out);
}

/* ---- words ---- */

static const struct {
	const char *text, *want; /* paths; or an error, after a ! */
} words[] = {
        {"@/a.txt", "@/a.txt"},
        {"  @/a.txt\t@/über.txt ", "@/a.txt|@/über.txt"},
        {"~/a.txt", "@/a.txt"},
        {"'~/a.txt'", "~/a.txt"}, /* quoted it is a name */
        {"\\~/a.txt", "~/a.txt"},
        {"~/b\\ c.txt", "@/b c.txt"},
        {"~/'b c.txt'", "@/b c.txt"},
        {"\"@/b c.txt\" ~/a.txt", "@/b c.txt|@/a.txt"},
        {"@/b c.txt", "@/b c.txt"}, /* the whole text is a file */
        {"@/sub/f g.txt", "@/sub/f g.txt"},
        {"@/missing.txt", "@/missing.txt"}, /* whoever reads it says so */
        {"@/sub", "@/sub"},
        {"~/*.txt", "@/50%41.txt|@/a.txt|@/b c.txt|@/star*.txt|@/starry.txt|@/über.txt"},
        {"~/star*.txt", "@/star*.txt"}, /* a file of that name comes before the pattern */
        {"~/star[r]y.txt", "@/starry.txt"},
        {"~/'star*.txt'", "@/star*.txt"},
        {"~/s*", "@/star*.txt|@/starry.txt"}, /* no folders */
        {"~/sub/?.txt ~/a.txt", "@/sub/e.txt|@/a.txt"},
        {"~/*.png", "!no file is like ~/*.png"},
        {"~/sub*", "!no file is like ~/sub*"},
        {"@/a.txt 'b", "!a quote is not closed"},
        {"@/a.txt \\", "!a backslash is the last character"},
        {"~/'q", "@/'q"},
        {"file://@/b%20c.txt", "@/b c.txt"},
        {"file://localhost@/a.txt", "@/a.txt"},
        {"file://@/50%2541.txt", "@/50%41.txt"},
        {"file://@/%zz%4", "@/%zz%4"},
        {"file:///%C3%BC", "/ü"},
        {"", ""},
};

static void
words_are_paths(void)
{
	char *home = make_home();

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		char *text = with_home(words[i].text, home), *have;
		struct path_list l = {0};
		struct err err;
		bool good = path_words_expand(text, home, &l, &err);

		have = good ? join(&l, home) : mem_printf("!%s", err.text);
		HARNESS_EQUAL(have, words[i].want);
		path_list_release(&l);
		free(have);
		free(text);
	}
	child_dir_remove(home);
	free(home);
}

/* Then a ~ is a name, or whatever the system makes of it. */
static void
a_home_may_not_be_known(void)
{
	char *plain = path_plain("~/a.txt", true, NULL);

	HARNESS_EQUAL(plain, "~/a.txt");
	free(plain);
	plain = path_plain("~", true, "/home/me");
	HARNESS_EQUAL(plain, "/home/me");
	free(plain);
	plain = path_plain("~other/a.txt", true, "/home/me");
	HARNESS_EQUAL(plain, "~other/a.txt");
	free(plain);
}

static void
there_is_a_bound(void)
{
	struct buf text = {0};
	struct path_list l = {0};
	struct err err;

	for (int i = 0; i < PATH_LIST_MAX; i++)
		buf_puts(&text, "/nowhere/a.txt ");
	CU_ASSERT(path_words_expand(buf_text(&text), NULL, &l, &err) && l.n == PATH_LIST_MAX);
	path_list_release(&l);
	buf_puts(&text, "/nowhere/b.txt");
	CU_ASSERT(!path_words_expand(buf_text(&text), NULL, &l, &err));
	HARNESS_EQUAL(err.text, "more than 100 files: attach fewer at a time");
	path_list_release(&l);
	buf_release(&text);
}

/* ---- names ---- */

static const struct {
	const char *path, *want;
} names[] = {
        {"@/", "'q|50%41.txt|a.txt|b c.txt|star*.txt|starry.txt|sub/|~|über.txt"},
        {"@/s", "star*.txt|starry.txt|sub/"},
        {"@/sta", "star*.txt|starry.txt"},
        {"@/.", ".hidden"},
        {"@/sub/", "e.txt|f g.txt"},
        {"@/sub", "sub/"},
        {"@/ü", "über.txt"},
        {"@/x", ""},
        {"@/b", "b c.txt"}, /* not the one that is no UTF-8 */
        {"@/c", ""},        /* nor the one with a line feed */
        {"@/missing/", ""},
};

static void
names_are_found(void)
{
	char *home = make_home();

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *path = with_home(names[i].path, home), *have;
		struct path_list l = {0};

		path_names(path, &l);
		have = join(&l, home);
		HARNESS_EQUAL(have, names[i].want);
		path_list_release(&l);
		free(have);
		free(path);
	}
	child_dir_remove(home);
	free(home);
}

CU_TestInfo path_words_tests[] = {
        {"words are paths", words_are_paths},
        {"a home may not be known", a_home_may_not_be_known},
        {"there is a bound", there_is_a_bound},
        {"names are found", names_are_found},
        CU_TEST_INFO_NULL,
};
