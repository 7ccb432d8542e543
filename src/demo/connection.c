/*
 * connection.c - one connection of the stand-in: reads a request, plays the steps of its answer, then lingers until the
 * client has closed too. Nothing here waits: a pause is a state that poll(2) ends.
 */
#include "config.h"

#include "demo/connection.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "demo/route.h"

#ifndef MSG_NOSIGNAL /* SIGPIPE is ignored then */
#define MSG_NOSIGNAL 0
#endif

/* What tells that the client has left, while it is not read from. */
#ifdef POLLRDHUP
enum { LEAVING = POLLRDHUP };
#else
enum { LEAVING = POLLIN };
#endif

enum {
	REQUEST_MAX = 256 * 1024 * 1024,
	STEPS_A_TURN = 256, /* before the other connections have theirs */
};

enum state {
	READING,   /* a request */
	PLAYING,   /* an answer; the rest are pauses of it */
	SENDING,   /* until the socket takes more */
	SLEEPING,  /* until `until` */
	WAITING,   /* for standin_go, or for what is to hold */
	HANGING,   /* until the client goes */
	LINGERING, /* our side is closed; until the client closes too */
};

static void
count(struct connection *c, enum standin_event event)
{
	c->host->count(c->host->arg, event);
}

/* ---- requests ---- */

