/*
 * ask_test.c - `flynn ask` where plain files of tests/faults and tests/ask do not reach: signals, terminals, standard
 * output that fails or is slow, and recordings cut into small pieces.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "tests/child.h"
#include "tests/harness.h"

enum {
	UNREAD = 1024 * 1024, /* more than a pipe holds */
	PATIENCE_MS = 60000,
};

enum stream {
	PIPE,
	TERMINAL,
	CLOSED,
	FULL,    /* /dev/full */
	BROKEN,  /* a pipe that nobody reads */
	PACKETS, /* a socket of which each read gives what one write has written */
};

/* One run: the server, the program, and our ends of its streams. */
struct run {
	struct standin *server;
	char *dir, *terminal;
	pid_t pid;
	int in, out, err, tty; /* -1: none */
};

/* ---- starting it ---- */

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The program's end of one of its streams; ours goes to *our. */
static int
make_stream(enum stream kind, bool input, int *our)
{
	int fds[2];

	*our = -1;
	if (kind == TERMINAL || kind == CLOSED)
		return -1;
	if (kind == FULL)
		return open("/dev/full", O_WRONLY | O_CLOEXEC);
	if (kind != PACKETS)
		child_pipe(fds);
	else if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0)
		CU_FAIL_FATAL("no sockets");
	*our = fds[input ? 1 : 0];
	if (kind == BROKEN)
		close_fd(our);
	return fds[input ? 0 : 1];
}

/* Nothing that it says is about a history that a busy disk takes late. */
static void
start(struct run *r, const char *script, enum stream in, enum stream out, enum stream err)
{
	char *wire = harness_path("wire");
	struct child child = {0};
	struct err why;

	*r = (struct run){.dir = child_dir(), .tty = -1};
	r->server = standin_new(script, wire, NULL, &why);
	if (!r->server)
		HARNESS_EQUAL(why.text, "a stand-in that starts");
	CU_ASSERT_PTR_NOT_NULL_FATAL(r->server);
	const char *argv[] = {getenv("FLYNN"), "ask", "-e", standin_endpoint(r->server), "hello", "--no-history", NULL};
	child.argv = argv;
	child.dir = r->dir;
	if (in == TERMINAL || out == TERMINAL || err == TERMINAL)
		r->tty = child_terminal(&r->terminal);
	child.terminal = r->terminal;
	child.fds[0] = make_stream(in, true, &r->in);
	child.fds[1] = make_stream(out, false, &r->out);
	child.fds[2] = make_stream(err, false, &r->err);
	r->pid = child_start(&child);
	for (int i = 0; i < 3; i++)
		close_fd(&child.fds[i]);
	free(wire);
}

static void
start_plain(struct run *r, const char *script)
{
	start(r, script, PIPE, PIPE, PIPE);
	close_fd(&r->in);
}

/* ---- what it says ---- */

/* Reads more into `all`; false at the end. A terminal whose last program is gone ends with EIO. */
static bool
read_more(int fd, struct buf *all)
{
	struct pollfd p = {fd, POLLIN, 0};
	char bytes[4096];
	ssize_t n = poll(&p, 1, PATIENCE_MS) == 1 ? read(fd, bytes, sizeof(bytes)) : -1;

	if (n > 0)
		buf_put(all, bytes, (size_t)n);
	return n > 0;
}

static void
read_until(int fd, const char *end, struct buf *all)
{
	while (!strstr(buf_text(all), end))
		if (!read_more(fd, all)) {
			HARNESS_CHECK(false, "waited for %s, got %s", end, buf_text(all));
			return;
		}
}

static void
expect_rest(int fd, struct buf *all, const char *want)
{
	while (read_more(fd, all))
		;
	HARNESS_EQUAL(buf_text(all), want);
	buf_release(all);
}

static void
expect_all(int fd, const char *want)
{
	struct buf all = {0};

	expect_rest(fd, &all, want);
}

/* ---- its end ---- */

