/*
 * standin.c - the listener, and one thread with one poll(2) for every connection. The ledger has what others ask of it, and
 * what it reports.
 */
#include "config.h"

#include "demo/standin.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/descriptors.h"
#include "base/mem.h"
#include "base/thread.h"
#include "base/wake.h"
#include "demo/connection.h"
#include "demo/script.h"
#include "demo/script_reader.h"

enum {
	CONNECTIONS_MAX = 64,
	BACKLOG = 64,
};

struct held {
	const char *name;
	int64_t until_ms;
};

struct standin {
	struct script script;
	size_t *played; /* answers given, per route */
	char *endpoint, *unix_path;
	struct sockaddr_storage address;
	socklen_t address_len;
	int listener; /* -1: refuses */
	pthread_t thread;
	struct wake wake;
	struct connection_host host;
	struct connection connections[CONNECTIONS_MAX];
	size_t n_connections;
	struct held *held; /* what `hold` has said */
	size_t n_held;
	struct kept kept;
	struct ledger ledger;
};

/* ---- what others may ask ---- */

size_t
standin_count(struct standin *s, enum standin_event event)
{
	return ledger_count_of(&s->ledger, event);
}

bool
standin_wait(struct standin *s, enum standin_event event, size_t n, int ms)
{
	return ledger_wait(&s->ledger, event, n, ms);
}

char *
standin_request(struct standin *s, size_t index, size_t *len)
{
	return ledger_request(&s->ledger, index, len);
}

void
standin_go(struct standin *s)
{
	ledger_let_go(&s->ledger);
	wake_ring(&s->wake);
}

void
standin_listen(struct standin *s, bool on)
{
	ledger_want_listening(&s->ledger, on);
	wake_ring(&s->wake);
	ledger_wait_listening(&s->ledger, on);
}

/* ---- what connections report and ask ---- */

static void
count(void *arg, enum standin_event event)
{
	struct standin *s = arg;

	ledger_count(&s->ledger, event);
}

static void
record(void *arg, const char *request, size_t n)
{
	struct standin *s = arg;

	ledger_record(&s->ledger, request, n);
}

static bool
may_go(void *arg)
{
	struct standin *s = arg;

	return ledger_may_go(&s->ledger);
}

/* ---- connections ---- */

static void
drop_connection(struct standin *s, struct connection *c)
{
	connection_release(c);
	*c = s->connections[--s->n_connections];
}

static void
accept_one(struct standin *s)
{
	int fd = descriptors_accept(s->listener);

	if (fd >= 0)
		connection_init(&s->connections[s->n_connections++], fd, &s->host);
}

/* The last answer of a route serves all that follow. */
static size_t
next_answer(void *arg, size_t route)
{
	struct standin *s = arg;
	const struct script_route *r = &s->script.routes[route];
	size_t answer = r->answers[s->played[route]];

	if (s->played[route] + 1 < r->n_answers)
		s->played[route]++;
	return answer;
}

/* ---- what holds for a while ---- */

static struct held *
find_held(struct standin *s, const char *name)
{
	for (size_t i = 0; i < s->n_held; i++)
		if (strcmp(s->held[i].name, name) == 0)
			return &s->held[i];
	return NULL;
}

static void
hold(void *arg, const char *name, long ms)
{
	struct standin *s = arg;
	struct held *held = find_held(s, name);

	if (!held) {
		s->held = mem_realloc(s->held, (s->n_held + 1) * sizeof(*s->held));
		held = &s->held[s->n_held++];
		held->name = name;
	}
	held->until_ms = clock_ms() + ms;
	wake_ring(&s->wake); /* another connection may wait for it */
}

static bool
holds(void *arg, const char *name)
{
	const struct held *held = find_held(arg, name);

	return held && clock_ms() < held->until_ms;
}

/* ---- listening ---- */

/* The listener is open until the new one is bound: the port is never anybody else's. Where that cannot be, it goes before. */
static void
share_port(struct standin *s, int fd)
{
#ifdef SO_REUSEPORT
	int one = 1;

	(void)s;
	setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
#else
	(void)fd;
	if (s->listener >= 0)
		close(s->listener);
	s->listener = -1;
#endif
}

/* Replaces the listener. */
static bool
bind_listener(struct standin *s, struct err *err)
{
	int one = 1, fd = descriptors_socket(s->address.ss_family, SOCK_STREAM, 0);

	if (fd < 0)
		return err_set(err, ERR_SYSTEM, "cannot make a socket: %s", strerror(errno));
	fcntl(fd, F_SETFL, O_NONBLOCK);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	share_port(s, fd);
	if (s->unix_path)
		unlink(s->unix_path);
	if (bind(fd, (struct sockaddr *)&s->address, s->address_len) < 0) {
		close(fd);
		return err_set(err, ERR_SYSTEM, "cannot bind a socket: %s", strerror(errno));
	}
	if (s->listener >= 0)
		close(s->listener);
	s->listener = fd;
	return true;
}

/* Bound but not listening refuses connections, and keeps the port from being somebody else's. `closes`: no old connection
 * outlives the listening either. */
