/*
 * worker_thread.c - the net thread. A turn of it: take commands, let every stream and watch move on, publish what they
 * wrote, wait for sockets, time or a wake-up. The text of a reply is passed on while its bytes are read; a turn for each would have
 * nothing to do.
 */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "base/utf8.h"
#include "llama/http_body.h"
#include "net/worker_inside.h"

enum {
	NOTE_MAX = 1024,
	NOTES_HELD_MAX = 16 * 1024,
};

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
add_stream(struct net *net, struct stream *s)
{
	s->next = net->streams;
	net->streams = s;
}

static void
begin_stream(struct net *net, const struct encoding *e, struct http_request *request)
{
	bool streaming = e->order->stream;

	note(net, "stream %llu: POST %s, %zu bytes", (unsigned long long)e->id, request->url,
	        http_body_length(request));
	add_stream(net, stream_new(net->transport, net->events, e->id, e->client, request, streaming));
	if (streaming)
		slot_watches_wait(&net->slots, e->id, e->client);
}

static void
do_take_up(struct net *net, uint64_t id, const struct kept_command *c)
{
	struct stream *s = stream_take_up(net->transport, net->events, id, c->client, c->stream_id);

	note(net, "stream %llu: taken up, %s", (unsigned long long)id, c->stream_id);
	add_stream(net, s);
}

static void
add_call(struct net *net, struct call *call)
{
	net->calls = mem_realloc(net->calls, (net->n_calls + 1) * sizeof(struct call *));
	net->calls[net->n_calls++] = call;
}

static void
call(struct net *net, uint64_t id, struct http_request *request, int64_t limit_ms)
{
	note(net, "call %llu: %s %s", (unsigned long long)id, request->body ? "POST" : "GET", request->url);
	add_call(net, call_new(net->transport, net->events, id, request, limit_ms));
}

static void
do_call(struct net *net, uint64_t id, const struct call_command *c)
{
	call(net, id, c->request, c->limit_ms);
	free(c->request);
}

/* ---- chats that are encoded ---- */

static void
send_encoded(struct net *net, const struct encoding *e, struct http_request *request)
{
	if (e->is_call)
		call(net, e->id, request, e->limit_ms);
	else
		begin_stream(net, e, request);
}

/* A call that was cancelled has no answer. */
static void
refuse_encoded(struct net *net, const struct encoding *e, const struct err *why)
{
	if (!e->is_call)
		add_stream(net, stream_refuse(net->events, e->id, e->client, why));
	else if (!e->cancelled)
		add_call(net, call_refuse(net->events, e->id, why));
}

/* True: it is on its way, or refused. */
static bool
encode_on(struct net *net, struct encoding *e)
{
	struct http_request request;
	struct err err;

	switch (encoding_step(e, &request, &err)) {
	case MODEL_ENCODES:
		return false;
	case MODEL_ENCODED:
		send_encoded(net, e, &request);
		break;
	case MODEL_NOT_ENCODED:
		refuse_encoded(net, e, &err);
		break;
	}
	encoding_free(e);
	return true;
}

/* A chat of the usual length is sent at once. */
static void
do_order(struct net *net, uint64_t id, const struct order_command *c, bool is_call)
{
	struct encoding *e = encoding_new(&(struct encoding){
	        .id = id, .is_call = is_call, .limit_ms = c->limit_ms, .client = c->client, .order = c->order});

	if (encode_on(net, e))
		return;
	net->encodings = mem_realloc(net->encodings, (net->n_encodings + 1) * sizeof(struct encoding *));
	net->encodings[net->n_encodings++] = e;
}

/* A slice of the oldest one. */
static void
turn_encodings(struct net *net)
{
	if (net->n_encodings == 0 || !encode_on(net, net->encodings[0]))
		return;
	net->n_encodings--;
	memmove(net->encodings, net->encodings + 1, net->n_encodings * sizeof(struct encoding *));
}

