/*
 * worker.c - the net thread, and the UI thread's end of its two queues.
 *
 * The code above the line "the net thread" runs on the UI thread, the code below it on the net thread; the struct
 * has a part for each, with the queues between them. A turn of the net thread: take commands, let every stream and watch
 * move on, publish what they wrote, wait for sockets, time or a wake-up.
 */
#include "net/worker.h"

#include <assert.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "base/utf8.h"
#include "base/wake.h"
#include "net/call.h"
#include "net/events.h"
#include "net/farewell.h"
#include "net/slot_watch.h"
#include "net/stream.h"
#include "net/transport.h"
#include "net/watch.h"

enum {
	EVENTS_SIZE = 256 * 1024,  /* bytes: some 2,000 tokens ahead of the screen */
	COMMANDS_SIZE = 64 * 1024, /* bytes: some 1,000 commands */
	NOTE_MAX = 1024,
	NOTES_HELD_MAX = 16 * 1024,
};

enum command_type {
	COMMAND_CHAT,    /* struct chat_command; id: the stream */
	COMMAND_CALL,    /* struct call_command; id: the call */
	COMMAND_CANCEL,  /* id: the stream */
	COMMAND_PATIENT, /* id: the stream */
	COMMAND_WATCH,   /* struct watch_command; id: the watch */
	COMMAND_PROBE,   /* id: the watch */
	COMMAND_UNWATCH, /* id: the watch */
	COMMAND_TAKE_UP, /* struct kept_command; id: the stream */
	COMMAND_STOP,    /* struct kept_command */
	COMMAND_SETTLE,  /* id: that of the NET_SETTLED which answers it */
	COMMAND_WATCH_STOP,   /* struct stop_command; id: the stop's */
	COMMAND_UNWATCH_STOP, /* id: the stop's */
};

struct chat_command {
	const struct model_client *client;
	struct http_request *request; /* goes over to the net thread */
	bool streaming;
};

struct call_command {
	struct http_request *request; /* goes over to the net thread */
	int64_t limit_ms;             /* CALL_FOLLOWS: none */
};

struct kept_command {
	const struct model_client *client;
	char stream_id[NET_STREAM_ID_MAX];
};

struct stop_command {
	uint64_t stream;
	struct slot_trace trace;
};

struct watch_command {
	size_t n;
	const struct model_client *clients[WATCH_CLIENTS_MAX];
};

struct net {
	/* between the threads */
	struct queue *commands, *events;
	struct wake wake; /* rung by the net thread */
	atomic_bool quit; /* a flag, not a command: it must get through when the queue is full */
	pthread_t thread;

	/* the UI thread's */
	uint64_t last_stream;
	struct buf unsent; /* ids of streams to cancel, while the command queue is full */

	atomic_bool wants_notes;

	/* the net thread's */
	struct transport *transport;
	struct stream *streams;
	struct call **calls;
	size_t n_calls;
	struct slot_watches slots;
	struct watch *watches[WATCH_CLIENTS_MAX];
	size_t n_watches;
	struct farewell **farewells;
	size_t n_farewells;
	uint64_t settle; /* somebody waits for the farewells to end; 0: nobody does */
	struct log *log;
	struct event_writer notes;
};

static void *run(void *);

/* ---- the UI thread ---- */

static void
wake_ui(void *arg)
{
	struct net *net = arg;

	wake_ring(&net->wake);
}

static void
wake_net(void *arg)
{
	struct net *net = arg;

	transport_wake(net->transport);
}

static void
release(struct net *net)
{
	queue_free(net->events);
	queue_free(net->commands);
	transport_free(net->transport);
	wake_release(&net->wake);
	buf_release(&net->unsent);
	buf_release(&net->notes.held);
	free(net);
}

struct net *
net_new(struct log *log, struct err *err)
{
	struct net *net = mem_alloc(sizeof(*net));

	net->log = log;
	if (!wake_init(&net->wake, err)) {
		free(net);
		return NULL;
	}
	net->transport = transport_new(err);
	if (net->transport) {
		net->events = queue_new(EVENTS_SIZE, wake_ui, wake_net, net);
		net->commands = queue_new(COMMANDS_SIZE, wake_net, NULL, net);
		net->notes.queue = net->events;
		net->slots.transport = net->transport;
		net->slots.queue = net->events;
		if (thread_start(&net->thread, run, net, err))
			return net;
	}
	release(net);
	return NULL;
}

void
net_free(struct net *net)
{
	if (!net)
		return;
	atomic_store(&net->quit, true);
	transport_wake(net->transport);
	pthread_join(net->thread, NULL);
	release(net);
}

