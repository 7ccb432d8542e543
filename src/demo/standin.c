/*
 * standin.c - one thread with one poll(2) for every connection. A connection reads a request, plays the steps of its
 * answer, then lingers until the client has closed too; nothing it does ever waits. What a test may ask (requests,
 * counts) stands behind a mutex of its own, for this is no part of the program's way of a token.
 */
#include "config.h"

#include "demo/standin.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/wake.h"
#include "demo/script.h"

#ifndef POLLRDHUP
#define POLLRDHUP 0
#endif

enum {
	CONNECTIONS_MAX = 64,
	REQUEST_MAX = 256 * 1024 * 1024,
	BACKLOG = 64,
	STEPS_A_TURN = 256, /* of one connection, before the others have theirs */
};

enum state {
	READING,   /* a request */
	PLAYING,   /* an answer; the rest are pauses of it */
	SENDING,   /* until the socket takes more */
	SLEEPING,  /* until `until` */
	WAITING,   /* for standin_go */
	HANGING,   /* until the client goes */
	LINGERING, /* our side is closed; until the client closes too */
};

struct connection {
	int fd;
	enum state state;
	bool answers;   /* a request, not "on connect" */
	bool continued; /* "100 Continue" was said */
	struct buf in;
	size_t step;
	const char *out; /* what is still to send of the current step */
	size_t out_len;
	size_t cut;
	int64_t until;
	int depth;
	struct {
		size_t start;
		long left; /* 0: for ever */
	} loops[SCRIPT_DEPTH_MAX];
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
	struct connection connections[CONNECTIONS_MAX];
	size_t n_connections;

	pthread_mutex_t lock; /* of all below */
	pthread_cond_t changed;
	size_t counts[STANDIN_EVENTS];
	struct buf *requests;
	size_t n_requests;
	size_t go;                /* waits that may go on */
	bool stop, want, listens; /* listening: as asked for, as it is */
};

/* ---- what a test may ask ---- */

static void
count(struct standin *s, enum standin_event event)
{
	pthread_mutex_lock(&s->lock);
	s->counts[event]++;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

size_t
standin_count(struct standin *s, enum standin_event event)
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = s->counts[event];
	pthread_mutex_unlock(&s->lock);
	return n;
}

bool
standin_wait(struct standin *s, enum standin_event event, size_t n, int ms)
{
	struct timespec until;
	bool reached;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ms % 1000 * 1000000L;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&s->lock);
	while (s->counts[event] < n && pthread_cond_timedwait(&s->changed, &s->lock, &until) != ETIMEDOUT)
		;
	reached = s->counts[event] >= n;
	pthread_mutex_unlock(&s->lock);
	return reached;
}

char *
standin_request(struct standin *s, size_t index, size_t *len)
{
	char *request = NULL;

	pthread_mutex_lock(&s->lock);
	if (index < s->n_requests) {
		struct buf copy = {0};

		if (len)
			*len = s->requests[index].len;
		buf_put(&copy, s->requests[index].data, s->requests[index].len);
		request = buf_take(&copy);
	}
	pthread_mutex_unlock(&s->lock);
	return request;
}

void
standin_go(struct standin *s)
{
	pthread_mutex_lock(&s->lock);
	s->go++;
	pthread_mutex_unlock(&s->lock);
	wake_ring(&s->wake);
}

