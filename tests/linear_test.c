/*
 * linear_test.c - `flynn --linear` on a pipe and on a pseudo-terminal: one file in tests/linear is one test.
 *
 *	# what this is, one line
 *	server:
 *		what the stand-in does (src/demo/script.h)
 *	typed:
 *		hello
 *	output:
 *		> hello
 *		Hello.
 *
 * Values are written as in tests/faults_test.c. With `stdin` flynn reads a pipe, and `output` is what comes on standard output and
 * standard error, which are one pipe. With `typed` all three are a terminal of 40 columns, whose echo is in `output` too. Each line of
 * it is typed when the prompt is there, but for
 *
 *	until TEXT    waits for that instead, after what was waited for before
 *	^C  ^D        the key; where `until` stands before it, without a prompt
 *	enter         an empty line
 *	kept TEXT     waits until the history shows that text in the first conversation, and has an open one
 *	lock  unlock  nothing can be saved meanwhile, for another program has the history locked
 *	kill          SIGKILL
 *	next          the rest is for the next run
 *
 * A `server` that begins with no word of a route is the answer to a chat, of a server that is ready.
 *
 * Each line of `args` (default: -e {endpoint}) is a run of its own with the same history; `exit` is the status of the last one.
 * `config` is the configuration, `env` variables, `request` has lines that each stand in a POST, `posts` how many there are. {endpoint}
 * and {dir} are replaced in args, config, stdin, typed, output; {number} in `output` is any number. No case writes an escape or a carriage return.
 */
#include "config.h"

#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "linear/commands.h"
#include "screen/commands.h"
#include "store/database.h"
#include "tests/child.h"
#include "tests/expected.h"
#include "tests/harness.h"
#include "tests/sections.h"

enum {
	ARGS_MAX = 32,
	LINES_MAX = 64,
	LIMIT_MS = 20000,
	TRIES = 500, /* until the history has something */
};

#define SECTIONS(X)                                                                                                    \
	X(ARGS, "args")                                                                                                \
	X(STDIN, "stdin")                                                                                              \
	X(TYPED, "typed")                                                                                              \
	X(CONFIG, "config")                                                                                            \
	X(ENV, "env")                                                                                                  \
	X(SERVER, "server")                                                                                            \
	X(REQUEST, "request")                                                                                          \
	X(POSTS, "posts")                                                                                              \
	X(EXIT, "exit")                                                                                                \
	X(OUTPUT, "output")

enum section_index {
#define X(section, name) SECTION_##section,
	SECTIONS(X)
#undef X
	        N_SECTIONS
};

struct run {
	struct section sections[N_SECTIONS];
	char *dir;
	const char *endpoint;
	struct buf out;      /* of all runs */
	size_t seen;         /* of it: what was waited for */
	const char **action; /* the next one that is typed */
	struct database lock;
	int status;
};

static const char *
text(const struct run *r, enum section_index i)
{
	return buf_text(&r->sections[i].text);
}

/* ---- texts ---- */

/* A terminal makes two characters of each line feed. */
static void
take(struct run *r, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] == '\n' && r->out.len > 0 && r->out.data[r->out.len - 1] == '\r')
			r->out.data[r->out.len - 1] = '\n';
		else
			buf_putc(&r->out, bytes[i]);
}

/* In place, at its line feeds: as they stand, whereas sections_split takes quotes away. */
static void
split_lines(char *lines, const char *parts[static LINES_MAX])
{
	size_t n = 0;

	for (char *end; n < LINES_MAX - 1 && (end = strchr(lines, '\n')) != NULL; lines = end + 1) {
		*end = '\0';
		parts[n++] = lines;
	}
	parts[n] = NULL;
}

/* ---- a terminal ---- */

static bool
is_prompted(const struct run *r)
{
	const char *out = buf_text(&r->out) + r->seen;
	size_t n = r->out.len - r->seen;

	return (n == 2 && memcmp(out, "> ", 2) == 0) || (n >= 3 && memcmp(out + n - 3, "\n> ", 3) == 0) ||
	       (n >= 4 && memcmp(out + n - 4, "... ", 4) == 0);
}

