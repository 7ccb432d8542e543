/*
 * client.c - waiting for one reply of the net thread.
 */
#include "net/client.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "llama/token_pack.h"
#include "net/events.h"

enum {
	LULL_AGAIN_MS = 250, /* after the last event: the caller has time to save what came */
};

void
chat_response_init(struct chat_response *r)
{
	*r = (struct chat_response){.usage = {-1, -1, -1}};
}

void
chat_response_release(struct chat_response *r)
{
	buf_release(&r->content);
	buf_release(&r->reasoning);
	buf_release(&r->finish_reason);
	buf_release(&r->model);
	buf_release(&r->tokens);
}

struct call {
	struct net *net;
	uint64_t stream;
	bool (*event)(void *arg, const struct chat_event *);
	void *arg;
	bool cancelled, ended;
	bool stuck; /* the net thread is: no end will come */
	bool told;  /* an event was passed on since the last lull */
	struct err end;
};

static void
cancel(struct call *c)
{
	if (!c->cancelled)
		net_cancel(c->net, c->stream);
	c->cancelled = true;
}

static void
take(struct call *c, const struct queue_record *r)
{
	struct chat_event event;

	if (r->id != c->stream || event_is_of_watch(r))
		return;
	if (r->type == NET_END) {
		memcpy(&c->end, r->data, sizeof(c->end));
		c->ended = true;
	} else if (!c->cancelled && event_read(r, &event) && !c->event(c->arg, &event)) {
		cancel(c);
	}
}

/* Tells all that is in the queue, and then that there is a lull. */
static void
take_all(struct call *c)
{
	const struct queue_record *r;

	while (!c->ended && (r = net_peek(c->net))) {
		take(c, r);
		net_consume(c->net);
		c->told = true;
	}
	if (!c->cancelled && !c->event(c->arg, &(struct chat_event){.type = CHAT_EVENT_LULL}))
		cancel(c);
}

static void
wait_for_more(struct call *c, int cancel_fd)
{
	struct pollfd fds[] = {{.fd = net_fd(c->net), .events = POLLIN}, {.fd = cancel_fd, .events = POLLIN}};
	int again_ms, ms = net_sleep(c->net) ? (c->told ? LULL_AGAIN_MS : -1) : 0;

	c->stuck = net_is_late(c->net, &again_ms);
	ms = clock_sooner(ms, c->stuck ? 0 : again_ms);
	c->told = false;
	if (poll(fds, c->cancelled ? 1 : 2, ms) > 0 && fds[1].revents)
		cancel(c);
	net_awake(c->net, fds[0].revents != 0);
}

bool
chat_stream(struct net *net, const struct model_client *client, const struct chat_request *request,
        bool (*event)(void *arg, const struct chat_event *), void *arg, int cancel_fd, struct err *err)
{
	struct call c = {.net = net, .stream = net_new_stream(net), .event = event, .arg = arg};

	if (!net_chat(net, c.stream, client, chat_order_copy(request), err))
		return false;
	while (!c.ended && !c.stuck) {
		wait_for_more(&c, cancel_fd);
		take_all(&c);
	}
	if (c.ended && c.end.code == ERR_NONE && !c.cancelled)
		return true;
	if (c.cancelled)
		return err_set(err, ERR_CANCELLED, "stopped");
	if (!c.ended)
		return net_set_late(err);
	*err = c.end;
	return false;
}

/* ---- is it there? ---- */

bool
client_probe(struct net *net, const struct model_client *const *clients, size_t n, int cancel_fd,
        struct net_server *found, struct err *err)
{
	struct call c = {.net = net, .stream = net_new_stream(net)};
	const struct queue_record *r;

	net_watch(net, c.stream, clients, n);
	for (;;) {
		while ((r = net_peek(net))) {
			bool mine = r->id == c.stream && r->type == NET_SERVER;

			if (mine)
				memcpy(found, r->data, sizeof(*found));
			net_consume(net);
			if (mine)
				return true;
		}
		wait_for_more(&c, cancel_fd);
		if (c.cancelled)
			return err_set(err, ERR_CANCELLED, "stopped");
		if (c.stuck)
			return net_set_late(err);
	}
}

/* ---- small requests ---- */

/* True: it is the last record of the answer. */
static bool
take_answer(const struct queue_record *r, int *status, struct buf *body)
{
	struct net_answer answer;

	if (r->type == NET_ANSWER_BODY)
		buf_put(body, (const char *)r->data, r->size);
	if (r->type != NET_ANSWER)
		return false;
	memcpy(&answer, r->data, sizeof(answer));
	*status = answer.broken.code == ERR_NONE ? answer.status : 0;
	return true;
}

bool
client_get(struct net *net, struct http_request *request, int limit_ms, int cancel_fd, int *status, struct buf *body,
        struct err *err)
{
	struct call c = {.net = net, .stream = net_new_stream(net)};
	const struct queue_record *r;
	bool over = !net_call(net, c.stream, request, limit_ms, err);

	*status = 0;
	while (!over) {
		while (!over && (r = net_peek(net))) {
			over = r->id == c.stream && !event_is_of_watch(r) && take_answer(r, status, body);
			net_consume(net);
		}
		if (!over)
			wait_for_more(&c, cancel_fd);
		if (c.cancelled)
			return err_set(err, ERR_CANCELLED, "stopped");
	}
	return true;
}

/* ---- the whole reply ---- */

static bool
collect(void *arg, const struct chat_event *e)
{
	struct chat_response *r = arg;

	switch (e->type) {
	case CHAT_EVENT_CONTENT:
		buf_put(&r->content, e->text, e->len);
		break;
	case CHAT_EVENT_REASONING:
		buf_put(&r->reasoning, e->text, e->len);
		break;
	case CHAT_EVENT_TOKEN:
		token_pack_number(&r->tokens, e->len);
		buf_put(&r->tokens, e->text, e->len);
		break;
	case CHAT_EVENT_WAS_REASONING:
		buf_put(&r->reasoning, buf_text(&r->content), r->content.len);
		buf_clear(&r->content);
		break;
	case CHAT_EVENT_FINISH:
		buf_put(&r->finish_reason, e->text, e->len);
		break;
	case CHAT_EVENT_MODEL:
		buf_put(&r->model, e->text, e->len);
		break;
	case CHAT_EVENT_TOOL_CALL:
		r->tool_calls = true;
		break;
	case CHAT_EVENT_USAGE:
		r->usage = e->usage;
		break;
	case CHAT_EVENT_TIMINGS:
		r->timings = e->timings;
		break;
	case CHAT_EVENT_PROGRESS:
	case CHAT_EVENT_ID:
	case CHAT_EVENT_CONNECTION:
	case CHAT_EVENT_LULL:
		break;
	}
	return true;
}

bool
chat(struct net *net, const struct model_client *client, const struct chat_request *request,
        struct chat_response *response, int cancel_fd, struct err *err)
{
	struct chat_request whole = *request;

	whole.stream = false;
	return chat_stream(net, client, &whole, collect, response, cancel_fd, err);
}