void
standin_listen(struct standin *s, bool on)
{
	pthread_mutex_lock(&s->lock);
	s->want = on;
	wake_ring(&s->wake);
	while (s->listens != on)
		pthread_cond_wait(&s->changed, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

static void
record(struct standin *s, const char *request, size_t n)
{
	struct buf copy = {0};

	buf_put(&copy, request, n);
	pthread_mutex_lock(&s->lock);
	s->requests = mem_realloc(s->requests, (s->n_requests + 1) * sizeof(*s->requests));
	s->requests[s->n_requests++] = copy;
	pthread_mutex_unlock(&s->lock);
	count(s, STANDIN_REQUEST);
}

static bool
may_go(struct standin *s)
{
	bool may;

	pthread_mutex_lock(&s->lock);
	may = s->go > 0;
	if (may)
		s->go--;
	pthread_mutex_unlock(&s->lock);
	return may;
}

/* ---- connections ---- */

static void
close_connection(struct standin *s, struct connection *c, bool reset)
{
	struct linger at_once = {1, 0};

	if (reset)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(c->fd);
	buf_release(&c->in);
	*c = s->connections[--s->n_connections];
	count(s, STANDIN_CLOSED);
}

static void
begin(struct connection *c, size_t step, bool answers)
{
	c->step = step;
	c->state = PLAYING;
	c->answers = answers;
	c->cut = 0;
	c->depth = 0;
}

static void
accept_one(struct standin *s)
{
	int fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK), one = 1;
	struct connection *c = &s->connections[s->n_connections];

	if (fd < 0)
		return;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	*c = (struct connection){.fd = fd};
	buf_init(&c->in, REQUEST_MAX);
	s->n_connections++;
	count(s, STANDIN_CONNECTED);
	if (s->script.connect >= 0)
		begin(c, (size_t)s->script.connect, false);
}

/* A header's value inside a head, or NULL; `name` ends with its colon. */
static const char *
find_header(const char *head, const char *name)
{
	size_t n = strlen(name);

	for (const char *line = strstr(head, "\r\n"); line; line = strstr(line + 2, "\r\n"))
		if (strncasecmp(line + 2, name, n) == 0)
			return line + 2 + n + strspn(line + 2 + n, " ");
	return NULL;
}

/* The length of the request that begins `in`, head and body, or 0 while it is not whole. Bodies are those that
 * Content-Length announces. */
static size_t
request_length(struct connection *c)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	char *end = c->in.len > 0 ? strstr(c->in.data, "\r\n\r\n") : NULL;
	const char *value;
	size_t len;

	if (!end)
		return 0;
	end[2] = '\0'; /* for the searches not to run into the body */
	len = (size_t)(end - c->in.data) + 4;
	value = find_header(c->in.data, "Content-Length:");
	if (value)
		len += strtoul(value, NULL, 10);
	if (len > c->in.len && !c->continued && find_header(c->in.data, "Expect:"))
		c->continued = send(c->fd, go_on, sizeof(go_on) - 1, MSG_NOSIGNAL) > 0;
	end[2] = '\r';
	return len <= c->in.len ? len : 0;
}

/* "METHOD PATH HTTP/1.1": the steps that answer it, from the script or, where no route fits, ours. */
static void
choose_answer(struct standin *s, struct connection *c)
{
	char method[16] = "", path[1024] = "";
	const struct script_route *route;
	long i;

	sscanf(c->in.data, "%15s %1023s", method, path);
	i = script_route(&s->script, method, path);
	if (i < 0) {
		begin(c, s->script.not_found, true);
		return;
	}
	route = &s->script.routes[i];
	begin(c, route->answers[s->played[i]], true);
	if (s->played[i] + 1 < route->n_answers)
		s->played[i]++;
}

static void
take_request(struct standin *s, struct connection *c)
{
	size_t n = request_length(c);

	if (n == 0) {
		if (c->in.len > 0 && (c->in.data[0] < 'A' || c->in.data[0] > 'Z'))
			begin(c, s->script.bad_request, true);
		return;
	}
	record(s, c->in.data, n);
	choose_answer(s, c);
	buf_drop(&c->in, n);
	c->continued = false;
}

/* False: the client has closed, or is past the bound. */
static bool
receive(struct connection *c)
{
	char bytes[65536];
	ssize_t n = recv(c->fd, bytes, sizeof(bytes), 0);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	return n > 0 && (c->state == LINGERING || buf_append(&c->in, bytes, (size_t)n));
}

/* ---- steps ---- */