static void
begin(struct connection *c, size_t step, bool answers)
{
	c->step = step;
	c->state = PLAYING;
	c->answers = answers;
	c->cut = 0;
	c->depth = 0;
	c->resumed = false;
	c->skip = 0;
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

/* ---- streams that are kept ---- */

/* The value of `name` in a query; its length goes to `len`. NULL: it is not there. */
static const char *
query_value(const char *path, const char *name, size_t *len)
{
	const char *at = strstr(path, name);

	if (!at)
		return NULL;
	at += strlen(name);
	*len = strcspn(at, "&");
	return at;
}

static void
go_on_with(struct connection *c, const struct kept_stream *stream, const char *path)
{
	size_t len;
	const char *from = query_value(path, "from=", &len);

	if (!stream) {
		begin(c, c->host->script->not_found, true);
		return;
	}
	begin(c, stream->step, true);
	c->resumed = true;
	c->skip = from ? strtoul(from, NULL, 10) : 0;
}

static void
tell_kept(struct connection *c, const char *body)
{
	buf_clear(&c->piece);
	kept_tell(c->host->kept, body, &c->piece);
	begin(c, c->host->script->closing, true);
	c->out = c->piece.data;
	c->out_len = c->piece.len;
}

/* True: the request was one for a stream that is kept, and has its answer. */
static bool
answer_for_kept(struct connection *c, const char *method, const char *path, const char *body)
{
	static const char stream[] = "/v1/stream?", lookup[] = "/v1/streams/lookup";
	struct kept *kept = c->host->kept;
	size_t len = 0;
	const char *id = query_value(path, "conv_id=", &len);

	if (strcmp(path, lookup) == 0) {
		tell_kept(c, body);
		return true;
	}
	if (strncmp(path, stream, strlen(stream)) != 0 || !id)
		return false;
	if (strcmp(method, "DELETE") == 0) {
		kept_forget(kept, id, len);
		begin(c, c->host->script->deleted, true);
	} else {
		go_on_with(c, kept_find(kept, id, len), path);
	}
	return true;
}

/* A chat request that names a stream: its answer is kept. */
static void
keep_named(struct connection *c, const char *request)
{
	char *head = mem_strndup(request, (size_t)(strstr(request, "\r\n\r\n") + 2 - request));
	const char *id = find_header(head, "X-Conversation-Id:");

	if (id)
		kept_add(c->host->kept, id, strcspn(id, "\r"), c->step);
	free(head);
}

/* "METHOD PATH HTTP/1.1", a request of n bytes: the steps that answer it, from the script or, where no route fits, ours. */
static void
choose_answer(struct connection *c, size_t n)
{
	char method[16] = "", path[1024] = "", *request = c->in.data, next = request[n];
	struct route_request q = {method, path, strstr(request, "\r\n\r\n") + 4, c->host->holds, c->host->arg};
	long i;

	sscanf(request, "%15s %1023s", method, path);
	request[n] = '\0'; /* what follows is the next request */
	i = route_find(c->host->script, &q);
	c->tokens = route_count_tokens(q.body);
	c->known = route_count_known(q.body);
	if (i >= 0 || !c->host->script->resumes || !answer_for_kept(c, method, path, q.body))
		begin(c, i < 0 ? c->host->script->not_found : c->host->answer(c->host->arg, (size_t)i), true);
	if (i >= 0 && c->host->script->resumes)
		keep_named(c, request);
	request[n] = next;
}

static void
take_request(struct connection *c)
{
	size_t n = request_length(c);

	if (n == 0) {
		if (c->in.len > 0 && (c->in.data[0] < 'A' || c->in.data[0] > 'Z'))
			begin(c, c->host->script->bad_request, true);
		return;
	}
	c->host->record(c->host->arg, c->in.data, n);
	choose_answer(c, n);
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
send_piece(struct connection *c)
{
	size_t want = c->cut > 0 && c->cut < c->out_len ? c->cut : c->out_len;
	ssize_t n = send(c->fd, c->out, want, MSG_NOSIGNAL);

	if (n < 0 && errno != EAGAIN && errno != EINTR)
		return false;
	if (n < 0) {
		c->state = SENDING;
		count(c, STANDIN_BLOCKED);
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
client_left(struct connection *c)
{
	count(c, STANDIN_LEFT);
	return false;
}

static void
end_answer(struct connection *c, enum state state)
{
	if (c->answers)
		count(c, STANDIN_ANSWERED);
	c->state = state;
}

/* What is left to send of a piece of the body is a chunk of its own. */
static void
send_rest_of_piece(struct connection *c, const struct script_step *step)
{
	const char *piece = step->bytes + step->len - 2 - step->n;
	size_t n = (size_t)step->n - c->skip;

	buf_clear(&c->piece);
	buf_printf(&c->piece, "%zx\r\n", n);
	buf_put(&c->piece, piece + c->skip, n);
	buf_puts(&c->piece, "\r\n");
	c->out = c->piece.data;
	c->out_len = c->piece.len;
	c->skip = 0;
	c->resumed = false;
}

/* True: the step comes after a connection that goes on with an answer. */
static bool
pass_over(struct connection *c, const struct script_step *step)
{
	if (step->op == SCRIPT_LOSE)
		return c->resumed;
	if (c->skip == 0)
		return false;
	if (step->op != SCRIPT_SEND || step->n == 0)
		return step->op == SCRIPT_DELAY || step->op == SCRIPT_WAIT || step->op == SCRIPT_UNTIL;
	if ((size_t)step->n <= c->skip) {
		c->skip -= (size_t)step->n;
		return true;
	}
	send_rest_of_piece(c, step);
	return true;
}

static bool
waits_at(struct connection *c, const struct script_step *step)
{
	return (step->op == SCRIPT_WAIT && !c->host->may_go(c->host->arg)) ||
	       (step->op == SCRIPT_UNTIL && !c->host->holds(c->host->arg, step->bytes));
}

static void
say_count(struct connection *c)
{
	char body[64];
	int n = snprintf(body, sizeof(body), "{\"input_tokens\":%ld,\"object\":\"response.input_tokens\"}", c->tokens);

	c->out = c->counted;
	c->out_len = (size_t)snprintf(c->counted, sizeof(c->counted),
	        "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nContent-Type: application/json; charset=utf-8\r\n"
	        "Content-Length: %d\r\n\r\n%s",
	        n, body);
}

/* The piece with the numbers of the request, as a chunk. */
static void
say_timings(struct connection *c, const struct script_step *step)
{
	const long numbers[SCRIPT_MARKS] = {[SCRIPT_MARK_CACHED] = c->known,
	        [SCRIPT_MARK_READ] = c->tokens - c->known,
	        [SCRIPT_MARK_PROMPT] = c->tokens,
	        [SCRIPT_MARK_ALL] = c->tokens + step->n};
	struct buf body = {0};

	for (const char *s = step->bytes; *s; s++)
		if (*s > 0 && *s < SCRIPT_MARKS)
			buf_printf(&body, "%ld", numbers[(int)*s]);
		else
			buf_putc(&body, *s);
	buf_clear(&c->piece);
	buf_printf(&c->piece, "%zx\r\n%s\r\n", body.len, buf_text(&body));
	c->out = c->piece.data;
	c->out_len = c->piece.len;
	buf_release(&body);
}

/* A step that says something, or tells how. False: it is none of these. */
static bool
play_saying(struct connection *c, const struct script_step *step)
{
	switch (step->op) {
	case SCRIPT_SEND:
		c->out = step->bytes;
		c->out_len = step->len;
		c->resumed &= step->n == 0;
		break;
	case SCRIPT_CUT:
		c->cut = (size_t)step->n;
		break;
	case SCRIPT_COUNT:
		say_count(c);
		break;
	case SCRIPT_TIMINGS:
		say_timings(c, step);
		break;
	default:
		return false;
	}
	return true;
}

/* One that is about the script's course or the server. False: it is none of these. */
static bool
play_course(struct connection *c, const struct script_step *step)
{
	switch (step->op) {
	case SCRIPT_DELAY:
		c->until = clock_ms() + step->n;
		c->state = SLEEPING;
		break;
	case SCRIPT_WAIT:
	case SCRIPT_UNTIL:
		break;
	case SCRIPT_HOLD:
		c->host->hold(c->host->arg, step->bytes, step->n);
		break;
	case SCRIPT_REPEAT:
		c->loops[c->depth].start = c->step;
		c->loops[c->depth++].left = step->n;
		break;
	case SCRIPT_END:
		loop_end(c);
		break;
	case SCRIPT_REFUSE:
		c->host->refuse(c->host->arg);
		break;
	case SCRIPT_FORGET:
		kept_release(c->host->kept);
		break;
	default:
		return false;
	}
	return true;
}

/* One that ends the answer, or the connection. False: the connection is at its end. */
static bool
play_end(struct connection *c, const struct script_step *step)
{
	switch (step->op) {
	case SCRIPT_SHUTDOWN:
		shutdown(c->fd, SHUT_WR);
		break;
	case SCRIPT_KEEP:
		end_answer(c, READING);
		take_request(c);
		break;
	case SCRIPT_CLOSE:
		shutdown(c->fd, SHUT_WR);
		end_answer(c, LINGERING);
		break;
	case SCRIPT_LOSE:
	case SCRIPT_RESET:
		count(c, STANDIN_ANSWERED);
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
		return false;
	case SCRIPT_HANG:
		c->state = HANGING;
		break;
	default:
		assert(false); /* the other two know all others */
	}
	return true;
}

/* Plays one step that is not sending. False: the connection is at its end. */
static bool
play_step(struct connection *c)
{
	const struct script_step *step = &c->host->script->steps[c->step];

	if (pass_over(c, step)) {
		c->step++;
		return true;
	}
	if (waits_at(c, step)) {
		c->state = WAITING;
		return true;
	}
	c->step++;
	return play_saying(c, step) || play_course(c, step) || play_end(c, step);
}

static bool
play(struct connection *c)
{
	for (int n = 0; n < STEPS_A_TURN && c->state == PLAYING; n++)
		if (c->out_len > 0) {
			if (!send_piece(c))
				return client_left(c);
		} else if (!play_step(c)) {
			return false;
		}
	return true;
}

/* ---- what standin.c calls ---- */

void
connection_init(struct connection *c, int fd, const struct connection_host *host)
{
	int one = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	*c = (struct connection){.fd = fd, .host = host};
	buf_init(&c->in, REQUEST_MAX);
	count(c, STANDIN_CONNECTED);
	if (host->script->connect >= 0)
		begin(c, (size_t)host->script->connect, false);
}

void
connection_release(struct connection *c)
{
	close(c->fd);
	buf_release(&c->in);
	buf_release(&c->piece);
	count(c, STANDIN_CLOSED);
}

short
connection_events(const struct connection *c)
{
	if (c->state == READING || c->state == LINGERING)
		return POLLIN;
	return (short)((c->state == SENDING ? POLLOUT : 0) | (c->says_more ? 0 : LEAVING));
}

int64_t
connection_wait_ms(const struct connection *c, int64_t now)
{
	if (c->state == PLAYING)
		return 0;
	if (c->state != SLEEPING)
		return -1;
	return c->until > now ? c->until - now : 0;
}

/* Behind a pause that is over. */
static void
go_on(struct connection *c, short events)
{
	if ((c->state == SENDING && (events & POLLOUT)) || c->state == WAITING ||
	        (c->state == SLEEPING && c->until <= clock_ms()))
		c->state = PLAYING;
}

/* POLLIN may also be for bytes that nobody asked for: it is not waited for again then. */
static bool
has_left(struct connection *c, short events)
{
	char byte;

	if (events & (POLLHUP | POLLERR))
		return true;
	if (LEAVING == POLLIN && (events & POLLIN))
		c->says_more = recv(c->fd, &byte, 1, MSG_PEEK) > 0;
	return (events & LEAVING) && !c->says_more;
}

bool
connection_serve(struct connection *c, short events)
{
	bool reads = c->state == READING || c->state == LINGERING;

	if (!reads && has_left(c, events))
		return client_left(c);
	if (reads && events && !receive(c))
		return false;
	if (c->state == READING && events)
		take_request(c);
	go_on(c, events);
	return play(c);
}