static void
finish(struct run *r, int status)
{
	int have = child_wait(r->pid);

	HARNESS_CHECK(have == status, "exit status %d, want %d", have, status);
	close_fd(&r->in);
	close_fd(&r->out);
	close_fd(&r->err);
	close_fd(&r->tty);
	standin_free(r->server);
	child_dir_remove(r->dir);
	free(r->dir);
	free(r->terminal);
}

/* ---- standard output that fails ---- */

static const char reply[] = "stream\nrole\ntoken \"Hello\"\nfinish stop\ndone\nlast";

static void
a_full_disk_is_an_error(void)
{
	struct run r;

	start(&r, reply, CLOSED, FULL, PIPE);
	expect_all(r.err, "flynn: cannot write the reply: No space left on device\n");
	finish(&r, 1);
}

static void
a_closed_standard_output_is_an_error(void)
{
	struct run r;

	start(&r, reply, PIPE, CLOSED, PIPE);
	close_fd(&r.in);
	expect_all(r.err, "flynn: cannot write the reply: Bad file descriptor\n");
	finish(&r, 1);
}

/* A server that goes on without a connection knows that nobody wants the reply. */
static void
expect_told_to_stop(const struct run *r)
{
	char *request;

	CU_ASSERT(standin_wait(r->server, STANDIN_REQUEST, 2, PATIENCE_MS));
	request = standin_request(r->server, 1, NULL);
	HARNESS_CHECK(request && strncmp(request, "DELETE /v1/stream?conv_id=", 26) == 0, "%s", request);
	free(request);
}

static void
a_closed_pipe_ends_it_quietly(void)
{
	struct run r;

	start(&r, "stream\nrepeat\ntoken \"Hello\"\nend", CLOSED, BROKEN, PIPE);
	expect_all(r.err, "");
	expect_told_to_stop(&r);
	finish(&r, 141);
}

static void
closed_streams_are_no_obstacle(void)
{
	struct run r;

	start(&r, reply, CLOSED, PIPE, CLOSED);
	expect_all(r.out, "Hello");
	finish(&r, 0);
}

/* ---- how often it writes ---- */

/* A reply in one piece of the body, which one read brings. */
static char *
burst(int tokens)
{
	struct buf script = {0};

	buf_puts(&script, "stream\nwrite \"");
	for (int i = 0; i < tokens; i++)
		buf_puts(&script,
		        "data: {\\\"choices\\\":[{\\\"index\\\":0,\\\"delta\\\":{\\\"content\\\":\\\"a\\\"}}]}\\n\\n");
	buf_puts(&script, "\"\nfinish stop\ndone\nlast");
	return buf_take(&script);
}

static void
what_came_together_is_written_together(void)
{
	enum { TOKENS = 500, WRITES_MAX = 20 };
	char *script = burst(TOKENS);
	struct buf all = {0};
	struct run r;
	int writes = 0;

	start(&r, script, CLOSED, PACKETS, PIPE);
	while (read_more(r.out, &all))
		writes++;
	HARNESS_CHECK(all.len == TOKENS, "%zu bytes", all.len);
	HARNESS_CHECK(writes <= WRITES_MAX, "%d writes", writes);
	expect_all(r.err, "");
	finish(&r, 0);
	buf_release(&all);
	free(script);
}

/* The server sends the next one once this one has been read. */
static void
no_token_waits_for_the_next(void)
{
	enum { TOKENS = 20 };
	struct buf all = {0};
	struct run r;

	start(&r, "stream\nrole\nrepeat 20\ntoken \"a\"\nwait\nend\nfinish stop\ndone\nlast", CLOSED, PACKETS, PIPE);
	for (size_t i = 1; i <= TOKENS; i++) {
		if (!read_more(r.out, &all) || all.len != i)
			HARNESS_CHECK(false, "%zu bytes, not %zu", all.len, i);
		standin_go(r.server);
	}
	expect_rest(r.out, &all, "aaaaaaaaaaaaaaaaaaaa");
	expect_all(r.err, "");
	finish(&r, 0);
}

