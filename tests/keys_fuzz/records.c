/*
 * records.c - tokens above all; now and then the reply ends, or fails.
 */
#include "tests/keys_fuzz/records.h"

#include <stdlib.h>
#include <string.h>

#include "app/conversations.h"
#include "app/life.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "net/events.h"
#include "screen/screen.h"
#include "tests/torture/chance.h"

static void
give(struct app *app, uint64_t stream, enum net_event_type type, const void *data, size_t size)
{
	struct queue_record *r = mem_alloc(sizeof(*r) + size);

	r->type = (uint16_t)type;
	r->size = (uint32_t)size;
	r->id = stream;
	if (size > 0)
		memcpy(r->data, data, size);
	life_event(app, r);
	free(r);
}

static bool
ends_with(const struct buf *b, const char *text)
{
	size_t n = strlen(text);

	return b->len >= n && memcmp(b->data + b->len - n, text, n) == 0;
}

static bool
give_text(struct app *app, struct talk *talk, enum net_event_type type)
{
	static const char *const texts[] = {"word ", "日本 ", "\n", "\n\n", "```c\n", "int x;\n", "```\n",
	        "| a | b |\n|---|---|\n", "| 1 | 2 |\n", "# Head\n", "- item\n", "**bold** ", "http://a.example/b ",
	        "$x$ ", "> quote\n",
	        "a long line of words that goes on and on and on, so that it is wrapped wherever it stands. ",
	        "\x1b[31m"};
	const char *text = texts[chance_below(ARRAY_LEN(texts))];
	struct session *s = &talk->session;
	enum session_state before = s->state;
	const struct message *reply = s->reply;

	give(app, s->stream, type, text, strlen(text));
	return before == SESSION_STOPPING || s->reply != reply ||
	       ends_with(type == NET_CONTENT ? &reply->content : &reply->reasoning, text);
}

static void
give_end(struct app *app, struct talk *talk)
{
	static const enum err_code codes[] = {ERR_NONE, ERR_NONE, ERR_NONE, ERR_UNREACHABLE, ERR_TIMEOUT};
	struct err why = {0};

	why.code = codes[chance_below(ARRAY_LEN(codes))];
	if (talk->session.state == SESSION_STOPPING)
		why.code = ERR_CANCELLED;
	if (why.code != ERR_NONE)
		strcpy(why.text, "it ended");
	give(app, talk->session.stream, NET_END, &why, sizeof(why));
}

static struct talk *
waiting(const struct app *app)
{
	size_t first = (size_t)chance_below((int)app->n_talks);

	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[(first + i) % app->n_talks];

		if (!talk_is_idle(talk))
			return talk;
	}
	return NULL;
}

bool
records_put(struct app *app, volatile long *count)
{
	struct talk *talk = waiting(app);
	struct chat_progress progress = {.total = 100, .processed = 50};

	if (!talk)
		return true;
	++*count;
	switch (chance_below(12)) {
	case 0:
		give_end(app, talk);
		return true;
	case 1:
		give(app, talk->session.stream, NET_PROGRESS, &progress, sizeof(progress));
		return true;
	case 2:
		return give_text(app, talk, NET_REASONING);
	default:
		return give_text(app, talk, NET_CONTENT);
	}
}