static void
set_listening(struct standin *s, bool on, bool closes)
{
	struct err err;

	if (on)
		listen(s->listener, BACKLOG);
	else if (!bind_listener(s, &err))
		fprintf(stderr, "stand-in: %s\n", err.text);
	/* New connections are refused before the old ones are closed: nobody comes back in between. */
	while (!on && closes && s->n_connections > 0)
		drop_connection(s, s->connections);
	ledger_set_listening(&s->ledger, on);
}

static void
refuse(void *arg)
{
	set_listening(arg, false, false);
}

/* ---- the thread ---- */

/* False: the thread is to end. */
static bool
take_orders(struct standin *s)
{
	bool wanted;

	if (ledger_is_stopped(&s->ledger))
		return false;
	if (ledger_listening(&s->ledger, &wanted) != wanted)
		set_listening(s, wanted, true);
	return true;
}

/* Fills in the poll array; returns the milliseconds to wait. */
static int
prepare(struct standin *s, struct pollfd *fds)
{
	int64_t now = clock_ms(), wait = -1;
	bool wanted, listens = ledger_listening(&s->ledger, &wanted);

	fds[0] = (struct pollfd){s->wake.read_fd, POLLIN, 0};
	fds[1] = (struct pollfd){s->n_connections < CONNECTIONS_MAX && listens ? s->listener : -1, POLLIN, 0};
	for (size_t i = 0; i < s->n_connections; i++) {
		const struct connection *c = &s->connections[i];
		int64_t ms = connection_wait_ms(c, now);

		fds[i + 2] = (struct pollfd){c->fd, connection_events(c), 0};
		if (ms >= 0 && (wait < 0 || ms < wait))
			wait = ms;
	}
	return (int)wait;
}

static void *
run(void *arg)
{
	struct standin *s = arg;
	struct pollfd fds[CONNECTIONS_MAX + 2];

	for (;;) {
		size_t n = s->n_connections;

		if (poll(fds, n + 2, prepare(s, fds)) < 0 && errno != EINTR)
			return NULL;
		if (fds[0].revents)
			wake_clear(&s->wake);
		/* From the last to the first: one that is closed is replaced by the last, which had its turn. */
		while (n-- > 0)
			if (!connection_serve(&s->connections[n], fds[n + 2].revents))
				drop_connection(s, &s->connections[n]);
		if (fds[1].revents)
			accept_one(s);
		if (!take_orders(s))
			return NULL;
	}
}

/* ---- birth and death ---- */

static bool
choose_address(struct standin *s, const char *unix_path, struct err *err)
{
	struct sockaddr_un *local = (struct sockaddr_un *)&s->address;
	struct sockaddr_in *loopback = (struct sockaddr_in *)&s->address;

	if (!unix_path) {
		loopback->sin_family = AF_INET;
		loopback->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		s->address_len = sizeof(*loopback);
		return true;
	}
	if (strlen(unix_path) >= sizeof(local->sun_path))
		return err_set(err, ERR_SYSTEM, "the path of the socket is too long: %s", unix_path);
	local->sun_family = AF_UNIX;
	strcpy(local->sun_path, unix_path);
	s->address_len = sizeof(*local);
	s->unix_path = mem_strdup(unix_path);
	return true;
}

static void
name_endpoint(struct standin *s)
{
	struct sockaddr_in *loopback = (struct sockaddr_in *)&s->address;

	if (s->unix_path) {
		s->endpoint = mem_printf("unix:%s", s->unix_path);
		return;
	}
	getsockname(s->listener, (struct sockaddr *)&s->address, &s->address_len);
	s->endpoint = mem_printf("http://127.0.0.1:%d", ntohs(loopback->sin_port));
}

static bool
start(struct standin *s, struct err *err)
{
	if (!wake_init(&s->wake, err))
		return false;
	if (thread_start(&s->thread, run, s, err))
		return true;
	wake_release(&s->wake);
	return false;
}

static void
release(struct standin *s)
{
	if (s->listener >= 0)
		close(s->listener);
	if (s->unix_path)
		unlink(s->unix_path);
	while (s->n_connections > 0)
		drop_connection(s, s->connections);
	ledger_release(&s->ledger);
	script_release(&s->script);
	kept_release(&s->kept);
	free(s->held);
	free(s->played);
	free(s->unix_path);
	free(s->endpoint);
	free(s);
}

struct standin *
standin_new(const char *script, const char *dir, const char *unix_path, struct err *err)
{
	struct standin *s = mem_alloc(sizeof(*s));

	s->listener = -1;
	s->host = (struct connection_host){
	        &s->script, s, count, record, next_answer, may_go, refuse, hold, holds, &s->kept};
	ledger_init(&s->ledger);
	if (!script_parse(&s->script, script, dir, err) || !choose_address(s, unix_path, err))
		goto failed;
	s->played = mem_alloc((s->script.n_routes + 1) * sizeof(*s->played));
	if (!bind_listener(s, err))
		goto failed;
	if (!s->script.refuse)
		set_listening(s, true, false);
	name_endpoint(s);
	if (start(s, err))
		return s;
failed:
	release(s);
	return NULL;
}

void
standin_free(struct standin *s)
{
	if (!s)
		return;
	ledger_stop(&s->ledger);
	wake_ring(&s->wake);
	pthread_join(s->thread, NULL);
	wake_release(&s->wake);
	release(s);
}

const char *
standin_endpoint(const struct standin *s)
{
	return s->endpoint;
}