/* ---- signals ---- */

static const struct {
	int number, status;
} signals[] = {{SIGINT, 130}, {SIGTERM, 143}, {SIGHUP, 129}};

static void
a_signal_in_mid_reply_keeps_what_came(void)
{
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		struct buf out = {0};
		struct run r;

		start_plain(&r, "stream\nrole\ntoken \"Hello\"\nhang");
		read_until(r.out, "Hello", &out);
		kill(r.pid, signals[i].number);
		expect_rest(r.out, &out, "Hello");
		expect_all(r.err, "");
		HARNESS_CHECK(standin_wait(r.server, STANDIN_LEFT, 1, PATIENCE_MS), "the connection was not closed");
		expect_told_to_stop(&r);
		finish(&r, signals[i].status);
	}
}

static void
a_signal_before_the_answer_ends_it(void)
{
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		struct run r;

		start_plain(&r, "hang");
		CU_ASSERT(standin_wait(r.server, STANDIN_REQUEST, 1, PATIENCE_MS));
		kill(r.pid, signals[i].number);
		expect_all(r.out, "");
		expect_all(r.err, "");
		expect_told_to_stop(&r);
		finish(&r, signals[i].status);
	}
}

static void
a_signal_reaches_a_write_that_waits(void)
{
	struct run r;

	start(&r, "stream\nrepeat\ntoken \"0123456789abcdef\" * 64\nend", PIPE, PIPE, PIPE);
	close_fd(&r.in);
	CU_ASSERT(standin_wait(r.server, STANDIN_BLOCKED, 1, PATIENCE_MS));
	kill(r.pid, SIGINT);
	expect_all(r.err, "");
	finish(&r, 130);
}

static void
a_signal_reaches_it_while_it_reads_the_prompt(void)
{
	struct run r;

	start(&r, reply, PIPE, PIPE, PIPE);
	CU_ASSERT_EQUAL(write(r.in, "half a prompt", 13), 13);
	/* The pipe is empty again when it has been read: only then is it sure to read on. */
	for (struct pollfd p = {r.in, POLLOUT, 0}; poll(&p, 1, 0) < 1;)
		;
	kill(r.pid, SIGTERM);
	expect_all(r.err, "");
	CU_ASSERT_EQUAL(standin_count(r.server, STANDIN_REQUEST), 0);
	finish(&r, 143);
}

/* ---- terminals ---- */

static void
a_terminal_gets_a_clean_reply_and_a_line_feed(void)
{
	struct run r;

	start(&r, "stream\ntoken \"\\e[31mred\\r\"\ntoken \"\\n\\ttab\\x07\"\nfinish stop\ndone\nlast", PIPE, TERMINAL,
	        PIPE);
	close_fd(&r.in);
	expect_all(r.tty, "^[[31mred\r\n        tab^G\r\n");
	expect_all(r.err, "");
	finish(&r, 0);
}

static void
a_line_feed_is_not_doubled(void)
{
	struct run r;

	start(&r, "stream\ntoken \"Hello\\n\"\nfinish stop\ndone\nlast", PIPE, TERMINAL, PIPE);
	close_fd(&r.in);
	expect_all(r.tty, "Hello\r\n");
	finish(&r, 0);
}

static void
a_terminal_is_no_prompt(void)
{
	struct run r;
	char *request;

	start(&r, reply, TERMINAL, PIPE, PIPE);
	expect_all(r.out, "Hello");
	request = standin_request(r.server, 0, NULL);
	HARNESS_CHECK(request && strstr(request, "\"content\":\"hello\""), "%s", request ? request : "(none)");
	free(request);
	finish(&r, 0);
}

static void
ctrl_c_on_the_terminal_stops_it(void)
{
	struct buf out = {0};
	struct run r;

	start(&r, "stream\ntoken \"Hello\"\nhang", TERMINAL, PIPE, PIPE);
	read_until(r.out, "Hello", &out);
	CU_ASSERT_EQUAL(write(r.tty, "\x03", 1), 1);
	expect_rest(r.out, &out, "Hello");
	expect_all(r.err, "");
	finish(&r, 130);
}

