/*
 * installed.c - what flynn finds that came with it, from a build and from an installation that stands anywhere: its syntax files.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	PUMPS_MAX = 1000,
};

/* nano has no file for it. */
static const char chat[] =
        "on GET /health\njson 200 {\"status\":\"ok\"}\non GET /props\njson 200 {\"model_alias\":\"tiny\"}\n"
        "on POST /v1/chat/completions\nstream\ntoken \"```zig\\nconst x = 1;\\n```\\n\"\nfinish stop\ndone\nlast\n";

/* The row that begins with the text, from 0. */
static int
row_of(struct pty *p, const char *begin)
{
	char *text = pty_text(p), *at = strstr(text, begin);
	int row = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	for (const char *c = text; c < at; c++)
		row += *c == '\n';
	free(text);
	return row;
}

/* A keyword has a colour of its own, as soon as the file has been read. */
static void
expect_colours(const char *program)
{
	struct standin *s = steps_serve(chat);
	struct pty *p = pty_new_program(
	        program, (const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, "xterm-256color");
	char keyword[PTY_LOOK_MAX], name[PTY_LOOK_MAX];
	int row;

	steps_expect(p, " ready");
	pty_keys(p, "Go\r");
	steps_expect(p, "const x = 1;");
	row = row_of(p, "const x");
	pty_look(p, row, 6, name);
	pty_look(p, row, 0, keyword);
	for (int i = 0; i < PUMPS_MAX && strcmp(keyword, name) == 0; i++) {
		(void)pty_pump(p, 10);
		pty_look(p, row, 0, keyword);
	}
	CU_ASSERT_STRING_NOT_EQUAL(keyword, name);
	steps_quit(p);
	standin_free(s);
}

static void
a_build_has_colours(void)
{
	expect_colours(getenv("FLYNN"));
}

static void
make_folder(const char *dir, const char *name)
{
	char *path = mem_printf("%s/%s", dir, name);

	CU_ASSERT_EQUAL_FATAL(mkdir(path, 0700), 0);
	free(path);
}

static void
link_file(const char *from, const char *dir, const char *name)
{
	char *path = mem_printf("%s/%s", dir, name);

	CU_ASSERT_EQUAL_FATAL(symlink(from, path), 0);
	free(path);
}

static void
copy_program(const char *to)
{
	size_t n;
	char *bytes = harness_read(getenv("FLYNN"), &n);
	FILE *file = fopen(to, "w");

	CU_ASSERT_FATAL(file != NULL);
	CU_ASSERT_EQUAL(fwrite(bytes, 1, n, file), n);
	CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
	CU_ASSERT_EQUAL_FATAL(chmod(to, 0700), 0);
	free(bytes);
}

static void
an_installation_has_colours_wherever_it_stands(void)
{
	char *dir = child_dir(), *syntax = harness_path("../syntax"), *program = mem_printf("%s/bin/flynn", dir);

	make_folder(dir, "bin");
	make_folder(dir, "share");
	make_folder(dir, "share/flynn");
	link_file(syntax, dir, "share/flynn/syntax");
	copy_program(program);
	expect_colours(program);
	/* As people have it in a folder of their own. */
	link_file(program, dir, "flynn");
	free(program);
	program = mem_printf("%s/flynn", dir);
	expect_colours(program);
	child_dir_remove(dir);
	free(program);
	free(syntax);
	free(dir);
}

static CU_TestInfo installed_tests[] = {
        {"a build has colours", a_build_has_colours},
        {"an installation has colours, wherever it stands", an_installation_has_colours_wherever_it_stands},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"installed", NULL, NULL, NULL, NULL, installed_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	unsetenv("NO_COLOR");
	unsetenv("COLORFGBG");
	return harness_main(suites);
}
