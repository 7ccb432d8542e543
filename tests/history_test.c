/*
 * history_test.c - `flynn history` on the command line: one file in tests/history is one test.
 *
 *	# what this is, one line
 *	import:
 *		JSON that is in the history before anything is run
 *	args: list --limit 2
 *	stdout:
 *		what all runs write
 *
 * Values are written as in tests/faults_test.c. Each line of `args` is one run, one after another; `stdin` is what each
 * reads, `terminal` (anything) gives each a terminal for standard input, output and error, whose text is `stdout` then, and
 * where `stdin` is typed when it asks. `exit` is the first status that is not 0. `written` is what stands in {dir}/out in the end, `before`
 * what stood there. {dir} is a directory of the case's own; {number} in
 * `stdout` is any number.
 */
#include "config.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/expected.h"
#include "tests/harness.h"
#include "tests/sections.h"

enum {
	LIMIT_MS = 20000,
	ARGS_MAX = 32,
};

#define SECTIONS(X)                                                                                                    \
	X(IMPORT, "import")                                                                                            \
	X(ARGS, "args")                                                                                                \
	X(STDIN, "stdin")                                                                                              \
	X(TERMINAL, "terminal")                                                                                        \
	X(BEFORE, "before")                                                                                            \
	X(EXIT, "exit")                                                                                                \
	X(STDOUT, "stdout")                                                                                            \
	X(STDERR, "stderr")                                                                                            \
	X(WRITTEN, "written")

enum section_index {
#define X(section, name) SECTION_##section,
	SECTIONS(X)
#undef X
	        N_SECTIONS
};

/* A case while it runs. */
struct run {
	struct section sections[N_SECTIONS];
	char *dir, *out_path;
	struct buf out, err;
	int status;
};

static const char *const env[] = {"TZ=UTC", NULL};

/* ---- texts ---- */

static const char *
text(const struct run *r, enum section_index i)
{
	return buf_text(&r->sections[i].text);
}

/* ---- running ---- */

static void
note_status(struct run *r, int status)
{
	if (r->status == 0)
		r->status = status;
}

static void
run_piped(struct run *r, const char *const *argv, const struct buf *input)
{
	struct child_output output;

	child_run((struct child){.argv = argv, .env = env, .dir = r->dir}, buf_text(input), input->len, LIMIT_MS,
	        &output);
	buf_put(&r->out, buf_text(&output.out), output.out.len);
	buf_put(&r->err, buf_text(&output.err), output.err.len);
	note_status(r, output.status);
	child_output_release(&output);
}

static void
take(struct run *r, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] != '\r')
			buf_putc(&r->out, bytes[i]);
}

/* Types when it is asked. What is typed is echoed, and each line feed becomes two characters. */
static void
run_on_terminal(struct run *r, const char *const *argv)
{
	const struct buf *typed = &r->sections[SECTION_STDIN].text;
	char *path, bytes[4096];
	int fd = child_terminal(&path);
	pid_t pid = child_start(
	        &(struct child){.argv = argv, .env = env, .dir = r->dir, .fds = {-1, -1, -1}, .terminal = path});
	bool asked = false;
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0) {
		take(r, bytes, (size_t)n);
		if (asked || !strstr(buf_text(&r->out), "? [y/N] "))
			continue;
		asked = true;
		if (write(fd, typed->data, typed->len) != (ssize_t)typed->len)
			sections_bail_out("terminal", "cannot be typed", text(r, SECTION_STDIN));
	}
	note_status(r, child_wait(pid));
	close(fd);
	free(path);
}

static void
run_line(struct run *r, char *line)
{
	const char *argv[ARGS_MAX + 2] = {getenv("FLYNN"), "history"};

	if (!argv[0])
		sections_bail_out("history", "not set", "FLYNN");
	sections_split(line, " ", argv + 2, ARGS_MAX);
	if (r->sections[SECTION_TERMINAL].given)
		run_on_terminal(r, argv);
	else
		run_piped(r, argv, &r->sections[SECTION_STDIN].text);
}