static void
type(int fd, const char *typed, size_t n)
{
	if (write(fd, typed, n) != (ssize_t)n)
		sections_bail_out("terminal", "cannot be typed", typed);
}

static void
type_line(int fd, const char *line)
{
	type(fd, line, strlen(line));
	type(fd, "\n", 1);
}

/* What the history shows. */
static bool
is_kept(const struct run *r, const char *words)
{
	const char *const argv[] = {getenv("FLYNN"), "history", "show", "1", NULL};
	struct child_output output;
	bool kept;

	child_run((struct child){.argv = argv, .dir = r->dir}, "", 0, LIMIT_MS, &output);
	kept = strstr(buf_text(&output.out), words) != NULL;
	child_output_release(&output);
	return kept;
}

/* Which conversation is the open one is written with the next save, for the first one gives it its number. */
static bool
is_open_kept(const struct run *r)
{
	char *path = mem_printf("%s/.local/share/flynn/history.db", r->dir);
	struct database db = {0};
	int64_t n = 0;
	struct err err;
	bool kept =
	        database_open(&db, path, DATABASE_READ, &err) &&
	        database_number(&db, "SELECT count(*) FROM setting WHERE key = 'open' AND CAST(value AS INTEGER) > 0",
	                &n, &err) &&
	        n > 0;

	database_close(&db);
	free(path);
	return kept;
}

static void
wait_until_kept(const struct run *r, const char *words)
{
	int tries = TRIES;

	while (!is_kept(r, words) || !is_open_kept(r))
		if (--tries == 0)
			sections_bail_out("history", "has not", words);
}

static void
lock_history(struct run *r)
{
	char *path = mem_printf("%s/.local/share/flynn/history.db", r->dir);
	struct err err;

	if (!database_open(&r->lock, path, DATABASE_WRITE, &err) || !database_begin(&r->lock, &err))
		sections_bail_out(path, "cannot be locked", err.text);
	free(path);
}

/* Things that happen besides. False: the action is none. */
static bool
act_beside(struct run *r, const char *action)
{
	static const char kept[] = "kept ";

	if (strncmp(action, kept, strlen(kept)) == 0)
		wait_until_kept(r, action + strlen(kept));
	else if (strcmp(action, "lock") == 0)
		lock_history(r);
	else if (strcmp(action, "unlock") == 0)
		database_close(&r->lock);
	else
		return false;
	return true;
}

/* `unprompted`: what `until` waits for has come. False: not yet. */
static bool
act(struct run *r, int fd, pid_t pid, bool *unprompted)
{
	static const char until[] = "until ";
	const char *action = *r->action, *found;

	if (strncmp(action, until, strlen(until)) == 0) {
		found = strstr(buf_text(&r->out) + r->seen, action + strlen(until));
		if (found)
			r->seen = (size_t)(found - r->out.data) + strlen(action + strlen(until));
		*unprompted = found != NULL;
		return found != NULL;
	}
	if (act_beside(r, action))
		return true;
	if (!*unprompted && !is_prompted(r))
		return false;
	*unprompted = false;
	r->seen = r->out.len;
	if (strcmp(action, "^C") == 0)
		type(fd, "\003", 1);
	else if (strcmp(action, "^D") == 0)
		type(fd, "\004", 1);
	else if (strcmp(action, "kill") == 0)
		kill(pid, SIGKILL);
	else if (strcmp(action, "enter") == 0)
		type(fd, "\n", 1);
	else
		type_line(fd, action);
	return true;
}

static void
act_all(struct run *r, int fd, pid_t pid, bool *unprompted)
{
	while (*r->action && strcmp(*r->action, "next") != 0 && act(r, fd, pid, unprompted))
		r->action++;
}

/* The end, where nothing came for too long: the program is killed then. */
static ssize_t
read_some(int fd, pid_t pid, char *bytes, size_t n)
{
	if (poll(&(struct pollfd){fd, POLLIN, 0}, 1, LIMIT_MS) == 0)
		kill(pid, SIGKILL);
	return read(fd, bytes, n);
}