static void
a_partial_line_on_a_terminal_is_ended_before_an_error(void)
{
	struct run r;

	start(&r, "stream\ntoken \"Hello\"\nlast", PIPE, TERMINAL, TERMINAL);
	close_fd(&r.in);
	expect_all(r.tty, "Hello\r\nflynn: the stream ended without a finish_reason; the reply is incomplete\r\n");
	finish(&r, 1);
}

/* What a line of text looks like on a terminal that obeys CR and nothing else. */
static void
show(const char *text, char *line, size_t size)
{
	size_t column = 0, width = 0;

	for (; *text && column < size - 1; text++)
		if (*text == '\r') {
			column = 0;
		} else {
			line[column++] = *text;
			width = column > width ? column : width;
		}
	while (width > 0 && line[width - 1] == ' ')
		width--;
	line[width] = '\0';
}

static void
progress_stands_on_a_terminal_until_the_reply_begins(void)
{
	struct buf tty = {0};
	char line[256] = "";
	struct run r;

	start(&r,
	        "stream\nprogress 1000 0 0\nprogress 1000 0 620\nwait\ntoken \"Hello\"\nwait\nfinish stop\ndone\nlast",
	        PIPE, PIPE, TERMINAL);
	close_fd(&r.in);
	read_until(r.tty, "62 %", &tty);
	show(buf_text(&tty), line, sizeof(line));
	HARNESS_EQUAL(line, "reading prompt 62 %");
	standin_go(r.server);
	struct buf out = {0};
	read_until(r.out, "Hello", &out);
	standin_go(r.server);
	expect_rest(r.out, &out, "Hello");
	while (read_more(r.tty, &tty))
		;
	show(buf_text(&tty), line, sizeof(line));
	HARNESS_EQUAL(line, "");
	buf_release(&tty);
	finish(&r, 0);
}

static void
progress_is_for_terminals_only(void)
{
	struct run r;

	start_plain(&r, "stream\nprogress 1000 0 0\nprogress 1000 0 620\ntoken \"Hello\"\nfinish stop\ndone\nlast");
	expect_all(r.out, "Hello");
	expect_all(r.err, "");
	finish(&r, 0);
}

/* ---- bytes ---- */

/* Both what it writes and what it says of it. */
static char *
reply_to(const char *script)
{
	struct buf out = {0};
	struct run r;

	start(&r, script, PIPE, PIPE, PIPE);
	close_fd(&r.in);
	while (read_more(r.out, &out))
		;
	buf_puts(&out, "\n-- standard error --\n");
	while (read_more(r.err, &out))
		;
	finish(&r, 0);
	return buf_take(&out);
}

static void
a_stream_may_be_cut_anywhere(void)
{
	static const struct {
		const char *recording, *reply;
	} rows[] = {
	        {"chat-unicode-stream.http", "Grüße, 世界 👋🏽"},
	        {"chat-stream.http", NULL},
	        {"chat-stream-reasoning.http", NULL},
	};
	static const int cuts[] = {1, 2, 3, 5, 7, 64, 1000};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *script = mem_printf("file %s", rows[i].recording), *whole = reply_to(script);

		if (rows[i].reply)
			HARNESS_CHECK(strncmp(whole, rows[i].reply, strlen(rows[i].reply)) == 0, "%s", whole);
		free(script);
		for (size_t k = 0; k < ARRAY_LEN(cuts); k++) {
			script = mem_printf("cut %d\nfile %s", cuts[k], rows[i].recording);
			char *have = reply_to(script);

			HARNESS_EQUAL(have, whole);
			free(have);
			free(script);
		}
		free(whole);
	}
}