static void
run_import(struct run *r)
{
	const char *const argv[] = {getenv("FLYNN"), "history", "import", "-", NULL};

	if (!r->sections[SECTION_IMPORT].given)
		return;
	run_piped(r, argv, &r->sections[SECTION_IMPORT].text);
	HARNESS_CHECK(r->status == 0, "the import says %s", buf_text(&r->err));
	buf_clear(&r->out);
	buf_clear(&r->err);
}

static void
run_lines(struct run *r)
{
	char *lines = mem_strdup(text(r, SECTION_ARGS));

	for (char *at = lines; *at;) {
		size_t n = strcspn(at, "\n");
		bool last = !at[n];

		at[n] = '\0';
		run_line(r, at);
		at += n + !last;
	}
	free(lines);
}

/* ---- a case ---- */

static void
write_before(const struct run *r)
{
	FILE *file;

	if (!r->sections[SECTION_BEFORE].given)
		return;
	file = fopen(r->out_path, "w");
	if (!file || fputs(text(r, SECTION_BEFORE), file) < 0 || fclose(file) != 0)
		sections_bail_out(r->out_path, "cannot write", "before");
}

static void
check_written(const struct run *r)
{
	char *written;
	size_t n;

	if (!r->sections[SECTION_WRITTEN].given) {
		HARNESS_CHECK(r->sections[SECTION_BEFORE].given || access(r->out_path, F_OK) < 0, "out was written");
		return;
	}
	written = harness_read(r->out_path, &n);
	HARNESS_EQUAL(written, text(r, SECTION_WRITTEN));
	free(written);
}

static void
check(struct run *r)
{
	int want = atoi(text(r, SECTION_EXIT));

	expected_hide_numbers(&r->out, text(r, SECTION_STDOUT));
	HARNESS_EQUAL(buf_text(&r->out), text(r, SECTION_STDOUT));
	HARNESS_EQUAL(buf_text(&r->err), text(r, SECTION_STDERR));
	HARNESS_CHECK(r->status == want, "exit status %d, want %d", r->status, want);
	check_written(r);
}

static char *
read_case(struct run *r, const char *path)
{
	static const char *const names[] = {
#define X(section, name) name,
	        SECTIONS(X)
#undef X
	};

	for (size_t i = 0; i < N_SECTIONS; i++)
		r->sections[i].name = names[i];
	return sections_read(path, r->sections, N_SECTIONS);
}

static void
release(struct run *r)
{
	for (size_t i = 0; i < N_SECTIONS; i++)
		buf_release(&r->sections[i].text);
	buf_release(&r->out);
	buf_release(&r->err);
	free(r->out_path);
	free(r->dir);
}

static void
says_what_it_should(void)
{
	struct run r = {.dir = child_dir()};

	r.out_path = mem_printf("%s/out", r.dir);
	free(read_case(&r, harness_arg()));
	for (size_t i = 0; i < N_SECTIONS; i++)
		expected_replace(&r.sections[i].text, "{dir}", r.dir);
	write_before(&r);
	run_import(&r);
	run_lines(&r);
	check(&r);
	child_dir_remove(r.dir);
	release(&r);
}

int
main(int argc, char **argv)
{
	char *pattern = harness_path(argc == 2 ? argv[1] : "history/*.case");
	glob_t found;
	int status;

	if (glob(pattern, 0, NULL, &found) != 0)
		sections_bail_out(pattern, "no files", pattern);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct run r = {.dir = NULL};
		char *name = read_case(&r, found.gl_pathv[i]);

		harness_add("history", name, says_what_it_should, found.gl_pathv[i]);
		free(name);
		release(&r);
	}
	status = harness_main(NULL);
	globfree(&found);
	free(pattern);
	return status;
}
