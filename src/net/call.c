/*
 * call.c - the answer is kept until it is whole; the events of one that is followed leave at once. A queue without room for them
 * pauses the transfer.
 */
#include "net/call.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "llama/sse.h"
#include "net/events.h"

enum {
	BODY_MAX = 4 * 1024 * 1024, /* bytes; the rest of an answer is dropped */
	OK = 200,
};

struct call {
	struct transfer *transfer; /* NULL once it was closed */
	struct event_writer events;
	int64_t deadline_ms;
	struct sse_parser *sse; /* NULL: it does not follow */
	bool paused;
	struct buf body;
	struct net_answer answer;
	bool ended, written;
};

/* ---- the events of an answer ---- */

static bool
follows(const struct call *c)
{
	return c->sse && c->answer.status == OK;
}

static void
write_event(struct call *c, const struct sse_field *event)
{
	size_t n = event->len <= QUEUE_RECORD_MAX ? event->len : 0;

	(void)event_write_record(&c->events, NET_EVENT, event->value, n);
}

static void
feed_events(struct call *c, const char *bytes, size_t n)
{
	struct sse_field field;
	enum sse_item item;

	while ((item = sse_next(c->sse, &bytes, &n, &field)) != SSE_NONE && item != SSE_TOO_LONG)
		if (item == SSE_EVENT)
			write_event(c, &field);
	if (item == SSE_TOO_LONG && !c->ended) {
		c->ended = true;
		err_set(&c->answer.broken, ERR_LIMIT, "the server sent an event that is too long");
	}
}

static void
pause_when_full(struct call *c)
{
	if (c->paused || c->events.held.len == 0)
		return;
	c->paused = true;
	transfer_pause(c->transfer);
}

static void
resume_with_room(struct call *c)
{
	if (!c->paused || c->events.held.len > 0)
		return;
	c->paused = false;
	if (!c->ended)
		transfer_resume(c->transfer);
}

/* ---- the transfer ---- */

static void
on_head(void *arg, const struct http_head *head)
{
	struct call *c = arg;

	c->answer.status = head->status;
	if (follows(c))
		(void)event_write_record(&c->events, NET_EVENT, NULL, 0);
}

static bool
on_body(void *arg, const char *bytes, size_t n)
{
	struct call *c = arg;
	bool fits = true;

	if (c->ended)
		return true;
	if (follows(c)) {
		feed_events(c, bytes, n);
		pause_when_full(c);
	} else {
		fits = buf_append(&c->body, bytes, n);
	}
	(void)fits; /* what passes the bound is left out */
	return true;
}

static void
on_end(void *arg, const struct err *broken)
{
	struct call *c = arg;

	if (c->ended)
		return;
	c->ended = true;
	if (broken)
		c->answer.broken = *broken;
}

static const struct transfer_handler handler = {on_head, on_body, on_end};

static struct call *
new_of(struct queue *queue, uint64_t id)
{
	struct call *c = mem_alloc(sizeof(*c));

	c->events.queue = queue;
	c->events.id = id;
	return c;
}

struct call *
call_refuse(struct queue *queue, uint64_t id, const struct err *why)
{
	struct call *c = new_of(queue, id);

	c->answer.broken = *why;
	c->ended = true;
	return c;
}

struct call *
call_new(struct transport *transport, struct queue *queue, uint64_t id, struct http_request *request, int64_t limit_ms)
{
	struct call *c = new_of(queue, id);

	c->deadline_ms = limit_ms == CALL_FOLLOWS ? INT64_MAX : clock_ms() + limit_ms;
	c->sse = limit_ms == CALL_FOLLOWS ? sse_new() : NULL;
	buf_init(&c->body, BODY_MAX);
	c->transfer = transport_start(transport, request, &handler, c, &c->answer.broken);
	c->ended = !c->transfer;
	return c;
}

void
call_free(struct call *c)
{
	transfer_free(c->transfer);
	sse_free(c->sse);
	buf_release(&c->body);
	buf_release(&c->events.held);
	free(c);
}

uint64_t
call_id(const struct call *c)
{
	return c->events.id;
}

void
call_cancel(struct call *c)
{
	c->ended = c->written = true;
}

int64_t
call_deadline_ms(const struct call *c)
{
	return c->ended ? INT64_MAX : c->deadline_ms;
}

bool
call_is_held(const struct call *c)
{
	return c->events.held.len > 0;
}

static void
check_time(struct call *c, int64_t now_ms)
{
	if (c->ended || now_ms < c->deadline_ms)
		return;
	c->ended = true;
	err_set(&c->answer.broken, ERR_TIMEOUT, "the server did not answer");
}

static void
write_answer(struct call *c)
{
	for (size_t at = 0; at < c->body.len; at += QUEUE_RECORD_MAX) {
		size_t left = c->body.len - at;

		(void)event_write_record(&c->events, NET_ANSWER_BODY, c->body.data + at,
		        left < QUEUE_RECORD_MAX ? left : QUEUE_RECORD_MAX);
	}
	(void)event_write_record(&c->events, NET_ANSWER, &c->answer, sizeof(c->answer));
	c->written = true;
}

bool
call_turn(struct call *c, int64_t now_ms)
{
	bool all;

	check_time(c, now_ms);
	if (c->ended && !c->written)
		write_answer(c);
	all = event_write_held(&c->events);
	resume_with_room(c);
	return all && c->written;
}