static void
a_late_reader_gets_every_byte(void)
{
	enum { PIECES = 20000 };
	struct buf out = {0};
	struct run r;
	bool right = true;

	start_plain(&r, "stream\nrepeat 20000\ntoken \"0123456789abcdef\" * 64\nend\nfinish stop\ndone\nlast");
	CU_ASSERT(standin_wait(r.server, STANDIN_BLOCKED, 1, PATIENCE_MS));
	while (read_more(r.out, &out))
		;
	CU_ASSERT_EQUAL(out.len, PIECES * 1024);
	for (size_t i = 0; i < out.len; i++)
		right = right && out.data[i] == "0123456789abcdef"[i % 16];
	CU_ASSERT(right);
	buf_release(&out);
	finish(&r, 0);
}

static void
a_large_prompt_arrives_whole(void)
{
	enum { SIZE = 3 << 20 };
	char *input = mem_alloc(SIZE + 1), *request;
	struct child_output o;
	struct err err;
	struct standin *server = standin_new(reply, NULL, NULL, &err);
	char *dir = child_dir();

	CU_ASSERT_PTR_NOT_NULL_FATAL(server);
	for (int i = 0; i < SIZE; i++)
		input[i] = (char)('a' + i % 26);
	child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), "ask", "--no-history", "-e",
	                                 standin_endpoint(server), NULL},
	                  .dir = dir},
	        input, SIZE, PATIENCE_MS, &o);
	HARNESS_EQUAL(buf_text(&o.out), "Hello");
	HARNESS_EQUAL(buf_text(&o.err), "");
	CU_ASSERT_EQUAL(o.status, 0);
	request = standin_request(server, 0, NULL);
	CU_ASSERT(request && strstr(request, input));
	free(request);
	free(input);
	child_output_release(&o);
	standin_free(server);
	child_dir_remove(dir);
	free(dir);
}

/* ---- no endpoint is configured ---- */

