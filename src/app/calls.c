/*
 * calls.c - those that wait, in no order.
 */
#include "app/calls.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"
#include "net/events.h"

struct call {
	uint64_t id;
	calls_answered *answered;
	calls_event *event; /* NULL: none is passed on */
	uint64_t about;
	struct buf body;
};

struct calls {
	struct call *items;
	size_t n;
};

void
calls_init(struct app *app)
{
	app->calls = mem_alloc(sizeof(*app->calls));
}

void
calls_release(struct app *app)
{
	for (size_t i = 0; app->calls && i < app->calls->n; i++)
		buf_release(&app->calls->items[i].body);
	if (app->calls)
		free(app->calls->items);
	free(app->calls);
}

static void
add_call(struct calls *calls, struct call call)
{
	calls->items = mem_realloc(calls->items, (calls->n + 1) * sizeof(*calls->items));
	calls->items[calls->n++] = call;
}

void
calls_send(struct app *app, struct http_request *request, int64_t limit_ms, calls_answered *answered, uint64_t about)
{
	struct calls *calls = app->calls;
	uint64_t id = net_new_stream(app->net);
	struct call_answer answer = {.body = ""};

	if (!net_call(app->net, id, request, limit_ms, &answer.broken)) {
		answered(app, about, &answer);
		return;
	}
	add_call(calls, (struct call){.id = id, .answered = answered, .about = about});
}

void
calls_send_about(struct app *app, const struct model_client *client, struct chat_order *order, int64_t limit_ms,
        calls_answered *answered, uint64_t about)
{
	uint64_t id = net_new_stream(app->net);
	struct call_answer answer = {.body = ""};

	if (!net_call_about(app->net, id, client, order, limit_ms, &answer.broken)) {
		answered(app, about, &answer);
		return;
	}
	add_call(app->calls, (struct call){.id = id, .answered = answered, .about = about});
}

uint64_t
calls_follow(struct app *app, struct http_request *request, calls_event *event, calls_answered *ended, uint64_t about)
{
	uint64_t id = net_new_stream(app->net);
	struct err ignored;

	if (!net_follow(app->net, id, request, &ignored)) {
		http_request_release(request);
		return 0;
	}
	add_call(app->calls, (struct call){.id = id, .answered = ended, .event = event, .about = about});
	return id;
}

static struct call *
find_call(struct calls *calls, uint64_t id)
{
	for (size_t i = 0; i < calls->n; i++)
		if (calls->items[i].id == id)
			return &calls->items[i];
	return NULL;
}

/* It leaves the list first: whoever is told may send another. */
static void
end_call(struct app *app, struct call *found, const struct net_answer *net)
{
	struct call call = *found;
	struct call_answer answer = {.status = net->status, .broken = net->broken};

	*found = app->calls->items[--app->calls->n];
	answer.body = buf_text(&call.body);
	answer.n = call.body.len;
	call.answered(app, call.about, &answer);
	buf_release(&call.body);
}

void
calls_cancel(struct app *app, uint64_t id)
{
	struct call *call = find_call(app->calls, id);

	if (!call)
		return;
	net_cancel(app->net, id);
	buf_release(&call->body);
	*call = app->calls->items[--app->calls->n];
}

void
calls_take(struct app *app, const struct queue_record *record)
{
	struct call *call = find_call(app->calls, record->id);
	struct net_answer answer;

	if (!call)
		return;
	if (record->type == NET_ANSWER_BODY) {
		buf_put(&call->body, (const char *)record->data, record->size);
		return;
	}
	if (record->type == NET_EVENT) {
		if (call->event)
			call->event(app, call->about, (const char *)record->data, record->size);
		return;
	}
	memcpy(&answer, record->data, sizeof(answer));
	end_call(app, call, &answer);
}