int
net_fd(const struct net *net)
{
	return net->wake.read_fd;
}

bool
net_sleep(struct net *net)
{
	return queue_sleep(net->events);
}

void
net_awake(struct net *net)
{
	queue_wake_up(net->events);
	wake_clear(&net->wake);
}

const struct queue_record *
net_peek(struct net *net)
{
	return queue_peek(net->events);
}

void
net_consume(struct net *net)
{
	queue_consume(net->events);
}

uint64_t
net_new_stream(struct net *net)
{
	return ++net->last_stream;
}

static bool
command(struct net *net, enum command_type type, uint64_t id, const void *data, size_t size)
{
	struct queue_record *r = queue_reserve(net->commands, (uint16_t)type, id, size);

	if (!r)
		return false;
	if (size > 0)
		memcpy(r->data, data, size);
	queue_push(net->commands);
	queue_publish(net->commands);
	return true;
}

/* Cancels must not be lost: what did not fit goes out before the next command. */
static void
send_unsent(struct net *net)
{
	uint64_t id;

	while (net->unsent.len > 0) {
		memcpy(&id, net->unsent.data, sizeof(id));
		if (!command(net, COMMAND_CANCEL, id, NULL, 0))
			return;
		buf_drop(&net->unsent, sizeof(id));
	}
}

bool
net_chat(struct net *net, uint64_t stream, const struct model_client *client, const struct chat_request *request,
        struct err *err)
{
	struct chat_command chat = {client, mem_alloc(sizeof(*chat.request)), request->stream};

	send_unsent(net);
	if (!model_encode(client, request, chat.request, err)) {
		free(chat.request);
		return false;
	}
	if (command(net, COMMAND_CHAT, stream, &chat, sizeof(chat)))
		return true;
	http_request_release(chat.request);
	free(chat.request);
	return err_set(err, ERR_SYSTEM, "too many requests are waiting: try again");
}

bool
net_call(struct net *net, uint64_t id, struct http_request *request, int64_t limit_ms, struct err *err)
{
	struct call_command call = {mem_alloc(sizeof(*call.request)), limit_ms};

	send_unsent(net);
	*call.request = *request;
	*request = (struct http_request){0};
	if (command(net, COMMAND_CALL, id, &call, sizeof(call)))
		return true;
	http_request_release(call.request);
	free(call.request);
	return err_set(err, ERR_SYSTEM, "too many requests are waiting: try again");
}

bool
net_follow(struct net *net, uint64_t id, struct http_request *request, struct err *err)
{
	return net_call(net, id, request, CALL_FOLLOWS, err);
}

void
net_cancel(struct net *net, uint64_t stream)
{
	buf_put(&net->unsent, (const char *)&stream, sizeof(stream));
	send_unsent(net);
}

/* False: a thousand commands wait already. */
static bool
command_kept(
        struct net *net, enum command_type type, uint64_t id, const struct model_client *client, const char *stream_id)
{
	struct kept_command c = {.client = client};

	assert(model_resume(client) && strlen(stream_id) < sizeof(c.stream_id));
	strcpy(c.stream_id, stream_id);
	send_unsent(net);
	return command(net, type, id, &c, sizeof(c));
}

void
net_stop(struct net *net, const struct model_client *client, const char *stream_id)
{
	/* Then it is of no use any more. */
	if (!model_resume(client) || !command_kept(net, COMMAND_STOP, 0, client, stream_id))
		return;
}

bool
net_take_up(struct net *net, uint64_t stream, const struct model_client *client, const char *stream_id, struct err *err)
{
	return command_kept(net, COMMAND_TAKE_UP, stream, client, stream_id) ||
	       err_set(err, ERR_SYSTEM, "too many requests are waiting: try again");
}

/* True: the record with this id came. What else comes is dropped. */
static bool
take_settled(struct net *net, uint64_t id)
{
	const struct queue_record *r;
	bool settled = false;

	while (!settled && (r = net_peek(net))) {
		settled = r->type == NET_SETTLED && r->id == id;
		net_consume(net);
	}
	return settled;
}

void
net_settle(struct net *net, int ms)
{
	int64_t end_ms = clock_ms() + ms, left;
	uint64_t id = net_new_stream(net);
	struct pollfd fd = {.fd = net_fd(net), .events = POLLIN};

	send_unsent(net);
	if (!command(net, COMMAND_SETTLE, id, NULL, 0))
		return;
	while (!take_settled(net, id) && (left = end_ms - clock_ms()) > 0) {
		if (net_sleep(net))
			poll(&fd, 1, (int)left);
		net_awake(net);
	}
}