static void
run_on_terminal(struct run *r, const struct child *child)
{
	struct child there = *child;
	char *path, bytes[4096];
	int fd = child_terminal(&path);
	bool unprompted = false;
	ssize_t n;
	pid_t pid;

	if (ioctl(fd, TIOCSWINSZ, &(struct winsize){.ws_row = 12, .ws_col = 40}) < 0)
		sections_bail_out("terminal", "has no size", path);
	memcpy(there.fds, (int[]){-1, -1, -1}, sizeof(there.fds));
	there.terminal = path;
	pid = child_start(&there);
	while ((n = read_some(fd, pid, bytes, sizeof(bytes))) > 0) {
		take(r, bytes, (size_t)n);
		act_all(r, fd, pid, &unprompted);
	}
	r->status = child_wait(pid);
	if (*r->action && strcmp(*r->action, "next") == 0)
		r->action++;
	close(fd);
	free(path);
}

/* ---- a pipe ---- */

static void
run_on_pipe(struct run *r, const struct child *child)
{
	const struct buf *input = &r->sections[SECTION_STDIN].text;
	struct child there = *child;
	int in[2], out[2];
	char bytes[4096];
	ssize_t n;
	pid_t pid;

	child_pipe(in);
	child_pipe(out);
	memcpy(there.fds, (int[]){in[0], out[1], out[1]}, sizeof(there.fds));
	pid = child_start(&there);
	close(in[0]);
	close(out[1]);
	type(in[1], buf_text(input), input->len);
	close(in[1]);
	while ((n = read_some(out[0], pid, bytes, sizeof(bytes))) > 0)
		buf_put(&r->out, bytes, (size_t)n);
	r->status = child_wait(pid);
	close(out[0]);
}

/* ---- a case ---- */

static void
run_line(struct run *r, char *line)
{
	const char *argv[ARGS_MAX + 2] = {getenv("FLYNN")}, *env[ARGS_MAX];
	char *variables = mem_strdup(text(r, SECTION_ENV));
	struct child child = {.argv = argv, .env = env, .dir = r->dir};

	if (!argv[0])
		sections_bail_out("linear", "not set", "FLYNN");
	sections_split(line, " ", argv + 1, ARGS_MAX);
	sections_split(variables, "\n", env, ARGS_MAX);
	if (r->sections[SECTION_TYPED].given)
		run_on_terminal(r, &child);
	else
		run_on_pipe(r, &child);
	free(variables);
}

static void
run_all(struct run *r)
{
	const char *lines[LINES_MAX];

	sections_split(r->sections[SECTION_ARGS].text.data, "\n", lines, LINES_MAX);
	for (size_t i = 0; lines[i]; i++) {
		char *line = mem_strdup(lines[i]);

		run_line(r, line);
		free(line);
	}
}

static void
write_config(const struct run *r)
{
	char *path = mem_printf("%s/.config/flynn/config.yaml", r->dir);
	FILE *file;

	for (char *slash = path + strlen(r->dir) + 1; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
		*slash = '\0';
		mkdir(path, 0700);
	}
	file = fopen(path, "w");
	if (!file || fputs(text(r, SECTION_CONFIG), file) < 0 || fclose(file) != 0)
		sections_bail_out(path, "cannot write", "config");
	chmod(path, 0600);
	free(path);
}

static void
check_requests(const struct run *r, struct standin *standin)
{
	struct buf posts = {0};
	const char *lines[LINES_MAX];
	char *request, *wanted = mem_strdup(text(r, SECTION_REQUEST));
	size_t n = 0;

	for (size_t i = 0; (request = standin_request(standin, i, NULL)) != NULL; i++) {
		bool is_chat = strncmp(request, "POST /v1/chat/completions ", 26) == 0;

		if (is_chat)
			buf_printf(&posts, "%s\n", request);
		n += is_chat;
		free(request);
	}
	split_lines(wanted, lines);
	for (size_t i = 0; lines[i]; i++)
		HARNESS_CHECK(strstr(buf_text(&posts), lines[i]) != NULL, "%s is missing", lines[i]);
	if (r->sections[SECTION_POSTS].given)
		HARNESS_CHECK(n == strtoul(text(r, SECTION_POSTS), NULL, 10), "%zu POSTs", n);
	free(wanted);
	buf_release(&posts);
}