/* One piece of what is to be sent. False: the client is gone. */
static bool
send_piece(struct standin *s, struct connection *c)
{
	size_t want = c->cut > 0 && c->cut < c->out_len ? c->cut : c->out_len;
	ssize_t n = send(c->fd, c->out, want, MSG_NOSIGNAL);

	if (n < 0 && errno != EAGAIN && errno != EINTR)
		return false;
	if (n < 0) {
		c->state = SENDING;
		count(s, STANDIN_BLOCKED);
		return true;
	}
	c->out += n;
	c->out_len -= (size_t)n;
	if (c->cut > 0)
		sched_yield(); /* lets the client read it alone, more often than not */
	return true;
}

static void
loop_end(struct connection *c)
{
	if (c->loops[c->depth - 1].left == 1) {
		c->depth--;
		return;
	}
	if (c->loops[c->depth - 1].left > 0)
		c->loops[c->depth - 1].left--;
	c->step = c->loops[c->depth - 1].start;
}

static bool
bind_listener(struct standin *s, struct err *err)
{
	int one = 1;

	s->listener = socket(s->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->listener < 0)
		return err_set(err, ERR_SYSTEM, "cannot make a socket: %s", strerror(errno));
	setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (s->unix_path)
		unlink(s->unix_path);
	if (bind(s->listener, (struct sockaddr *)&s->address, s->address_len) < 0)
		return err_set(err, ERR_SYSTEM, "cannot bind a socket: %s", strerror(errno));
	return true;
}

/* Bound but not listening refuses connections, and keeps the port from being somebody else's. `closes`: no old connection
 * outlives the listening either. */