/* A full queue holds a thousand other commands: then nothing is said of this stop. */
void
net_watch_stop(struct net *net, uint64_t stream, uint64_t id, const struct slot_trace *trace)
{
	struct stop_command c = {stream, *trace};

	(void)command(net, COMMAND_WATCH_STOP, id, &c, sizeof(c));
}

void
net_unwatch_stop(struct net *net, uint64_t id)
{
	(void)command(net, COMMAND_UNWATCH_STOP, id, NULL, 0);
}

void
net_be_patient(struct net *net, uint64_t stream)
{
	send_unsent(net);
	/* A full queue is a busy net thread: it is said again. */
	if (!command(net, COMMAND_PATIENT, stream, NULL, 0))
		return;
}

void
net_watch(struct net *net, uint64_t watch, const struct model_client *const *clients, size_t n)
{
	struct watch_command c = {.n = n};
	bool sent;

	assert(n <= WATCH_CLIENTS_MAX);
	memcpy(c.clients, clients, n * sizeof(*clients));
	sent = command(net, COMMAND_WATCH, watch, &c, sizeof(c));
	assert(sent); /* watches are few, and made when a person asks for them */
	(void)sent;
}

void
net_unwatch(struct net *net, uint64_t watch)
{
	bool sent = command(net, COMMAND_UNWATCH, watch, NULL, 0);

	assert(sent); /* as above */
	(void)sent;
}

void
net_probe(struct net *net, uint64_t watch)
{
	send_unsent(net);
	/* A full queue holds a thousand other commands, and the next probe is near. */
	if (!command(net, COMMAND_PROBE, watch, NULL, 0))
		return;
}

void
net_hasten(int times)
{
	stream_hasten(times);
}

void
net_send_notes(struct net *net)
{
	atomic_store(&net->wants_notes, true);
}

/* ---- the net thread ---- */

/* A line for the log, and for a UI that wants to show it; one that takes nothing for long misses some. */
static void PRINTF_LIKE(2, 3) note(struct net *net, const char *format, ...)
{
	char line[NOTE_MAX];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	log_line(net->log, "%s", line);
	if (n > 0 && atomic_load(&net->wants_notes) && net->notes.held.len < NOTES_HELD_MAX)
		(void)event_write_record(&net->notes, NET_NOTE, line, utf8_floor(line, strlen(line)));
}

static void
do_chat(struct net *net, uint64_t id, const struct chat_command *c)
{
	struct stream *s;

	note(net, "stream %llu: POST %s, %zu bytes", (unsigned long long)id, c->request->url, c->request->body_len);
	s = stream_new(net->transport, net->events, id, c->client, c->request, c->streaming);
	free(c->request);
	s->next = net->streams;
	net->streams = s;
	if (c->streaming)
		slot_watches_wait(&net->slots, id, c->client);
}

static void
do_take_up(struct net *net, uint64_t id, const struct kept_command *c)
{
	struct stream *s = stream_take_up(net->transport, net->events, id, c->client, c->stream_id);

	note(net, "stream %llu: taken up, %s", (unsigned long long)id, c->stream_id);
	s->next = net->streams;
	net->streams = s;
}

static void
do_call(struct net *net, uint64_t id, const struct call_command *c)
{
	note(net, "call %llu: %s %s", (unsigned long long)id, c->request->body ? "POST" : "GET", c->request->url);
	net->calls = mem_realloc(net->calls, (net->n_calls + 1) * sizeof(struct call *));
	net->calls[net->n_calls++] = call_new(net->transport, net->events, id, c->request, c->limit_ms);
	free(c->request);
}

static void
do_cancel(struct net *net, uint64_t id)
{
	for (struct stream *s = net->streams; s; s = s->next)
		if (s->events.id == id)
			stream_cancel(s);
	for (size_t i = 0; i < net->n_calls; i++)
		if (call_id(net->calls[i]) == id)
			call_cancel(net->calls[i]);
}

static void
say_farewell(struct net *net, const struct model_client *client, const char *stream_id, bool twice)
{
	net->farewells = mem_realloc(net->farewells, (net->n_farewells + 1) * sizeof(struct farewell *));
	net->farewells[net->n_farewells++] = farewell_new(net->transport, client, stream_id, twice);
}

static void
do_stop(struct net *net, const struct kept_command *c)
{
	note(net, "stop %s", c->stream_id);
	say_farewell(net, c->client, c->stream_id, false);
}

