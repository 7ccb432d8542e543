/*
 * own_path.c - where a program's own file is.
 */
#include "base/own_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/base/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

static void
make_program(const char *path, mode_t mode)
{
	FILE *file = fopen(path, "w");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	fclose(file);
	CU_ASSERT_EQUAL_FATAL(chmod(path, mode), 0);
}

static void
expect(const char *argv0, const char *want)
{
	char *have = own_path_by_name(argv0), *real = want ? realpath(want, NULL) : NULL;

	HARNESS_EQUAL(have ? have : "none", real ? real : "none");
	free(real);
	free(have);
}

/* With a slash it is a path; without one, the first in PATH that may be run. */
static void
by_the_name_it_was_started_as(void)
{
	char *dir = child_dir(), *one = mem_printf("%s/one", dir), *two = mem_printf("%s/two", dir),
	     *path = mem_printf("%s:/no/such/folder:%s:%s", one, two, dir), *before = mem_strdup(getenv("PATH")),
	     *plain = mem_printf("%s/prog", one), *program = mem_printf("%s/prog", two),
	     *link = mem_printf("%s/linked", dir);

	CU_ASSERT_EQUAL_FATAL(mkdir(one, 0700) | mkdir(two, 0700), 0);
	make_program(plain, 0600);
	make_program(program, 0700);
	CU_ASSERT_EQUAL_FATAL(symlink(program, link), 0);
	setenv("PATH", path, 1);
	/* Root may run what anybody may. */
	expect("prog", program);
	expect("linked", program);
	expect(program, program);
	expect(link, program);
	expect("nothing", NULL);
	expect("./nothing", NULL);
	expect("", NULL);
	expect(NULL, NULL);
	unsetenv("PATH");
	expect("prog", NULL);
	setenv("PATH", before, 1);
	child_dir_remove(dir);
	free(dir);
	free(one);
	free(two);
	free(path);
	free(before);
	free(plain);
	free(program);
	free(link);
}

static void
of_this_test(void)
{
	char *want = mem_printf("%s/tests/base_test", getenv("FLYNN_BUILD")), *program, *beside;

	own_path_init(want);
	program = own_path();
	HARNESS_EQUAL(program ? program : "none", want);
	beside = own_path_beside("../Makefile");
	own_path_init(NULL);
	free(want);
	want = mem_printf("%s/Makefile", getenv("FLYNN_BUILD"));
	HARNESS_EQUAL(beside ? beside : "none", want);
	CU_ASSERT_PTR_NULL(own_path_beside("../no-such-file"));
	free(beside);
	free(want);
	free(program);
}

CU_TestInfo own_path_tests[] = {
        {"by the name it was started as", by_the_name_it_was_started_as},
        {"of this test", of_this_test},
        CU_TEST_INFO_NULL,
};