static int
listen_at(int port)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&name, sizeof(name)) == 0 && listen(fd, 16) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
connect_to(const char *endpoint)
{
	struct sockaddr_in name = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	name.sin_port = htons((uint16_t)strtol(strrchr(endpoint, ':') + 1, NULL, 10));
	if (connect(fd, (struct sockaddr *)&name, sizeof(name)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Until one of them closes. */
static void
move_bytes(int a, int b)
{
	struct pollfd fds[] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
	char bytes[4096];
	ssize_t n = 1;

	while (n > 0 && poll(fds, 2, PATIENCE_MS) > 0)
		for (int i = 0; i < 2 && n > 0; i++)
			if (fds[i].revents) {
				n = read(fds[i].fd, bytes, sizeof(bytes));
				if (n > 0 && write(fds[1 - i].fd, bytes, (size_t)n) != n)
					n = 0;
			}
}

/* A process that hands what comes to a port on to the stand-in, one connection after the other. */
static pid_t
start_relay(int listener, const char *endpoint)
{
	pid_t pid = fork();

	while (pid == 0) {
		int in = accept(listener, NULL, NULL), out = connect_to(endpoint);

		move_bytes(in, out);
		close(in);
		close(out);
	}
	return pid;
}

static bool
is_free(int port)
{
	int listener = listen_at(port);

	if (listener >= 0)
		close(listener);
	return listener >= 0;
}

/* Of all tests that run at the same time one has the default ports: the one that has this name, until it closes it. -1: another
 * has it. */
static int
take_default_ports(void)
{
	static const char name[] = "flynn-test-default-ports";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path + 1, name, sizeof(name)); /* behind a NUL: no file, and gone with this process */
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 || errno != EADDRINUSE)
		return fd;
	close(fd);
	return -1;
}

/* A server at this port, or nobody (0). */
static void
ask_the_defaults(struct standin *server, int port, int status, const char *out, const char *err)
{
	const char *argv[] = {getenv("FLYNN"), "ask", "--no-history", "hello", NULL};
	struct child child = {.argv = argv, .dir = child_dir()};
	struct child_output o;
	int listener = port ? listen_at(port) : -1;
	pid_t relay = port ? start_relay(listener, standin_endpoint(server)) : -1;

	child_run(child, "", 0, PATIENCE_MS, &o);
	CU_ASSERT_EQUAL(o.status, status);
	HARNESS_EQUAL(buf_text(&o.out), out);
	HARNESS_EQUAL(buf_text(&o.err), err);
	if (port) {
		kill(relay, SIGKILL);
		waitpid(relay, NULL, 0);
		close(listener);
	}
	child_output_release(&o);
	child_dir_remove(child.dir);
	free((char *)child.dir);
}

static void
asks_where_a_default_answers(void)
{
	static const char script[] = "on GET /health\nstatus 200 OK\nheader Server: llama.cpp\nbody \"{}\"\n"
	                             "on GET /props\njson 404 {}\n"
	                             "on any\nstream\ntoken \"Hello\"\nfinish stop\ndone\nlast\n";
	struct standin *server;
	int ports = take_default_ports();
	struct err err;

	if (ports < 0 || !is_free(8080) || !is_free(9931)) {
		harness_skip("the default ports are taken");
		close_fd(&ports);
		return;
	}
	server = standin_new(script, ".", NULL, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(server);
	ask_the_defaults(server, 8080, 0, "Hello", "flynn: no endpoint is configured: using http://localhost:8080\n");
	ask_the_defaults(server, 9931, 0, "Hello", "flynn: no endpoint is configured: using http://localhost:9931\n");
	ask_the_defaults(server, 0, 3, "",
	        "flynn: llama-server not running at http://localhost:8080 (nor at http://localhost:9931)\n"
	        "flynn: start llama-server, or give its address with -e URL; flynn doctor looks for what is wrong\n");
	standin_free(server);
	close_fd(&ports);
}

/* It ends with its input unread, which is no reason for the test to end. */
static void
a_bad_option_needs_no_input(void)
{
	char *dir = child_dir();
	struct buf input = {0};
	struct child_output output = {0};

	for (int i = 0; i < UNREAD; i++)
		buf_putc(&input, 'x');
	child_run(
	        (struct child){.argv = (const char *[]){getenv("FLYNN"), "ask", "--no-such-option", NULL}, .dir = dir},
	        buf_text(&input), input.len, PATIENCE_MS, &output);
	CU_ASSERT_EQUAL(output.status, 2);
	CU_ASSERT(output.err.len > 0);
	child_output_release(&output);
	buf_release(&input);
	child_dir_remove(dir);
	free(dir);
}

/* ---- what the log has ---- */

#define TOKEN "sk-0123456789-abcdefghij"

static char *
read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	struct buf text = {0};
	char bytes[4096];
	size_t n;

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while ((n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_put(&text, bytes, n);
	fclose(file);
	return buf_take(&text);
}

/* Runs `ask` with the token; standard error and the log have it nowhere. */
static void
ask_one_that_repeats_the_token(const char *script, bool stream)
{
	char *dir = child_dir(), *path = mem_printf("%s/log", dir), *log;
	struct child_output output = {0};
	struct err err;
	struct standin *server = standin_new(script, ".", NULL, &err);
	char *sent;

	CU_ASSERT_PTR_NOT_NULL_FATAL(server);
	child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), "ask", "-e", standin_endpoint(server),
	                                 "--log", path, "hello", stream ? NULL : "--no-stream", NULL},
	                  .env = (const char *[]){"FLYNN_AUTH_TOKEN=" TOKEN, NULL},
	                  .dir = dir},
	        "", 0, PATIENCE_MS, &output);
	sent = standin_request(server, 0, NULL);
	CU_ASSERT(sent && strstr(sent, "Authorization: Bearer " TOKEN)); /* the server does know it */
	log = read_file(path);
	HARNESS_CHECK(strstr(log, "/v1/chat/completions") != NULL, "%s: the log says \"%s\"", script, log);
	HARNESS_CHECK(!strstr(log, TOKEN), "%s: the log says \"%s\"", script, log);
	HARNESS_CHECK(!strstr(log, "Bearer"), "%s: the log says \"%s\"", script, log);
	HARNESS_CHECK(!strstr(buf_text(&output.err), TOKEN), "%s: it says %s", script, buf_text(&output.err));
	free(sent);
	free(log);
	standin_free(server);
	child_output_release(&output);
	child_dir_remove(dir);
	free(path);
	free(dir);
}

