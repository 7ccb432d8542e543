/*
 * teller.c - text goes through the filter of the token; a name is checked as a whole.
 */
#include "config.h"

#include "llama/teller.h"

#include <string.h>

#include "base/buf.h"
#include "base/memory_find.h"
#include "base/utf8.h"

void
teller_init(struct teller *t, struct reply_sink sink, const char *secret)
{
	*t = (struct teller){.sink = sink, .secret = secret};
	secret_filter_init(&t->filter, secret);
}

void
teller_release(struct teller *t)
{
	think_release(&t->think);
	secret_filter_release(&t->filter);
}

static void
tell(struct teller *t, const struct chat_event *event)
{
	if (!t->sink.event(t->sink.arg, event))
		t->held = true;
}

/* How much of the text the bound still allows. */
static size_t
fit_text(struct teller *t, const char *text, size_t n)
{
	size_t room = TELLER_TEXT_MAX - t->text;

	if (n > room) {
		t->over = true;
		n = utf8_floor(text, room);
	}
	t->text += n;
	return n;
}

static void
tell_text(struct teller *t, enum chat_event_type type, const char *text, size_t n)
{
	if (n > 0)
		tell(t, &(struct chat_event){.type = type, .text = text, .len = fit_text(t, text, n)});
}

static void
end_filter(struct teller *t)
{
	const char *text;
	size_t n;

	if (t->filter.matched == 0 || t->over)
		return;
	text = secret_filter_end(&t->filter, &n);
	tell_text(t, t->filter.type, text, n);
}

/* The reasoning has ended where the content begins. */
static void
tell_filtered(struct teller *t, enum chat_event_type type, const char *text, size_t n)
{
	if (type != t->filter.type)
		end_filter(t);
	t->filter.type = type;
	text = secret_filter_feed(&t->filter, text, &n);
	tell_text(t, type, text, n);
}

static void
on_thought(void *arg, enum chat_event_type type, const char *text, size_t n)
{
	struct teller *t = arg;

	if (type == CHAT_EVENT_WAS_REASONING) {
		end_filter(t);
		t->filter.matched = 0;
		tell(t, &(struct chat_event){.type = type});
	} else if (!t->over)
		tell_filtered(t, type, text, n);
}

void
teller_end(struct teller *t)
{
	think_end(&t->think, &(struct think_sink){on_thought, t});
	end_filter(t);
}

static void
tell_name(struct teller *t, bool *told, const struct chat_event *event)
{
	struct buf name = {0};

	if (*told)
		return;
	*told = true;
	secret_append_name(&name, event->text, event->len, t->secret);
	tell(t, &(struct chat_event){.type = event->type, .text = buf_text(&name), .len = name.len});
	buf_release(&name);
}

static void
append_call_name(struct buf *to, const char **name, const char *secret)
{
	if (!*name)
		return;
	secret_append_name(to, *name, strlen(*name), secret);
	*name = buf_text(to);
}

static void
tell_tool_call(struct teller *t, struct chat_event event)
{
	struct buf id = {0}, name = {0};

	append_call_name(&id, &event.tool_call.id, t->secret);
	append_call_name(&name, &event.tool_call.name, t->secret);
	event.len = fit_text(t, event.text, event.len);
	tell(t, &event);
	buf_release(&id);
	buf_release(&name);
}

/* Its own bytes go the way of the text: where that is hidden, the token has no place. A candidate may be anything. */
static void
tell_token(struct teller *t, const struct chat_event *event)
{
	if (!t->filter.secret || !memory_find(event->text, event->len, t->filter.secret, t->filter.n))
		tell(t, event);
}

void
teller_event(void *arg, const struct chat_event *event)
{
	struct teller *t = arg;

	if (t->over)
		return;
	switch (event->type) {
	case CHAT_EVENT_CONTENT:
		think_take(&t->think, event->text, event->len, &(struct think_sink){on_thought, t});
		break;
	case CHAT_EVENT_REASONING:
		think_is_told(&t->think);
		tell_filtered(t, event->type, event->text, event->len);
		break;
	case CHAT_EVENT_ID:
		tell_name(t, &t->id_told, event);
		break;
	case CHAT_EVENT_MODEL:
		tell_name(t, &t->model_told, event);
		break;
	case CHAT_EVENT_FINISH:
		think_end(&t->think, &(struct think_sink){on_thought, t});
		tell_name(t, &t->finished, event);
		break;
	case CHAT_EVENT_TOKEN:
		tell_token(t, event);
		break;
	case CHAT_EVENT_TOOL_CALL:
		tell_tool_call(t, *event);
		break;
	default:
		tell(t, event);
	}
}
