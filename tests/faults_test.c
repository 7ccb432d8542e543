/*
 * faults_test.c - `flynn ask` against servers that misbehave (tests/faults) and against the command line (tests/ask): one
 * file is one test. It says what to run, what the stand-in server does, and what must come of it:
 *
 *	# what this is, one line
 *	args: -e {endpoint} hello
 *	server:
 *		stream
 *		token "Hello"
 *	exit: 1
 *	stdout: "Hello"
 *	stderr: flynn: the connection broke …
 *
 * A value stands on the line (and ends with a line feed), in the lines below it that begin with a tab (each ends with a
 * line feed), or in double quotes with a script's escapes (exactly these bytes). Left out, `args` is as above, `exit` 0
 * and every text empty. Besides there are `stdin`, `config` (the file), `file` ({dir}/file), `env` (NAME=value, a line each), `socket`
 * (anything: the server listens on a unix socket), `request` (each line stands in the first POST, else in the
 * first request), `request-without` (none does), `posts` (how many there are) and `stdout-bytes` (a number, where the text itself would be too large). {endpoint}, {address} (host:port) and {dir} (a directory of
 * the case's own) are replaced in args, config, env, server and stderr; {any} in stderr stands for whatever a library says
 * there, up to the next of our words.
 *
 * Nothing is kept in a history: where the disk is slow, that is said on standard error.
 *
 * The cases run before the first test is told, a few at a time: most of them wait for a time-out or for a process.
 */
#include "config.h"

#include <glob.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/sections.h"

enum {
	AT_ONCE = 4,
	LIMIT_MS = 20000,
	ARGS_MAX = 32,
};

#define SECTIONS(X)                                                                                                    \
	X(ARGS, "args")                                                                                                \
	X(STDIN, "stdin")                                                                                              \
	X(CONFIG, "config")                                                                                            \
	X(FILE, "file")                                                                                                \
	X(ENV, "env")                                                                                                  \
	X(SOCKET, "socket")                                                                                            \
	X(SERVER, "server")                                                                                            \
	X(REQUEST, "request")                                                                                          \
	X(REQUEST_WITHOUT, "request-without")                                                                          \
	X(POSTS, "posts")                                                                                              \
	X(EXIT, "exit")                                                                                                \
	X(STDOUT, "stdout")                                                                                            \
	X(STDOUT_BYTES, "stdout-bytes")                                                                                \
	X(STDERR, "stderr")

enum section_index {
#define X(section, name) SECTION_##section,
	SECTIONS(X)
#undef X
	        N_SECTIONS
};

struct fault {
	const char *suite;
	char *path, *name;
	struct section sections[N_SECTIONS];
	struct child_output output;
	char *request;
	size_t posts;
};

static struct {
	struct fault *all;
	size_t n;
	atomic_size_t next;
} faults;

/* ---- reading a case ---- */

static void
read_fault(struct fault *f)
{
	static const char *const names[] = {
#define X(section, name) name,
	        SECTIONS(X)
#undef X
	};

	for (size_t i = 0; i < N_SECTIONS; i++)
		f->sections[i].name = names[i];
	f->name = sections_read(f->path, f->sections, N_SECTIONS);
}

/* ---- running it ---- */

struct place {
	const char *dir, *endpoint;
};

