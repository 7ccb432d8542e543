/*
 * wiretap.c - what goes to a server, byte for byte: `wiretap PORT FILE` listens on a free port of 127.0.0.1, which it writes to
 * standard output, passes connections on to that port there, one after the other, and appends what clients send to the file.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int
fail(const char *what)
{
	perror(what);
	return 1;
}

static struct sockaddr_in
address(int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
	        .sin_port = htons((uint16_t)port),
	        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

static int
listen_somewhere(void)
{
	struct sockaddr_in a = address(0);
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, size) < 0 || listen(fd, 8) < 0 ||
	        getsockname(fd, (struct sockaddr *)&a, &size) < 0)
		return -1;
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

static int
connect_to(int port)
{
	struct sockaddr_in a = address(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool
send_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* False: one of the two has closed. */
static bool
pass_on(int from, int to, FILE *record)
{
	char bytes[16384];
	ssize_t n = read(from, bytes, sizeof(bytes));

	if (n <= 0)
		return false;
	if (record && (fwrite(bytes, 1, (size_t)n, record) < (size_t)n || fflush(record) != 0))
		return false;
	return send_all(to, bytes, (size_t)n);
}

static void
pass_all(int client, int server, FILE *record)
{
	struct pollfd fds[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
	bool open = true;

	while (open && poll(fds, 2, -1) > 0) {
		if (fds[0].revents)
			open = pass_on(client, server, record);
		if (open && fds[1].revents)
			open = pass_on(server, client, NULL);
	}
}

int
main(int argc, char **argv)
{
	FILE *record = argc == 3 ? fopen(argv[2], "a") : NULL;
	int listening, client;

	if (!record)
		return fail("wiretap PORT FILE");
	listening = listen_somewhere();
	if (listening < 0)
		return fail("wiretap");
	while ((client = accept(listening, NULL, NULL)) >= 0) {
		int server = connect_to(atoi(argv[1]));

		if (server >= 0)
			pass_all(client, server, record);
		close(server);
		close(client);
	}
	return fail("accept");
}