/* Streamed or not, they are saved with the reply. */
static void
tokens_are_saved(void)
{
	static const char script[] =
	        "on POST /v1/chat/completions with \"include_usage\"\nfile wire/chat-stream-logprobs.http\n"
	        "on POST /v1/chat/completions\nfile wire/chat-logprobs.http\n";

	for (int whole = 0; whole < 2; whole++) {
		char *dir = child_dir(), *tests = harness_path(".");
		struct child_output output = {0}, history = {0};
		struct err err;
		struct standin *server = standin_new(script, tests, NULL, &err);

		CU_ASSERT_PTR_NOT_NULL_FATAL(server);
		child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), "ask", "-e",
		                                 standin_endpoint(server), "hello", whole ? "--no-stream" : NULL, NULL},
		                  .dir = dir},
		        "", 0, PATIENCE_MS, &output);
		child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), "history", "export", "--all",
		                                 "--format", "json", NULL},
		                  .dir = dir},
		        "", 0, PATIENCE_MS, &history);
		HARNESS_CHECK(strstr(buf_text(&history.out), "\"tokens\":\"AQAB") != NULL, "%s%s",
		        buf_text(&history.out), buf_text(&output.err));
		standin_free(server);
		child_output_release(&output);
		child_output_release(&history);
		child_dir_remove(dir);
		free(tests);
		free(dir);
	}
}

static void
the_log_has_no_token(void)
{
	static const char *const scripts[] = {
	        /* in headers */
	        "on any\nstatus 200 OK\nheader Server: " TOKEN "\nheader X-Token: Bearer " TOKEN
	        "\nheader Content-Type: application/json\nbody \"{}\"\n",
	        "on any\nstatus 500 " TOKEN "\nbody \"\"\n",
	        "on any\nstatus 307 No\nheader Location: http://example.test/?key=" TOKEN "\nbody \"\"\n",
	        "on any\nstatus 200 OK\nheader Content-Type: text/" TOKEN "\nbody \"a\"\n",
	        /* in the body of an error, and in an error of a stream */
	        "on any\njson 401 {\"error\":{\"message\":\"wrong key: " TOKEN "\"}}\n",
	        "on any\nstatus 400 Bad Request\nbody \"what? " TOKEN "\"\n",
	        "on any\nstream\ntoken \"a\"\nevent {\"error\":{\"message\":\"" TOKEN "\"}}\n",
	        "on any\nstream\ntoken \"a\"\nsend \"" TOKEN "\\n\"\nclose\n",
	        /* as the text, the model's name and the finish_reason of a reply */
	        "on any\nstream\ntoken \"" TOKEN "\"\nfinish stop\ndone\nlast\n",
	        "on any\nstream\nevent {\"model\":\"" TOKEN "\",\"choices\":[{\"delta\":{\"content\":\"a\"},"
	        "\"finish_reason\":\"" TOKEN "\"}]}\ndone\nlast\n",
	        /* as no HTTP at all */
	        "on any\nsend \"" TOKEN "\\n\"\nclose\n",
	        "on any\nclose\n",
	};

	for (size_t i = 0; i < 2 * ARRAY_LEN(scripts); i++)
		ask_one_that_repeats_the_token(scripts[i / 2], i % 2 == 0);
}

