/*
 * screen-one.c - the first floor of bench/screen: one thread, one socket, and what it brings goes to the screen at once.
 * Usage: screen-one http://127.0.0.1:PORT
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "floor.h"

static const char request[] = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}";

static int
ask(const char *endpoint)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_port = htons((uint16_t)atoi(strrchr(endpoint, ':') + 1));
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	        send(fd, request, sizeof(request) - 1, 0) < 0)
		return -1;
	return fd;
}

static void
put(void *arg, const char *text, size_t n)
{
	(void)arg;
	floor_put(text, n);
}

/* False: the reply is over. */
static bool
take(int fd, struct buf *in)
{
	char bytes[65536];
	ssize_t n = recv(fd, bytes, sizeof(bytes), 0);

	if (n <= 0)
		return false;
	buf_put(in, bytes, (size_t)n);
	floor_events(in, put, NULL);
	return true;
}

int
main(int argc, char **argv)
{
	struct pollfd fds[2] = {{STDIN_FILENO, POLLIN, 0}, {-1, POLLIN, 0}};
	enum floor_key key = FLOOR_NOTHING;
	struct buf in = {0};

	if (argc != 2)
		return 2;
	floor_open();
	while (key != FLOOR_QUIT && poll(fds, 2, -1) > 0) {
		key = fds[0].revents ? floor_read() : FLOOR_NOTHING;
		if (key == FLOOR_ENTER && fds[1].fd < 0)
			fds[1].fd = ask(argv[1]);
		if (fds[1].revents && !take(fds[1].fd, &in)) {
			close(fds[1].fd);
			fds[1].fd = -1;
			fds[1].revents = 0;
		}
		floor_show();
	}
	floor_close();
	buf_release(&in);
	return 0;
}
