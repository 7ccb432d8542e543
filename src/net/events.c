/*
 * events.c - a chat event is one record, but for a text too long for one, which is several.
 */
#include "net/events.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

struct held_header {
	uint16_t type;
	uint32_t size;
};

static bool
push(struct event_writer *w, uint16_t type, const void *data, size_t size)
{
	struct queue_record *r = queue_reserve(w->queue, type, w->id, size);

	if (!r)
		return false;
	if (size > 0)
		memcpy(r->data, data, size);
	queue_push(w->queue);
	return true;
}

bool
event_write_record(struct event_writer *w, uint16_t type, const void *data, size_t size)
{
	struct held_header header = {type, (uint32_t)size};

	if (w->held.len == 0 && push(w, type, data, size))
		return true;
	buf_put(&w->held, (const char *)&header, sizeof(header));
	buf_put(&w->held, data, size);
	return false;
}

bool
event_write_held(struct event_writer *w)
{
	size_t at = 0;

	while (at < w->held.len) {
		struct held_header header;

		memcpy(&header, w->held.data + at, sizeof(header));
		if (!push(w, header.type, w->held.data + at + sizeof(header), header.size))
			break;
		at += sizeof(header) + header.size;
	}
	if (at < w->held.len) {
		buf_drop(&w->held, at);
		return false;
	}
	buf_release(&w->held);
	return true;
}

static bool
write_text(struct event_writer *w, uint16_t type, const char *text, size_t len)
{
	bool all = true;

	while (len > 0) {
		size_t n = len > QUEUE_RECORD_MAX ? utf8_floor(text, QUEUE_RECORD_MAX) : len;

		all = event_write_record(w, type, text, n);
		text += n;
		len -= n;
	}
	return all;
}

static bool
write_tool_call(struct event_writer *w, const struct chat_event *event)
{
	struct net_tool_call call = {.index = event->tool_call.index};

	snprintf(call.id, sizeof(call.id), "%s", event->tool_call.id ? event->tool_call.id : "");
	snprintf(call.name, sizeof(call.name), "%s", event->tool_call.name ? event->tool_call.name : "");
	return event_write_record(w, NET_TOOL_CALL, &call, sizeof(call));
}

bool
event_write(struct event_writer *w, const struct chat_event *e)
{
	switch (e->type) {
	case CHAT_EVENT_PROGRESS:
		return event_write_record(w, NET_PROGRESS, &e->progress, sizeof(e->progress));
	case CHAT_EVENT_MODEL:
		return write_text(w, NET_MODEL, e->text, e->len < 256 ? e->len : utf8_floor(e->text, 256));
	case CHAT_EVENT_ID:
		return write_text(w, NET_ID, e->text, e->len < 256 ? e->len : utf8_floor(e->text, 256));
	case CHAT_EVENT_REASONING:
		return write_text(w, NET_REASONING, e->text, e->len);
	case CHAT_EVENT_CONTENT:
		return write_text(w, NET_CONTENT, e->text, e->len);
	case CHAT_EVENT_TOKEN:
		return event_write_record(w, NET_TOKEN, e->text, e->len);
	case CHAT_EVENT_WAS_REASONING:
		return event_write_record(w, NET_WAS_REASONING, "", 0);
	case CHAT_EVENT_TOOL_CALL:
		return write_tool_call(w, e);
	case CHAT_EVENT_FINISH:
		return write_text(w, NET_FINISH, e->text, e->len < 256 ? e->len : utf8_floor(e->text, 256));
	case CHAT_EVENT_USAGE:
		return event_write_record(w, NET_USAGE, &e->usage, sizeof(e->usage));
	case CHAT_EVENT_TIMINGS:
		return event_write_record(w, NET_TIMINGS, &e->timings, sizeof(e->timings));
	case CHAT_EVENT_CONNECTION:
		return event_write_record(w, NET_CONNECTION, &e->lost, sizeof(e->lost));
	case CHAT_EVENT_LULL:
		break;
	}
	return w->held.len == 0;
}

static void
read_text(const struct queue_record *r, enum chat_event_type type, struct chat_event *e)
{
	e->type = type;
	e->text = (const char *)r->data;
	e->len = r->size;
}

static void
read_tool_call(const struct queue_record *r, struct chat_event *e)
{
	const struct net_tool_call *call = (const void *)r->data;

	e->type = CHAT_EVENT_TOOL_CALL;
	e->tool_call =
	        (struct chat_tool_call){call->index, call->id[0] ? call->id : NULL, call->name[0] ? call->name : NULL};
}

bool
event_is_of_watch(const struct queue_record *r)
{
	return r->type == NET_SERVER || r->type == NET_DEFAULTS || r->type == NET_OFFER;
}

bool
event_read(const struct queue_record *r, struct chat_event *e)
{
	*e = (struct chat_event){0};
	switch ((enum net_event_type)r->type) {
	case NET_PROGRESS:
		e->type = CHAT_EVENT_PROGRESS;
		memcpy(&e->progress, r->data, sizeof(e->progress));
		return true;
	case NET_MODEL:
		read_text(r, CHAT_EVENT_MODEL, e);
		return true;
	case NET_ID:
		read_text(r, CHAT_EVENT_ID, e);
		return true;
	case NET_REASONING:
		read_text(r, CHAT_EVENT_REASONING, e);
		return true;
	case NET_CONTENT:
		read_text(r, CHAT_EVENT_CONTENT, e);
		return true;
	case NET_TOKEN:
		read_text(r, CHAT_EVENT_TOKEN, e);
		return true;
	case NET_WAS_REASONING:
		e->type = CHAT_EVENT_WAS_REASONING;
		return true;
	case NET_FINISH:
		read_text(r, CHAT_EVENT_FINISH, e);
		return true;
	case NET_TOOL_CALL:
		read_tool_call(r, e);
		return true;
	case NET_USAGE:
		e->type = CHAT_EVENT_USAGE;
		memcpy(&e->usage, r->data, sizeof(e->usage));
		return true;
	case NET_TIMINGS:
		e->type = CHAT_EVENT_TIMINGS;
		memcpy(&e->timings, r->data, sizeof(e->timings));
		return true;
	case NET_CONNECTION:
		e->type = CHAT_EVENT_CONNECTION;
		memcpy(&e->lost, r->data, sizeof(e->lost));
		return true;
	case NET_END:
	case NET_SERVER:
	case NET_NOTE:
	case NET_SETTLED:
	case NET_DEFAULTS:
	case NET_OFFER:
	case NET_SLOTS:
	case NET_STOPPED:
	case NET_ANSWER_BODY:
	case NET_ANSWER:
	case NET_EVENT:
		break;
	}
	return false;
}