/* As the full screen, `ask` ends where the keys of the configuration cannot be. */
static void
bad_keys_are_an_error(void)
{
	char *dir = child_dir(), *path = mem_printf("%s/config.yaml", dir);
	FILE *file = fopen(path, "w");
	struct child_output output = {0};

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	fputs("keys:\n  anywhere:\n    Esc: browse\n", file);
	fclose(file);
	child_run(
	        (struct child){.argv = (const char *[]){getenv("FLYNN"), "ask", "-c", path, "hello", NULL}, .dir = dir},
	        "", 0, PATIENCE_MS, &output);
	CU_ASSERT_EQUAL(output.status, 2);
	HARNESS_CHECK(strstr(buf_text(&output.err), "config.yaml:3: ") != NULL, "it says %s", buf_text(&output.err));
	child_output_release(&output);
	child_dir_remove(dir);
	free(path);
	free(dir);
}

/* Of a word that is no command, the command that may be meant. */
static void
a_mistyped_command_is_found(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {{"model", "flynn models?"}, {"aks", "flynn ask?"}, {"hstory", "flynn history?"},
	        {"resme", "flynn resume?"}, {"frobnicate", "(to ask something: flynn ask PROMPT"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct child_output output = {0};
		char *dir = child_dir();

		child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), rows[i].typed, NULL}, .dir = dir},
		        "", 0, PATIENCE_MS, &output);
		CU_ASSERT_EQUAL(output.status, 2);
		HARNESS_CHECK(strstr(buf_text(&output.err), rows[i].want) != NULL, "%s", buf_text(&output.err));
		child_output_release(&output);
		child_dir_remove(dir);
		free(dir);
	}
}

static CU_TestInfo output_tests[] = {
        {"a mistyped command is found", a_mistyped_command_is_found},
        {"a full disk is an error", a_full_disk_is_an_error},
        {"a closed standard output is an error", a_closed_standard_output_is_an_error},
        {"a closed pipe ends it quietly", a_closed_pipe_ends_it_quietly},
        {"closed streams are no obstacle", closed_streams_are_no_obstacle},
        {"what came together is written together", what_came_together_is_written_together},
        {"no token waits for the next", no_token_waits_for_the_next},
        {"a bad option needs no input", a_bad_option_needs_no_input},
        {"tokens are saved", tokens_are_saved},
        {"the log has no token", the_log_has_no_token},
        {"bad keys are an error", bad_keys_are_an_error},
        CU_TEST_INFO_NULL,
};

static CU_TestInfo signal_tests[] = {
        {"a signal in mid-reply keeps what came", a_signal_in_mid_reply_keeps_what_came},
        {"a signal before the answer ends it", a_signal_before_the_answer_ends_it},
        {"a signal reaches a write that waits", a_signal_reaches_a_write_that_waits},
        {"a signal reaches it while it reads the prompt", a_signal_reaches_it_while_it_reads_the_prompt},
        CU_TEST_INFO_NULL,
};

static CU_TestInfo terminal_tests[] = {
        {"a terminal gets a clean reply and a line feed", a_terminal_gets_a_clean_reply_and_a_line_feed},
        {"a line feed is not doubled", a_line_feed_is_not_doubled},
        {"a terminal is no prompt", a_terminal_is_no_prompt},
        {"Ctrl+C on the terminal stops it", ctrl_c_on_the_terminal_stops_it},
        {"a partial line on a terminal is ended before an error",
                a_partial_line_on_a_terminal_is_ended_before_an_error},
        {"progress stands on a terminal until the reply begins", progress_stands_on_a_terminal_until_the_reply_begins},
        {"progress is for terminals only", progress_is_for_terminals_only},
        CU_TEST_INFO_NULL,
};

static CU_TestInfo byte_tests[] = {
        {"a stream may be cut anywhere", a_stream_may_be_cut_anywhere},
        {"a late reader gets every byte", a_late_reader_gets_every_byte},
        {"a large prompt arrives whole", a_large_prompt_arrives_whole},
        {"asks where a default answers", asks_where_a_default_answers},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"output", NULL, NULL, NULL, NULL, output_tests},
	        {"signals", NULL, NULL, NULL, NULL, signal_tests},
	        {"terminals", NULL, NULL, NULL, NULL, terminal_tests},
	        {"bytes", NULL, NULL, NULL, NULL, byte_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
