/*
 * process.c - servers that are processes of their own, and end without a word.
 */
#include "net/process.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

enum {
	WATCH = 3,
};

/* Starts a process that has `serve` open something, and say where in a line; it then waits to be killed. -1: it cannot. */
static pid_t
start_server(int (*serve)(const char *what, char *line, size_t size), const char *what, char *line, size_t size)
{
	int fds[2];
	ssize_t n;
	pid_t pid;

	child_pipe(fds);
	pid = fork();
	if (pid == 0) {
		if (serve(what, line, size) < 0 || write(fds[1], line, strlen(line)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	close(fds[1]);
	n = read(fds[0], line, size - 1);
	close(fds[0]);
	line[n > 0 ? n : 0] = '\0';
	if (n > 0)
		return pid;
	waitpid(pid, NULL, 0);
	return -1;
}

static void
kill_server(pid_t pid)
{
	kill(pid, SIGKILL);
	CU_ASSERT(waitpid(pid, NULL, 0) == pid);
}

static int
serve_standin(const char *socket, char *line, size_t size)
{
	struct err err;
	struct standin *s = standin_new("on any\njson 200 {\"status\":\"ok\"}\n", ".", socket, &err);

	if (!s)
		return -1;
	snprintf(line, size, "%s", standin_endpoint(s));
	return 0;
}

static int
serve_address(const char *address, char *line, size_t size)
{
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	struct sockaddr_in four = {.sin_family = AF_INET};
	bool is_six = strchr(address, ':') != NULL;
	struct sockaddr *name = is_six ? (struct sockaddr *)&six : (struct sockaddr *)&four;
	socklen_t len = is_six ? sizeof(six) : sizeof(four);
	int fd = socket(name->sa_family, SOCK_STREAM, 0);

	inet_pton(name->sa_family, address, is_six ? (void *)&six.sin6_addr : (void *)&four.sin_addr);
	if (fd < 0 || bind(fd, name, len) < 0 || listen(fd, 1) < 0 || getsockname(fd, name, &len) < 0)
		return -1;
	snprintf(line, size, "%d", ntohs(is_six ? six.sin6_port : four.sin_port));
	return fd;
}

static bool
has_ended(int process, int ms)
{
	struct pollfd fd = {.fd = process, .events = POLLIN};

	return poll(&fd, 1, ms) == 1;
}

/* Sockets of this machine can be looked at, and so can processes. */
static bool
can_know(void)
{
	char line[64];
	pid_t pid = start_server(serve_address, "127.0.0.1", line, sizeof(line));
	int process = process_of_port("127.0.0.1", strtol(line, NULL, 10));

	kill_server(pid);
	if (process < 0)
		harness_skip("this system does not tell of processes");
	else
		close(process);
	return process >= 0;
}

static void
finds_who_listens(void)
{
	static const struct {
		const char *listens, *asked;
		bool found;
	} rows[] = {
	        {"127.0.0.1", "127.0.0.1", true},
	        {"127.0.0.1", "127.0.0.2", false},
	        {"127.0.0.1", "::1", false},
	        {"127.0.0.1", "localhost", false},
	        {"127.0.0.1", "", false},
	        {"0.0.0.0", "127.0.0.1", true},
	        {"::", "::1", true},
	        {"::", "127.0.0.1", true},
	        {"::1", "::1", true},
	        {"::1", "127.0.0.1", false},
	};

	for (size_t i = 0; can_know() && i < ARRAY_LEN(rows); i++) {
		char line[64];
		pid_t pid = start_server(serve_address, rows[i].listens, line, sizeof(line));
		long port = strtol(line, NULL, 10);
		int process = process_of_port(rows[i].asked, port);

		CU_ASSERT(pid > 0 || strchr(rows[i].listens, ':')); /* there need be no IPv6 */
		if (pid < 0)
			continue;
		HARNESS_CHECK((process >= 0) == rows[i].found, "row %zu", i);
		CU_ASSERT(process < 0 || !has_ended(process, 0));
		kill_server(pid);
		CU_ASSERT(process < 0 || has_ended(process, PATIENCE_MS));
		CU_ASSERT(process_of_port(rows[i].asked, port) == -1);
		close(process);
	}
}

static int
serve_listening_socket(const char *path, char *line, size_t size)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(name.sun_path, sizeof(name.sun_path), "%s", path);
	snprintf(line, size, "bound");
	return fd < 0 || bind(fd, (struct sockaddr *)&name, sizeof(name)) < 0 ? -1 : listen(fd, 1);
}

static int
serve_socket_that_only_is(const char *path, char *line, size_t size)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(name.sun_path, sizeof(name.sun_path), "%s", path);
	snprintf(line, size, "bound");
	return fd < 0 ? -1 : bind(fd, (struct sockaddr *)&name, sizeof(name));
}

/* Others listen too, and one socket is there without listening. */
static void
finds_who_listens_at_a_path(void)
{
	char *dir = child_dir(), *path = mem_printf("%s/s.sock", dir), *other = mem_printf("%s/o.sock", dir);

	if (can_know()) {
		char line[64];
		pid_t silent = start_server(serve_socket_that_only_is, other, line, sizeof(line));
		pid_t pid = start_server(serve_listening_socket, path, line, sizeof(line));
		int process = process_of_socket(path);

		CU_ASSERT_FATAL(silent > 0 && pid > 0);
		CU_ASSERT(process_of_socket(other) == -1);
		CU_ASSERT(process >= 0 && !has_ended(process, 0));
		kill_server(silent);
		CU_ASSERT(!has_ended(process, 0));
		kill_server(pid);
		CU_ASSERT(has_ended(process, PATIENCE_MS));
		close(process);
	}
	child_dir_remove(dir);
	free(path);
	free(other);
	free(dir);
}

static void
does_not_wait_for_itself(void)
{
	char line[64], *dir = child_dir(), *path = mem_printf("%s/s.sock", dir);
	struct err err;
	struct standin *s = standin_new("on any\nclose\n", ".", path, &err);
	int fd = serve_address("127.0.0.1", line, sizeof(line));

	CU_ASSERT(process_of_port("127.0.0.1", strtol(line, NULL, 10)) == -1);
	CU_ASSERT(process_of_socket(path) == -1);
	CU_ASSERT(process_of_socket(dir) == -1);
	close(fd);
	standin_free(s);
	child_dir_remove(dir);
	free(path);
	free(dir);
}

static enum server_state
next_state(struct rig *rig)
{
	const struct queue_record *r = rig_event(rig);
	struct net_server word = {0};

	CU_ASSERT_FATAL(r && r->type == NET_SERVER && r->id == WATCH);
	memcpy(&word, r->data, sizeof(word));
	net_consume(rig->net);
	return word.info.state;
}

/* The next look at it would be in 15 s, which is more than the patience of a test. */
static void
tells_at_once_that_a_server_died(void)
{
	char *dir = child_dir(), *path = mem_printf("%s/s.sock", dir);
	const char *const sockets[] = {NULL, path};

	for (size_t i = 0; can_know() && i < ARRAY_LEN(sockets); i++) {
		char line[256];
		pid_t pid = start_server(serve_standin, sockets[i], line, sizeof(line));
		struct model_settings settings = {.endpoint = line};
		struct rig rig = {0};
		struct err err;

		CU_ASSERT_FATAL(pid > 0);
		rig.client = model_client_new(&settings, &err);
		rig.net = net_new(NULL, &err);
		CU_ASSERT_FATAL(rig.client && rig.net);
		net_watch(rig.net, WATCH, (const struct model_client *const *)&rig.client, 1);
		CU_ASSERT(next_state(&rig) == SERVER_READY);
		kill_server(pid);
		CU_ASSERT(next_state(&rig) == SERVER_NOT_RUNNING);
		rig_release(&rig);
	}
	child_dir_remove(dir);
	free(path);
	free(dir);
}

CU_TestInfo process_tests[] = {
        {"finds who listens", finds_who_listens},
        {"finds who listens at a path", finds_who_listens_at_a_path},
        {"does not wait for itself", does_not_wait_for_itself},
        {"tells at once that a server died", tells_at_once_that_a_server_died},
        CU_TEST_INFO_NULL,
};