static void
do_patient(struct net *net, uint64_t id)
{
	for (struct stream *s = net->streams; s; s = s->next)
		if (s->events.id == id)
			s->awaited_ms = clock_ms();
}

static void
do_watch_stop(struct net *net, uint64_t id, const struct stop_command *c)
{
	for (struct stream *s = net->streams; s; s = s->next)
		if (s->events.id == c->stream)
			slot_watches_stop(&net->slots, id, s->client, &c->trace);
}

static void
do_watch(struct net *net, uint64_t id, const struct watch_command *c)
{
	if (net->n_watches < WATCH_CLIENTS_MAX)
		net->watches[net->n_watches++] = watch_new(net->transport, net->events, id, c->clients, c->n);
}

static void
do_unwatch(struct net *net, uint64_t id)
{
	for (size_t i = 0; i < net->n_watches; i++)
		if (watch_id(net->watches[i]) == id) {
			watch_free(net->watches[i]);
			net->watches[i] = net->watches[--net->n_watches];
			return;
		}
}

static void
do_probe(struct net *net, uint64_t id)
{
	for (size_t i = 0; i < net->n_watches; i++)
		if (watch_id(net->watches[i]) == id)
			watch_probe(net->watches[i]);
}

static void
take_commands(struct net *net)
{
	const struct queue_record *r;

	while ((r = queue_peek(net->commands))) {
		switch ((enum command_type)r->type) {
		case COMMAND_CHAT:
			do_chat(net, r->id, (const void *)r->data);
			break;
		case COMMAND_CALL:
			do_call(net, r->id, (const void *)r->data);
			break;
		case COMMAND_CANCEL:
			do_cancel(net, r->id);
			break;
		case COMMAND_PATIENT:
			do_patient(net, r->id);
			break;
		case COMMAND_WATCH:
			do_watch(net, r->id, (const void *)r->data);
			break;
		case COMMAND_UNWATCH:
			do_unwatch(net, r->id);
			break;
		case COMMAND_PROBE:
			do_probe(net, r->id);
			break;
		case COMMAND_TAKE_UP:
			do_take_up(net, r->id, (const void *)r->data);
			break;
		case COMMAND_STOP:
			do_stop(net, (const void *)r->data);
			break;
		case COMMAND_SETTLE:
			net->settle = r->id;
			break;
		case COMMAND_WATCH_STOP:
			do_watch_stop(net, r->id, (const void *)r->data);
			break;
		case COMMAND_UNWATCH_STOP:
			slot_watches_drop(&net->slots, r->id);
			break;
		}
		queue_consume(net->commands);
	}
}

/* A stream says as much about its server as a probe does. */
static void
tell_watches(struct net *net, struct stream *s)
{
	bool failed = s->lost || (s->over && s->end.code != ERR_NONE && s->end.code != ERR_CANCELLED);

	for (size_t i = 0; i < net->n_watches; i++) {
		if (failed)
			watch_doubt(net->watches[i], s->client);
		else if (s->heard)
			watch_heard(net->watches[i], s->client);
	}
	if (s->lost)
		note(net, "stream %llu: the connection was lost after byte %llu", (unsigned long long)s->events.id,
		        (unsigned long long)s->resume.received);
	if (s->heard || s->lost || s->over)
		slot_watches_drop(&net->slots, s->events.id);
	s->heard = s->lost = false;
}

static void
end_stream(struct net *net, struct stream **link)
{
	struct stream *s = *link;

	bool good = s->end.code == ERR_NONE;

	note(net, "stream %llu: %s%s%s", (unsigned long long)s->events.id, good ? "complete" : err_name(s->end.code),
	        good ? "" : ": ", good ? "" : s->end.text);
	tell_watches(net, s);
	if (stream_goes_on(s))
		say_farewell(net, s->client, s->resume.stream_id, !s->headed);
	*link = s->next;
	stream_free(s);
}

static bool
turn_calls(struct net *net, int64_t now_ms)
{
	bool held = false;

	for (size_t i = net->n_calls; i-- > 0;) {
		if (!call_turn(net->calls[i], now_ms)) {
			held |= call_is_held(net->calls[i]);
			continue;
		}
		call_free(net->calls[i]);
		net->calls[i] = net->calls[--net->n_calls];
	}
	return held;
}

static void
turn_farewells(struct net *net, int64_t now_ms)
{
	for (size_t i = net->n_farewells; i-- > 0;) {
		if (!farewell_turn(net->farewells[i], now_ms))
			continue;
		farewell_free(net->farewells[i]);
		net->farewells[i] = net->farewells[--net->n_farewells];
	}
}

