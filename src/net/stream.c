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
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/resume.h"
#include "net/timed_out.h"

static bool
on_event(void *arg, const struct chat_event *event)
{
	struct stream *s = arg;

	return event_write(&s->events, event);
}

static void
tell_connection(struct stream *s, bool lost)
{
	(void)event_write(&s->events, &(struct chat_event){.type = CHAT_EVENT_CONNECTION, .lost = lost});
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

/* ---- what the transfer brings ---- */

/* Of an answer to a try: true when the rest follows. */
static bool
confirm_rest(struct stream *s, const struct http_head *head)
{
	enum resume_answer answer = resume_judge(head);

	s->resume.confirmed = answer == RESUME_REST;
	s->resume.past = answer == RESUME_PAST;
	s->resume.gone = answer == RESUME_GONE || s->resume.past;
	if (answer != RESUME_LATER)
		tell_connection(s, false);
	return s->resume.confirmed;
}

static void
on_head(void *arg, const struct http_head *head)
{
	struct stream *s = arg;

	s->heard = true;
	if (s->over || (s->resume.trying && !confirm_rest(s, head)))
		return;
	if (!s->headed)
		reply_head(s->reply, head);
	if (!s->resume.trying)
		s->resume.gone = head->status >= 300;
	s->headed = true;
}

/* True: these are bytes of the reply. */
static bool
count_received(struct stream *s, size_t n)
{
	struct stream_resume *r = &s->resume;

	if (r->trying && !r->confirmed)
		return false;
	r->received += n;
	r->tries = 0;
	return true;
}

/* Nobody has to look after a stream that goes on as it did. */
static bool
on_body(void *arg, const char *bytes, size_t n)
{
	struct stream *s = arg;
	size_t used = 0;

	s->heard = true;
	if (s->over || !count_received(s, n))
		return true;
	if (!stream_is_held(s))
		used = feed(s, bytes, n);
	if (s->over)
		return true; /* the last text is shown with the end, which the next turn tells */
	queue_publish(s->events.queue); /* libcurl has more to do before the net thread's next turn */
	if (used == n && !stream_is_held(s))
		return false;
	buf_put(&s->rest, bytes + used, n - used);
	s->paused = true;
	transfer_pause(s->transfer);
	return true;
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

static struct stream *
new_of(struct transport *transport, struct queue *queue, uint64_t id, const struct model_client *client,
        const char *stream_id, bool streaming)
{
	struct stream *s = mem_alloc(sizeof(*s));

	s->transport = transport;
	s->client = client;
	s->resume.stream_id = mem_strdup(stream_id);
	s->events.queue = queue;
	s->events.id = id;
	s->started_ms = clock_ms();
	s->whole = !streaming;
	s->reply = reply_new(client, streaming, (struct reply_sink){on_event, s});
	return s;
}

struct stream *
stream_new(struct transport *transport, struct queue *queue, uint64_t id, const struct model_client *client,
        struct http_request *request, bool streaming)
{
	struct stream *s = new_of(transport, queue, id, client, request->stream_id, streaming);
	struct err err;

	s->transfer = transport_start(transport, request, &handler, s, &err);
	if (!s->transfer)
		set_over(s, &err);
	return s;
}

struct stream *
stream_refuse(struct queue *queue, uint64_t id, const struct model_client *client, const struct err *why)
{
	struct stream *s = new_of(NULL, queue, id, client, NULL, true);

	set_over(s, why);
	return s;
}

void
stream_free(struct stream *s)
{
	transfer_free(s->transfer);
	reply_free(s->reply);
	buf_release(&s->events.held);
	buf_release(&s->rest);
	free(s->resume.stream_id);
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

/* ---- a connection that was lost ---- */

/* Before each try to take the reply up again, since the last byte of it came. */
static const int waits_ms[] = {200, 1000, 5000};

enum {
	ANSWER_MS = 5000, /* for the head of the answer to a try */
};

static int hastened = 1;

void
stream_hasten(int times)
{
	hastened = times;
}

/* A server that has not said a word may speak another protocol, and one that is silent may stand still: of these one try is
 * enough. */
static int
tries_for(const struct stream *s, bool silent)
{
	bool spoke = s->headed || transfer_has_answer(s->transfer);

	return silent || !spoke ? 1 : (int)ARRAY_LEN(waits_ms);
}

/* The rest is asked for in a while. False: it is not, or not again. */
static bool
try_later(struct stream *s, const struct err *broken, bool silent, int64_t now_ms)
{
	struct stream_resume *r = &s->resume;
	bool first = r->tries == 0;

	if (!r->stream_id || r->gone || !reply_lacks_rest(s->reply, broken != NULL))
		return false;
	if (first) {
		r->tries_max = tries_for(s, silent);
		r->broke = broken != NULL;
		r->broken = broken ? *broken : (struct err){.code = ERR_NONE};
		s->lost = true;
		tell_connection(s, true);
	}
	if (r->tries >= r->tries_max)
		return false;
	r->next_ms = now_ms + waits_ms[r->tries++] / hastened;
	transfer_free(s->transfer);
	s->transfer = NULL;
	s->ended = s->broke = s->paused = false;
	return true;
}

static void
try_now(struct stream *s, int64_t now_ms)
{
	struct stream_resume *r = &s->resume;
	struct http_request request;

	model_resume(s->client)->rest(s->client, r->stream_id, r->received, &request);
	r->next_ms = 0;
	r->trying = true;
	r->confirmed = false;
	r->started_ms = now_ms;
	s->transfer = transport_start(s->transport, &request, &handler, s, &s->broken);
	s->ended = s->broke = s->transfer == NULL;
}

struct stream *
stream_take_up(struct transport *transport, struct queue *queue, uint64_t id, const struct model_client *client,
        const char *stream_id)
{
	struct stream *s = new_of(transport, queue, id, client, stream_id, true);

	s->resume.taken_up = true;
	s->resume.tries = 1;
	s->resume.tries_max = (int)ARRAY_LEN(waits_ms);
	try_now(s, s->started_ms);
	return s;
}

/* The connection of a reply that is not complete has ended: whether it is worth another try. */
static bool
is_lost(const struct stream *s)
{
	const struct stream_resume *r = &s->resume;

	if (!r->trying)
		return !s->broke || transfer_was_lost(s->transfer);
	/* An empty rest that ends as it should: there is no more. */
	return s->broke || !r->confirmed || r->tries == 0;
}

/* One that was taken up, and of which the server has not all. */
static void
finish_gone(struct stream *s)
{
	struct err why;

	err_set(&why, ERR_INCOMPLETE, "the server does not have the whole reply any more");
	set_over(s, &why);
}

/* What is said of the reply is how it was lost at first, not why the tries failed. */
static void
finish_lost(struct stream *s)
{
	struct stream_resume *r = &s->resume;

	r->gone |= r->trying && r->confirmed && r->tries > 0 && !s->broke;
	r->out_of_reach = r->trying && !r->gone && !r->confirmed;
	if (r->taken_up && r->gone && !s->headed)
		finish_gone(s);
	else if (r->trying && (r->gone || r->tries > 0))
		finish(s, r->broke ? &r->broken : s->broke ? &s->broken : NULL);
	else
		finish(s, s->broke ? &s->broken : NULL);
}

bool
stream_goes_on(const struct stream *s)
{
	const struct stream_resume *r = &s->resume;

	return r->stream_id && (!r->gone || r->past) && !r->out_of_reach && s->end.code != ERR_NONE;
}

/* ---- silence ---- */

static int64_t
answer_ms(const struct model_client *client)
{
	return client->timeout_ms > 0 && client->timeout_ms < ANSWER_MS ? client->timeout_ms : ANSWER_MS;
}

static bool
awaits_answer(const struct stream *s)
{
	return s->resume.trying && !s->resume.confirmed && !s->ended;
}

static int64_t
waits_since_ms(const struct stream *s)
{
	int64_t since_ms =
	        s->whole && !transfer_awaits_token(s->transfer) ? s->started_ms : transfer_last_byte_ms(s->transfer);

	return since_ms > s->awaited_ms ? since_ms : s->awaited_ms;
}

int64_t
stream_deadline_ms(const struct stream *s)
{
	if (s->resume.next_ms && !s->over)
		return s->resume.next_ms;
	if (awaits_answer(s) && !s->over)
		return s->resume.started_ms + answer_ms(s->client);
	if (s->client->timeout_ms == 0 || s->over || s->ended || (stream_is_held(s) && !s->whole))
		return INT64_MAX;
	return waits_since_ms(s) + s->client->timeout_ms;
}

void
stream_check_time(struct stream *s, int64_t now_ms)
{
	struct err broken;

	if (now_ms < stream_deadline_ms(s))
		return;
	if (s->resume.next_ms) {
		try_now(s, now_ms);
		return;
	}
	if (awaits_answer(s)) {
		err_set(&broken, ERR_TIMEOUT, "no answer");
		if (!try_later(s, &broken, true, now_ms))
			finish_lost(s);
		return;
	}
	timed_out(&broken, s->client->server_name, s->whole ? "no whole reply came from" : "nothing came from",
	        s->client->endpoint.text, s->client->timeout_ms);
	if (s->whole || s->rest.len > 0 || !try_later(s, &broken, true, now_ms))
		finish(s, &broken);
}

/* ---- a turn of the loop ---- */

static void
end_of_body(struct stream *s)
{
	if (!is_lost(s) || !try_later(s, s->broke ? &s->broken : NULL, false, clock_ms()))
		finish_lost(s);
}

static void
unpause(struct stream *s)
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
		end_of_body(s);
	if (!s->over) {
		unpause(s);
		return false;
	}
	transfer_free(s->transfer);
	s->transfer = NULL;
	if (!s->end_written)
		event_write_record(&s->events, NET_END, &s->end, sizeof(s->end));
	s->end_written = true;
	return event_write_held(&s->events);
}