static void
do_cancel(struct net *net, uint64_t id)
{
	for (size_t i = 0; i < net->n_encodings; i++)
		if (net->encodings[i]->id == id)
			net->encodings[i]->cancelled = true;
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
			do_order(net, r->id, (const void *)r->data, false);
			break;
		case COMMAND_CALL:
			do_call(net, r->id, (const void *)r->data);
			break;
		case COMMAND_CALL_ABOUT:
			do_order(net, r->id, (const void *)r->data, true);
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

	turn_encodings(net);
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

/* INT64_MAX: when something comes. */
static int64_t
next_due_ms(const struct net *net, int64_t now_ms)
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
	return net->n_encodings > 0 ? now_ms : next;
}

static int
time_left(const struct net *net, int64_t now_ms)
{
	if (net->due_ms == INT64_MAX)
		return -1;
	if (net->due_ms <= now_ms)
		return 0;
	return net->due_ms - now_ms < INT_MAX ? (int)(net->due_ms - now_ms) : INT_MAX;
}

/* Sockets, commands, and whether the process of a server has ended. */
static void
wait_for_any(struct net *net, int ms)
{
	struct pollfd fds[WATCH_CLIENTS_MAX];
	size_t which[WATCH_CLIENTS_MAX], n = 0;

	for (size_t i = 0; i < net->n_watches; i++)
		if (watch_fd(net->watches[i]) >= 0) {
			fds[n] = (struct pollfd){.fd = watch_fd(net->watches[i]), .events = POLLIN};
			which[n++] = i;
		}
	transport_wait(net->transport, ms, fds, n);
	for (size_t i = 0; i < n; i++)
		if (fds[i].revents)
			watch_gone(net->watches[which[i]]);
}

static void
wait(struct net *net)
{
	wait_for_any(net, queue_sleep(net->commands) ? time_left(net, clock_ms()) : 0);
	queue_wake_up(net->commands);
}

/* A transfer may open a file: the UI thread, which may be asleep, looks after us. */
static void
tell_begun(struct net *net)
{
	uint64_t started = transport_started(net->transport);

	if (started == net->started_told)
		return;
	net->started_told = started;
	atomic_store(&net->begins, true);
	wake_ring(&net->wake);
}

void
worker_let_go(struct net *net)
{
	if (atomic_fetch_sub(&net->holders, 1) > 1)
		return;
	queue_free(net->events);
	queue_free(net->commands);
	transport_free(net->transport);
	wake_release(&net->wake);
	buf_release(&net->unsent);
	buf_release(&net->notes.held);
	(void)log_close(net->log);
	free(net);
}

static void
take_turn(struct net *net, int64_t now_ms)
{
	bool held;

	take_commands(net);
	held = turn(net, now_ms);
	queue_publish(net->events);
	tell_begun(net);
	net->due_ms = next_due_ms(net, now_ms);
	if (!net->streams && net->n_calls == 0 && net->n_encodings == 0)
		(void)queue_rest(net->events);
	if (held && !queue_wait_room(net->events, QUEUE_RECORD_MAX))
		net->due_ms = now_ms;
}

void *
worker_run(void *arg)
{
	struct net *net = arg;

	atomic_store(&net->number, thread_number());
	transport_load(net->transport);
	while (!atomic_load(&net->quit)) {
		take_turn(net, clock_ms());
		wait(net);
	}
	take_commands(net);
	while (net->streams) {
		struct stream *s = net->streams;

		net->streams = s->next;
		stream_free(s);
	}
	for (size_t i = 0; i < net->n_encodings; i++)
		encoding_free(net->encodings[i]);
	free(net->encodings);
	for (size_t i = 0; i < net->n_calls; i++)
		call_free(net->calls[i]);
	free(net->calls);
	for (size_t i = 0; i < net->n_farewells; i++)
		farewell_free(net->farewells[i]);
	free(net->farewells);
	slot_watches_release(&net->slots);
	for (size_t i = 0; i < net->n_watches; i++)
		watch_free(net->watches[i]);
	atomic_store(&net->ended, true);
	wake_ring(&net->wake);
	worker_let_go(net);
	return NULL;
}
