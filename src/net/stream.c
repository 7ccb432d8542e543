/*
 * stream.c - bytes of one reply on their way from the socket to the queue.
 *
 * The transfer's callback feeds the reply in place. When the queue is full the rest of the bytes is kept and the
 * transfer paused: a callback that returned CURL_WRITEFUNC_PAUSE in mid-chunk would be given the chunk again. The
 * callbacks may not close the transfer that calls them, so they only mark the stream; stream_turn closes it.
 */
#include "net/stream.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/timed_out.h"

static bool
on_event(void *arg, const struct chat_event *event)
{
	struct stream *s = arg;

	return event_write(&s->events, event);
}

static void
set_over(struct stream *s, const struct err *why)
{
	s->over = true;
	s->end = *why;
	buf_release(&s->rest);
}

/* The body has ended, well or badly, and all that came of it has been fed. */
static void
finish(struct stream *s, const struct err *broken)
{
	struct err why = {.code = ERR_NONE};

	if (!reply_finish(s->reply, broken, &why))
		set_over(s, &why);
	else
		set_over(s, &(struct err){.code = ERR_NONE});
}

/* Feeds the reply; returns how many bytes it took before the queue was full. */
static size_t
feed(struct stream *s, const char *bytes, size_t n)
{
	struct err err;
	size_t used = 0;

	switch (reply_feed(s->reply, bytes, n, &used, &err)) {
	case REPLY_MORE:
		return n;
	case REPLY_HELD:
		return used;
	case REPLY_DONE:
		finish(s, NULL);
		return n;
	case REPLY_FAILED:
		set_over(s, &err);
		return n;
	}
	return n;
}

static void
on_head(void *arg, const struct http_head *head)
{
	struct stream *s = arg;

	s->heard = true;
	if (!s->over)
		reply_head(s->reply, head);
}

static void
on_body(void *arg, const char *bytes, size_t n)
{
	struct stream *s = arg;
	size_t used = 0;

	s->heard = true;
	if (s->over)
		return;
	if (!stream_is_held(s))
		used = feed(s, bytes, n);
	if (s->over || (used == n && !stream_is_held(s)))
		return;
	buf_put(&s->rest, bytes + used, n - used);
	s->paused = true;
	transfer_pause(s->transfer);
}

static void
on_end(void *arg, const struct err *broken)
{
	struct stream *s = arg;

	s->ended = true;
	s->broke = broken != NULL;
	if (broken)
		s->broken = *broken;
}

static const struct transfer_handler handler = {on_head, on_body, on_end};

struct stream *
stream_new(struct transport *transport, struct queue *queue, uint64_t id, const struct model_client *client,
        struct http_request *request, bool streaming)
{
	struct stream *s = mem_alloc(sizeof(*s));
	struct err err;

	s->client = client;
	s->events.queue = queue;
	s->events.id = id;
	s->started_ms = clock_ms();
	s->whole = !streaming;
	s->reply = reply_new(client, streaming, (struct reply_sink){on_event, s});
	s->transfer = transport_start(transport, request, &handler, s, &err);
	if (!s->transfer)
		set_over(s, &err);
	return s;
}

void
stream_free(struct stream *s)
{
	transfer_free(s->transfer);
	reply_free(s->reply);
	buf_release(&s->events.held);
	buf_release(&s->rest);
	free(s);
}

bool
stream_is_held(const struct stream *s)
{
	return s->events.held.len > 0 || s->rest.len > 0;
}

static void
feed_rest(struct stream *s)
{
	size_t used = feed(s, s->rest.data, s->rest.len);

	if (s->over)
		return;
	if (used < s->rest.len)
		buf_drop(&s->rest, used);
	else
		buf_release(&s->rest);
}

void
stream_cancel(struct stream *s)
{
	struct err why;

	/* What has arrived is kept, whether there was room for it or not. */
	while (!s->over && s->rest.len > 0)
		feed_rest(s);
	if (s->over)
		return;
	err_set(&why, ERR_CANCELLED, "stopped");
	set_over(s, &why);
}

/* ---- silence ---- */

int64_t
stream_deadline_ms(const struct stream *s)
{
	if (s->client->timeout_ms == 0 || s->over || s->ended || (stream_is_held(s) && !s->whole))
		return INT64_MAX;
	return (s->whole ? s->started_ms : transfer_last_byte_ms(s->transfer)) + s->client->timeout_ms;
}

void
stream_check_time(struct stream *s, int64_t now_ms)
{
	struct err broken;

	if (now_ms < stream_deadline_ms(s))
		return;
	timed_out(&broken, s->whole ? "no whole reply came from" : "nothing came from", s->client->endpoint.text,
	        s->client->timeout_ms);
	finish(s, &broken);
}

/* ---- a turn of the loop ---- */

static void
resume(struct stream *s)
{
	if (!s->paused || stream_is_held(s))
		return;
	s->paused = false;
	if (!s->ended)
		transfer_resume(s->transfer);
}

bool
stream_turn(struct stream *s)
{
	if (!s->over && !event_write_held(&s->events))
		return false;
	if (!s->over && s->rest.len > 0)
		feed_rest(s);
	if (!s->over && s->ended && s->rest.len == 0)
		finish(s, s->broke ? &s->broken : NULL);
	if (!s->over) {
		resume(s);
		return false;
	}
	transfer_free(s->transfer);
	s->transfer = NULL;
	if (!s->end_written)
		event_write_record(&s->events, NET_END, &s->end, sizeof(s->end));
	s->end_written = true;
	return event_write_held(&s->events);
}
