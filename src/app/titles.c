/*
 * titles.c - one request at a time, and what comes of it.
 */
#include "app/titles.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/model_link.h"
#include "app/talk.h"
#include "base/mem.h"
#include "chat/title.h"
#include "llama/parameters.h"
#include "net/events.h"

/* A model that cannot do without thinks first; ended once there is a line. */
#define TOKENS_MAX "1024"

enum {
	TEXT_MAX = 16 * 1024, /* bytes, with a thought: a model that says more was not asked for it */
	LINE_MAX_BYTES = 256, /* of the title */
};

static const char question[] = "Give this conversation a title of at most six words. Answer with the title alone.";

void
titles_init(struct app *app)
{
	app->titles = mem_alloc(sizeof(*app->titles));
}

void
titles_release(struct app *app)
{
	if (app->titles)
		buf_release(&app->titles->text);
	free(app->titles);
}

static bool
is_wanted(const struct app *app, const struct talk *talk)
{
	const struct conversation_info *info = conversation_info(talk->session.conversation);

	return app->config->model_titles && info->titled == TITLE_BY_PROMPT && app->titles->stream == 0 &&
	       talk_is_idle(talk);
}

/* Short, and without thinking where the model's template can do without. */
static struct parameters
title_parameters(void)
{
	struct parameters set = {0};

	parameters_fix(&set, "max_tokens", TOKENS_MAX);
	parameters_fix(&set, "thinking", "off");
	return set;
}

/* The whole conversation, and the question after it. */
static bool
ask(struct app *app, struct talk *talk, struct err *err)
{
	struct conversation *c = talk->session.conversation;
	struct chat_order *order = conversation_order(c, conversation_leaf(c));

	chat_order_add_text(order, CHAT_USER, question);
	order->stream = true;
	order->parameters = title_parameters();
	return net_chat(app->net, app->titles->stream, link_client(talk->link), order, err);
}

void
titles_want(struct app *app, struct talk *talk)
{
	struct titles *t = app->titles;
	struct err err;

	if (!is_wanted(app, talk))
		return;
	buf_clear(&t->text);
	t->talk = talk;
	t->link = talk->link;
	t->stream = net_new_stream(app->net);
	if (!ask(app, talk, &err))
		t->stream = 0;
}

void
titles_leave(struct app *app, const struct link *link)
{
	struct titles *t = app->titles;

	if (t->stream == 0 || t->link != link)
		return;
	if (app->net)
		net_cancel(app->net, t->stream);
	t->stream = 0;
}

/* Models like quotation marks and a full stop. */
static const char marks[] = " \t\r\n\"'*_.";

/* A whole line has come, or more than a title is. */
static bool
is_enough(const struct titles *t)
{
	const char *text = buf_text(&t->text), *line = text + strspn(text, marks);

	return strchr(line, '\n') || strlen(line) > LINE_MAX_BYTES;
}

/* To its first line. */
static void
trim(struct buf *text)
{
	size_t front = strspn(buf_text(text), marks);

	buf_drop(text, front);
	buf_truncate(text, strcspn(buf_text(text), "\n"));
	while (text->len > 0 && strchr(marks, text->data[text->len - 1]))
		buf_truncate(text, text->len - 1);
}

static void
take(struct app *app)
{
	struct titles *t = app->titles;
	struct conversation *c = conversations_is_open(app, t->talk) ? t->talk->session.conversation : NULL;
	struct conversation_info *info = c ? conversation_info(c) : NULL;

	trim(&t->text);
	if (!info || info->titled != TITLE_BY_PROMPT || t->text.len == 0)
		return;
	buf_clear(&info->title);
	title_from_prompt(buf_text(&t->text), &info->title);
	info->titled = TITLE_BY_MODEL;
	conversation_touch_info(c);
}

bool
titles_event(struct app *app, const struct queue_record *record)
{
	struct titles *t = app->titles;
	struct chat_event event;
	struct err why;

	if (t->stream == 0 || record->id != t->stream)
		return false;
	if (record->type == NET_END) {
		memcpy(&why, record->data, sizeof(why));
		t->stream = 0;
		if (why.code == ERR_NONE)
			take(app);
	} else if (record->type == NET_WAS_REASONING) {
		buf_clear(&t->text);
	} else if (event_read(record, &event) && event.type == CHAT_EVENT_CONTENT && t->text.len < TEXT_MAX) {
		buf_put(&t->text, event.text, event.len);
		if (is_enough(t)) {
			take(app);
			titles_leave(app, t->link);
		}
	}
	return true;
}