static void
replace(struct buf *text, const struct place *p)
{
	const char *address = strstr(p->endpoint, "//");
	const struct {
		const char *name, *value;
	} rows[] = {{"{endpoint}", p->endpoint}, {"{address}", address ? address + 2 : ""}, {"{dir}", p->dir}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (const char *at; (at = strstr(buf_text(text), rows[i].name)) != NULL;) {
			struct buf changed = {0};

			buf_put(&changed, text->data, (size_t)(at - text->data));
			buf_puts(&changed, rows[i].value);
			buf_puts(&changed, at + strlen(rows[i].name));
			buf_release(text);
			*text = changed;
		}
}

static void
write_config(const struct fault *f, const char *dir)
{
	char *path = mem_printf("%s/.config/flynn/config.yaml", dir);
	FILE *file;

	for (char *slash = path + strlen(dir) + 1; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
		*slash = '\0';
		mkdir(path, 0700);
	}
	file = fopen(path, "w");
	if (!file || fputs(buf_text(&f->sections[SECTION_CONFIG].text), file) < 0 || fclose(file) != 0)
		sections_bail_out(path, "cannot write", "config");
	chmod(path, 0600);
	free(path);
}

static void
write_file(const struct fault *f, const char *dir)
{
	char *path = mem_printf("%s/file", dir);
	const struct buf *bytes = &f->sections[SECTION_FILE].text;
	FILE *file = fopen(path, "w");

	if (!file || fwrite(buf_text(bytes), 1, bytes->len, file) < bytes->len || fclose(file) != 0)
		sections_bail_out(path, "cannot write", "file");
	free(path);
}

static void
run_flynn(struct fault *f, const char *dir)
{
	const char *argv[ARGS_MAX + 3] = {getenv("FLYNN"), "ask", "--no-history"}, *env[ARGS_MAX];
	const struct buf *input = &f->sections[SECTION_STDIN].text;

	if (!argv[0])
		sections_bail_out(f->path, "not set", "FLYNN");
	sections_split(f->sections[SECTION_ARGS].text.data, " \n", argv + 3, ARGS_MAX);
	buf_puts(&f->sections[SECTION_ENV].text, "");
	sections_split(f->sections[SECTION_ENV].text.data, "\n", env, ARGS_MAX);
	child_run((struct child){.argv = argv, .env = env, .dir = dir}, buf_text(input), input->len, LIMIT_MS,
	        &f->output);
}

static void
take_requests(struct fault *f, struct standin *standin)
{
	char *request;

	for (size_t i = 0; (request = standin_request(standin, i, NULL)) != NULL; i++) {
		bool is_post = strncmp(request, "POST ", 5) == 0;

		if (!f->request || (is_post && f->posts == 0)) {
			free(f->request);
			f->request = request;
		} else {
			free(request);
		}
		f->posts += is_post;
	}
}

static void
run_fault(struct fault *f)
{
	static const enum section_index replaced[] = {SECTION_ARGS, SECTION_CONFIG, SECTION_ENV, SECTION_STDERR};
	struct buf *server = &f->sections[SECTION_SERVER].text;
	char *dir = child_dir(), *socket = mem_printf("%s/s.sock", dir), *tests = harness_path("");
	struct standin *standin;
	struct err err;

	replace(server, &(struct place){dir, "{the endpoint is not known yet}"});
	standin = standin_new(buf_text(server), tests, f->sections[SECTION_SOCKET].given ? socket : NULL, &err);
	if (!standin)
		sections_bail_out(f->path, "server", err.text);
	if (!f->sections[SECTION_ARGS].given)
		buf_puts(&f->sections[SECTION_ARGS].text, "-e \"{endpoint}\" hello");
	for (size_t i = 0; i < ARRAY_LEN(replaced); i++)
		replace(&f->sections[replaced[i]].text, &(struct place){dir, standin_endpoint(standin)});
	if (f->sections[SECTION_CONFIG].given)
		write_config(f, dir);
	if (f->sections[SECTION_FILE].given)
		write_file(f, dir);
	run_flynn(f, dir);
	take_requests(f, standin);
	standin_free(standin);
	child_dir_remove(dir);
	free(dir);
	free(socket);
	free(tests);
}

static void *
run_some(UNUSED void *arg)
{
	for (size_t i; (i = atomic_fetch_add(&faults.next, 1)) < faults.n;)
		run_fault(&faults.all[i]);
	return NULL;
}

static void
run_all(void)
{
	pthread_t threads[AT_ONCE];

	for (int i = 0; i < AT_ONCE; i++)
		if (pthread_create(&threads[i], NULL, run_some, NULL) != 0)
			sections_bail_out("faults", "cannot start", "a thread");
	for (int i = 0; i < AT_ONCE; i++)
		pthread_join(threads[i], NULL);
}

/* ---- judging it ---- */

/* Each of the lines stands in the request, or none does. */
static void
check_request(const struct fault *f, enum section_index section, bool stands)
{
	const char *request = f->request ? f->request : "";
	char *lines = mem_strdup(buf_text(&f->sections[section].text));

	for (char *at = lines; *at;) {
		size_t n = strcspn(at, "\n");

		at[n] = '\0';
		HARNESS_CHECK((strstr(request, at) != NULL) == stands, "%s %s", at, stands ? "is missing" : "is there");
		at += n + 1;
	}
	free(lines);
}

/* Replaces each {any} of what is wanted by what stands there, as far as the rest of the line fits. */
static char *
fill_in(const char *want, const char *have)
{
	static const char any[] = "{any}";
	struct buf out = {0};

	for (const char *at; (at = strstr(want, any)) != NULL;) {
		size_t before = (size_t)(at - want);
		const char *rest = at + strlen(any), *end;
		char *next = mem_strndup(rest, strcspn(rest, "{\n"));

		buf_put(&out, want, before);
		end = strncmp(want, have, before) == 0 ? strstr(have + before, *next ? next : "\n") : NULL;
		free(next);
		if (!end) {
			want = at;
			break;
		}
		buf_put(&out, have + before, (size_t)(end - have) - before);
		have = end;
		want = rest;
	}
	buf_puts(&out, want);
	return buf_take(&out);
}

static void
check_stderr(const struct fault *f)
{
	const char *have = buf_text(&f->output.err);
	char *want = fill_in(buf_text(&f->sections[SECTION_STDERR].text), have);

	HARNESS_EQUAL(have, want);
	free(want);
}

static void
it_ends_as_it_should(void)
{
	const struct fault *f = harness_arg();
	int status = atoi(buf_text(&f->sections[SECTION_EXIT].text));

	if (f->sections[SECTION_STDOUT_BYTES].given)
		HARNESS_CHECK(f->output.out.len == strtoul(buf_text(&f->sections[SECTION_STDOUT_BYTES].text), NULL, 10),
		        "%zu bytes on standard output", f->output.out.len);
	else
		HARNESS_EQUAL(buf_text(&f->output.out), buf_text(&f->sections[SECTION_STDOUT].text));
	check_stderr(f);
	HARNESS_CHECK(f->output.status == status, "exit status %d, want %d", f->output.status, status);
	check_request(f, SECTION_REQUEST, true);
	check_request(f, SECTION_REQUEST_WITHOUT, false);
	if (f->sections[SECTION_POSTS].given)
		HARNESS_CHECK(f->posts == strtoul(buf_text(&f->sections[SECTION_POSTS].text), NULL, 10), "%zu POSTs",
		        f->posts);
}

static void
add_faults(const char *suite, const char *pattern)
{
	char *path = harness_path(pattern);
	glob_t found;

	if (glob(path, 0, NULL, &found) != 0)
		sections_bail_out(path, "no files", pattern);
	faults.all = mem_realloc(faults.all, (faults.n + found.gl_pathc) * sizeof(*faults.all));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		faults.all[faults.n] = (struct fault){.suite = suite, .path = mem_strdup(found.gl_pathv[i])};
		read_fault(&faults.all[faults.n++]);
	}
	globfree(&found);
	free(path);
}

static void
release_all(void)
{
	for (size_t i = 0; i < faults.n; i++) {
		struct fault *f = &faults.all[i];

		for (size_t k = 0; k < N_SECTIONS; k++)
			buf_release(&f->sections[k].text);
		child_output_release(&f->output);
		free(f->path);
		free(f->name);
		free(f->request);
	}
	free(faults.all);
}

int
main(int argc, char **argv)
{
	int status;

	/* By hand: only the cases of a pattern, as in `faults_test 'faults/json-*'`. */
	if (argc == 2) {
		add_faults("chosen", argv[1]);
	} else {
		add_faults("faults", "faults/*.fault");
		add_faults("ask", "ask/*.fault");
	}
	run_all();
	for (size_t i = 0; i < faults.n; i++)
		harness_add(faults.all[i].suite, faults.all[i].name, it_ends_as_it_should, &faults.all[i]);
	status = harness_main(NULL);
	release_all();
	return status;
}