static void
set_listening(struct standin *s, bool on, bool closes)
{
	struct err err;

	if (on) {
		listen(s->listener, BACKLOG);
	} else {
		close(s->listener);
		if (!bind_listener(s, &err))
			fprintf(stderr, "stand-in: %s\n", err.text);
	}
	/* New connections are refused before the old ones are closed: nobody comes back in between. */
	while (!on && closes && s->n_connections > 0)
		close_connection(s, s->connections, false);
	pthread_mutex_lock(&s->lock);
	s->listens = s->want = on;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

static void
end_answer(struct standin *s, struct connection *c, enum state state)
{
	if (c->answers)
		count(s, STANDIN_ANSWERED);
	c->state = state;
}

/* Plays one step that is not sending. False: the connection was closed. */
static bool
play_step(struct standin *s, struct connection *c)
{
	const struct script_step *step = &s->script.steps[c->step];

	if (step->op == SCRIPT_WAIT && !may_go(s)) {
		c->state = WAITING;
		return true;
	}
	c->step++;
	switch (step->op) {
	case SCRIPT_SEND:
		c->out = step->bytes;
		c->out_len = step->len;
		break;
	case SCRIPT_CUT:
		c->cut = (size_t)step->n;
		break;
	case SCRIPT_DELAY:
		c->until = clock_ms() + step->n;
		c->state = SLEEPING;
		break;
	case SCRIPT_WAIT:
		break;
	case SCRIPT_REPEAT:
		c->loops[c->depth].start = c->step;
		c->loops[c->depth++].left = step->n;
		break;
	case SCRIPT_END:
		loop_end(c);
		break;
	case SCRIPT_SHUTDOWN:
		shutdown(c->fd, SHUT_WR);
		break;
	case SCRIPT_REFUSE:
		set_listening(s, false, false);
		break;
	case SCRIPT_KEEP:
		end_answer(s, c, READING);
		take_request(s, c);
		break;
	case SCRIPT_CLOSE:
		shutdown(c->fd, SHUT_WR);
		end_answer(s, c, LINGERING);
		break;
	case SCRIPT_RESET:
		count(s, STANDIN_ANSWERED);
		close_connection(s, c, true);
		return false;
	case SCRIPT_HANG:
		c->state = HANGING;
		break;
	}
	return true;
}

static void
play(struct standin *s, struct connection *c)
{
	for (int n = 0; n < STEPS_A_TURN && c->state == PLAYING; n++)
		if (c->out_len > 0) {
			if (!send_piece(s, c)) {
				count(s, STANDIN_LEFT);
				close_connection(s, c, false);
				return;
			}
		} else if (!play_step(s, c)) {
			return;
		}
}

/* What poll said about a connection. */
static void
serve(struct standin *s, struct connection *c, short events)
{
	bool reads = c->state == READING || c->state == LINGERING;

	if (!reads && (events & (POLLRDHUP | POLLHUP | POLLERR))) {
		count(s, STANDIN_LEFT);
		close_connection(s, c, false);
		return;
	}
	if (reads && events) {
		if (!receive(c)) {
			close_connection(s, c, false);
			return;
		}
		if (c->state == READING)
			take_request(s, c);
	}
	if ((c->state == SENDING && (events & POLLOUT)) || c->state == WAITING ||
	        (c->state == SLEEPING && c->until <= clock_ms()))
		c->state = PLAYING;
	if (c->state == PLAYING)
		play(s, c);
}

/* ---- the thread ---- */

/* False: the thread is to end. */
static bool
take_orders(struct standin *s)
{
	bool stop, want, differs;

	pthread_mutex_lock(&s->lock);
	stop = s->stop;
	want = s->want;
	differs = s->want != s->listens;
	pthread_mutex_unlock(&s->lock);
	if (stop || !differs)
		return !stop;
	set_listening(s, want, true);
	return true;
}

static short
wanted_events(const struct connection *c)
{
	if (c->state == READING || c->state == LINGERING)
		return POLLIN;
	return c->state == SENDING ? POLLOUT | POLLRDHUP : POLLRDHUP;
}

/* Fills in the poll array; returns the milliseconds to wait. */
static int
prepare(struct standin *s, struct pollfd *fds)
{
	int64_t now = clock_ms(), wait = -1;

	fds[0] = (struct pollfd){s->wake.read_fd, POLLIN, 0};
	fds[1] = (struct pollfd){s->n_connections < CONNECTIONS_MAX && s->listens ? s->listener : -1, POLLIN, 0};
	for (size_t i = 0; i < s->n_connections; i++) {
		const struct connection *c = &s->connections[i];
		int64_t left = c->state == PLAYING ? 0 : c->state == SLEEPING && c->until > now ? c->until - now : 0;

		fds[i + 2] = (struct pollfd){c->fd, wanted_events(c), 0};
		if ((c->state == PLAYING || c->state == SLEEPING) && (wait < 0 || left < wait))
			wait = left;
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
		wake_clear(&s->wake);
		/* From the last to the first: one that is closed is replaced by the last, which had its turn. */
		while (n-- > 0)
			serve(s, &s->connections[n], fds[n + 2].revents);
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
	sigset_t all, before;
	int failed;

	if (!wake_init(&s->wake, err))
		return false;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&s->thread, NULL, run, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!failed)
		return true;
	wake_release(&s->wake);
	return err_set(err, ERR_SYSTEM, "cannot start a thread: %s", strerror(failed));
}

static void
release(struct standin *s)
{
	if (s->listener >= 0)
		close(s->listener);
	if (s->unix_path)
		unlink(s->unix_path);
	while (s->n_connections > 0)
		close_connection(s, s->connections, false);
	for (size_t i = 0; i < s->n_requests; i++)
		buf_release(&s->requests[i]);
	free(s->requests);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->changed);
	script_release(&s->script);
	free(s->played);
	free(s->unix_path);
	free(s->endpoint);
	free(s);
}

static void
init_lock(struct standin *s)
{
	pthread_condattr_t attr;

	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->changed, &attr);
	pthread_condattr_destroy(&attr);
}

struct standin *
standin_new(const char *script, const char *dir, const char *unix_path, struct err *err)
{
	struct standin *s = mem_alloc(sizeof(*s));

	s->listener = -1;
	init_lock(s);
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
	pthread_mutex_lock(&s->lock);
	s->stop = true;
	pthread_mutex_unlock(&s->lock);
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