static void
check(struct run *r)
{
	int want = atoi(text(r, SECTION_EXIT));

	HARNESS_CHECK(!memchr(buf_text(&r->out), '\033', r->out.len), "there is an escape");
	HARNESS_CHECK(!memchr(buf_text(&r->out), '\r', r->out.len), "there is a carriage return");
	expected_hide_numbers(&r->out, text(r, SECTION_OUTPUT));
	HARNESS_EQUAL(buf_text(&r->out), text(r, SECTION_OUTPUT));
	HARNESS_CHECK(r->status == want, "exit status %d, want %d", r->status, want);
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
	free(r->dir);
}

static char *
whole_server(const struct run *r)
{
	static const char ready[] = "on GET /health\njson 200 {\"status\":\"ok\"}\non GET /props\njson 200 "
	                            "{\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":1,"
	                            "\"model_alias\":\"tiny\"}\non POST /v1/chat/completions\n";
	const char *server = text(r, SECTION_SERVER);
	bool has_routes = strncmp(server, "on ", 3) == 0 || strncmp(server, "resumes", 7) == 0 ||
	                  strncmp(server, "refuse", 6) == 0;

	return mem_printf("%s%s", has_routes ? "" : ready, server);
}

static void
says_what_it_should(void)
{
	static const enum section_index replaced[] = {
	        SECTION_ARGS, SECTION_CONFIG, SECTION_TYPED, SECTION_STDIN, SECTION_OUTPUT};
	struct run r = {.dir = child_dir()};
	const char *path = harness_arg(), *actions[LINES_MAX];
	char *tests = harness_path(""), *server;
	struct standin *standin;
	struct err err;

	free(read_case(&r, path));
	server = whole_server(&r);
	standin = standin_new(server, tests, NULL, &err);
	free(server);
	if (!standin)
		sections_bail_out(path, "server", err.text);
	if (!r.sections[SECTION_ARGS].given)
		buf_puts(&r.sections[SECTION_ARGS].text, "--linear -e {endpoint}");
	for (size_t i = 0; i < ARRAY_LEN(replaced); i++) {
		expected_replace(&r.sections[replaced[i]].text, "{endpoint}", standin_endpoint(standin));
		expected_replace(&r.sections[replaced[i]].text, "{dir}", r.dir);
	}
	if (r.sections[SECTION_CONFIG].given)
		write_config(&r);
	buf_puts(&r.sections[SECTION_TYPED].text, "");
	split_lines(r.sections[SECTION_TYPED].text.data, actions);
	r.action = actions;
	run_all(&r);
	check(&r);
	check_requests(&r, standin);
	standin_free(standin);
	child_dir_remove(r.dir);
	release(&r);
	free(tests);
}

/* One that is new on the screen must be thought of here. */
static void
every_command_has_its_form(void)
{
	const struct commands commands = commands_table();

	HARNESS_EQUAL(linear_commands_missing(&commands) ? linear_commands_missing(&commands) : "", "");
}

int
main(int argc, char **argv)
{
	char *pattern = harness_path(argc == 2 ? argv[1] : "linear/*.case");
	glob_t found;
	int status;

	if (glob(pattern, 0, NULL, &found) != 0)
		sections_bail_out(pattern, "no files", pattern);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct run r = {.dir = NULL};
		char *name = read_case(&r, found.gl_pathv[i]);

		harness_add("linear", name, says_what_it_should, found.gl_pathv[i]);
		free(name);
		release(&r);
	}
	harness_add("linear", "every command has its form", every_command_has_its_form, NULL);
	status = harness_main(NULL);
	globfree(&found);
	free(pattern);
	return status;
}
