/*
 * cutter.c - one thread with one poll(2). A connection is a pair of sockets; the first bytes of the request say which reply it is
 * about, by the name of its stream.
 */
#include "tests/cutter.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PAIRS_MAX = 64,
	REPLIES_MAX = 4096,
	NAME_SIZE = 64,
	CUTS_MAX = 3,
};

struct reply {
	char name[NAME_SIZE];
	int cuts_left;
	size_t passed; /* bytes of its answers */
};

struct pair {
	int client, server;
	struct reply *reply; /* NULL: it passes whole, or nothing is known yet */
	bool known;
	size_t left; /* bytes of the answer until the cut; 0: there is none */
};

struct cutter {
	int listener, port, upstream;
	int stop[2]; /* a pipe: written to, it stops */
	uint64_t random;
	size_t within;
	struct pair pairs[PAIRS_MAX];
	size_t n_pairs;
	struct reply replies[REPLIES_MAX];
	atomic_size_t n_replies, cuts;
};

static uint64_t
next_random(struct cutter *c)
{
	c->random += 0x9e3779b97f4a7c15;
	uint64_t z = c->random;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* From 1 to n. */
static size_t
choose(struct cutter *c, size_t n)
{
	return 1 + (size_t)(next_random(c) % (n > 0 ? n : 1));
}

/* ---- which reply it is about ---- */

static struct reply *
find_reply(struct cutter *c, const char *name)
{
	size_t n = atomic_load(&c->n_replies);

	for (size_t i = 0; i < n; i++)
		if (strcmp(c->replies[i].name, name) == 0)
			return &c->replies[i];
	if (n == REPLIES_MAX)
		return NULL;
	snprintf(c->replies[n].name, NAME_SIZE, "%s", name);
	c->replies[n].cuts_left = (int)choose(c, CUTS_MAX);
	atomic_store(&c->n_replies, n + 1);
	return &c->replies[n];
}

static bool
read_name(const char *request, const char *before, char name[static NAME_SIZE])
{
	const char *at = strstr(request, before);
	size_t n;

	if (!at)
		return false;
	at += strlen(before);
	n = strcspn(at, " &\r\n");
	if (n == 0 || n >= NAME_SIZE)
		return false;
	memcpy(name, at, n);
	name[n] = '\0';
	return true;
}

/* Cuts are spread over what is left of the reply. */
static void
plan_cut(struct cutter *c, struct pair *p)
{
	struct reply *r = p->reply;

	if (r && r->cuts_left > 0 && r->passed < c->within)
		p->left = choose(c, (c->within - r->passed) / (size_t)r->cuts_left);
}

static void
judge(struct cutter *c, struct pair *p, const char *request)
{
	static const char chat[] = "POST /v1/chat/completions ", rest[] = "GET /v1/stream?";
	char name[NAME_SIZE];

	p->known = true;
	if ((strncmp(request, chat, strlen(chat)) == 0 && read_name(request, "X-Conversation-Id: ", name)) ||
	        (strncmp(request, rest, strlen(rest)) == 0 && read_name(request, "conv_id=", name)))
		p->reply = find_reply(c, name);
	plan_cut(c, p);
}

/* ---- passing on ---- */

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

static bool
pass_request(struct cutter *c, struct pair *p)
{
	char bytes[65536];
	ssize_t n = recv(p->client, bytes, sizeof(bytes) - 1, 0);

	if (n <= 0)
		return false;
	bytes[n] = '\0';
	if (!p->known)
		judge(c, p, bytes);
	return send_all(p->server, bytes, (size_t)n);
}

static bool
cut(struct cutter *c, struct pair *p)
{
	if (next_random(c) % 2)
		setsockopt(p->client, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
	p->reply->cuts_left--;
	atomic_fetch_add(&c->cuts, 1);
	return false;
}

static bool
pass_answer(struct cutter *c, struct pair *p)
{
	char bytes[65536];
	size_t most = p->left > 0 && p->left < sizeof(bytes) ? p->left : sizeof(bytes);
	ssize_t n = recv(p->server, bytes, most, 0);

	if (n <= 0 || !send_all(p->client, bytes, (size_t)n))
		return false;
	if (p->reply)
		p->reply->passed += (size_t)n;
	if (p->left == 0)
		return true;
	p->left -= (size_t)n;
	return p->left > 0 || cut(c, p);
}

/* ---- connections ---- */

static int
connect_to(int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
	        .sin_port = htons((uint16_t)port),
	        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
accept_one(struct cutter *c)
{
	int client = accept(c->listener, NULL, NULL), server;

	if (client < 0)
		return;
	server = connect_to(c->upstream);
	if (server < 0) {
		close(client);
		return;
	}
	c->pairs[c->n_pairs++] = (struct pair){.client = client, .server = server};
}

static void
drop_pair(struct cutter *c, size_t i)
{
	close(c->pairs[i].client);
	close(c->pairs[i].server);
	c->pairs[i] = c->pairs[--c->n_pairs];
}

static void
serve(struct cutter *c, const struct pollfd *fds)
{
	for (size_t i = c->n_pairs; i-- > 0;) {
		struct pair *p = &c->pairs[i];

		if ((fds[2 * i].revents && !pass_request(c, p)) || (fds[2 * i + 1].revents && !pass_answer(c, p)))
			drop_pair(c, i);
	}
}

void
cutter_run(struct cutter *c)
{
	struct pollfd fds[2 * PAIRS_MAX + 2];

	for (;;) {
		size_t n = 2 * c->n_pairs;

		for (size_t i = 0; i < c->n_pairs; i++) {
			fds[2 * i] = (struct pollfd){c->pairs[i].client, POLLIN, 0};
			fds[2 * i + 1] = (struct pollfd){c->pairs[i].server, POLLIN, 0};
		}
		fds[n] = (struct pollfd){c->n_pairs < PAIRS_MAX ? c->listener : -1, POLLIN, 0};
		fds[n + 1] = (struct pollfd){c->stop[0], POLLIN, 0};
		if (poll(fds, n + 2, -1) < 0 || fds[n + 1].revents)
			return;
		serve(c, fds);
		if (fds[n].revents)
			accept_one(c);
	}
}

/* ---- birth and death ---- */

static bool
listen_somewhere(struct cutter *c)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof(a);

	c->listener = socket(AF_INET, SOCK_STREAM, 0);
	if (c->listener < 0 || bind(c->listener, (struct sockaddr *)&a, size) < 0 ||
	        listen(c->listener, PAIRS_MAX) < 0 || getsockname(c->listener, (struct sockaddr *)&a, &size) < 0)
		return false;
	c->port = ntohs(a.sin_port);
	return true;
}

struct cutter *
cutter_new(int port, uint64_t seed, size_t within)
{
	struct cutter *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	c->upstream = port;
	c->random = seed;
	c->within = within;
	if (pipe(c->stop) == 0 && listen_somewhere(c))
		return c;
	free(c);
	return NULL;
}

int
cutter_port(const struct cutter *c)
{
	return c->port;
}

void
cutter_stop(struct cutter *c)
{
	if (write(c->stop[1], "", 1) < 0)
		abort();
}

void
cutter_free(struct cutter *c)
{
	while (c->n_pairs > 0)
		drop_pair(c, 0);
	close(c->listener);
	close(c->stop[0]);
	close(c->stop[1]);
	free(c);
}

size_t
cutter_cuts(const struct cutter *c)
{
	return atomic_load(&c->cuts);
}

size_t
cutter_replies(const struct cutter *c)
{
	return atomic_load(&c->n_replies);
}