/* Streams that were cancelled have ended by now. True: somebody still has to be told. */
static bool
turn_settle(struct net *net)
{
	if (net->settle == 0 || net->n_farewells > 0)
		return false;
	for (const struct stream *s = net->streams; s; s = s->next)
		if (s->over)
			return true;
	if (!queue_reserve(net->events, NET_SETTLED, net->settle, 0))
		return true;
	queue_push(net->events);
	net->settle = 0;
	return false;
}

/* As long as all slots are busy its time-out does not run. */
static void
wait_for_slot(const struct net *net, struct stream *s)
{
	int64_t patient_ms = slot_watches_patient_ms(&net->slots, s->events.id);

	if (patient_ms > s->awaited_ms)
		s->awaited_ms = patient_ms;
}

/* True when something waits for room in the event queue. */
static bool
turn(struct net *net, int64_t now_ms)
{
	bool held = false;

	for (struct stream **link = &net->streams; *link;) {
		struct stream *s = *link;

		wait_for_slot(net, s);
		stream_check_time(s, now_ms);
		if (stream_turn(s)) {
			end_stream(net, link);
			continue;
		}
		tell_watches(net, s);
		held |= stream_is_held(s);
		link = &s->next;
	}
	held |= turn_calls(net, now_ms);
	held |= slot_watches_turn(&net->slots, now_ms);
	for (size_t i = 0; i < net->n_watches; i++)
		held |= !watch_turn(net->watches[i], now_ms);
	turn_farewells(net, now_ms);
	held |= turn_settle(net);
	held |= !event_write_held(&net->notes);
	return held;
}

static int
time_left(const struct net *net, int64_t now_ms)
{
	int64_t next = INT64_MAX;

	for (const struct stream *s = net->streams; s; s = s->next)
		if (stream_deadline_ms(s) < next)
			next = stream_deadline_ms(s);
	for (size_t i = 0; i < net->n_calls; i++)
		if (call_deadline_ms(net->calls[i]) < next)
			next = call_deadline_ms(net->calls[i]);
	for (size_t i = 0; i < net->n_farewells; i++)
		if (farewell_deadline_ms(net->farewells[i]) < next)
			next = farewell_deadline_ms(net->farewells[i]);
	if (slot_watches_deadline_ms(&net->slots) < next)
		next = slot_watches_deadline_ms(&net->slots);
	for (size_t i = 0; i < net->n_watches; i++)
		if (watch_deadline_ms(net->watches[i]) < next)
			next = watch_deadline_ms(net->watches[i]);
	if (next == INT64_MAX)
		return -1;
	if (next <= now_ms)
		return 0;
	return next - now_ms < INT_MAX ? (int)(next - now_ms) : INT_MAX;
}

/* Sockets, commands, and whether the process of a server has ended. */
static void
wait_for_any(struct net *net, int ms)
{
	struct pollfd fds[WATCH_CLIENTS_MAX];
	size_t which[WATCH_CLIENTS_MAX], n = 0;

	for (size_t i = 0; i < net->n_watches; i++)
		if (watch_fd(net->watches[i]) >= 0) {
			fds[n].fd = watch_fd(net->watches[i]);
			which[n++] = i;
		}
	transport_wait(net->transport, ms, fds, n);
	for (size_t i = 0; i < n; i++)
		if (fds[i].revents)
			watch_gone(net->watches[which[i]]);
}

static void
wait(struct net *net, bool held)
{
	int ms = time_left(net, clock_ms());

	if (held && !queue_wait_room(net->events, QUEUE_RECORD_MAX))
		ms = 0;
	if (!queue_sleep(net->commands))
		ms = 0;
	wait_for_any(net, ms);
	queue_wake_up(net->commands);
}

static void *
run(void *arg)
{
	struct net *net = arg;

	while (!atomic_load(&net->quit)) {
		bool held;

		take_commands(net);
		held = turn(net, clock_ms());
		queue_publish(net->events);
		wait(net, held);
	}
	take_commands(net);
	while (net->streams) {
		struct stream *s = net->streams;

		net->streams = s->next;
		stream_free(s);
	}
	for (size_t i = 0; i < net->n_calls; i++)
		call_free(net->calls[i]);
	free(net->calls);
	for (size_t i = 0; i < net->n_farewells; i++)
		farewell_free(net->farewells[i]);
	free(net->farewells);
	slot_watches_release(&net->slots);
	for (size_t i = 0; i < net->n_watches; i++)
		watch_free(net->watches[i]);
	return NULL;
}
