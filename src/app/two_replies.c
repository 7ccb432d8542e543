/*
 * two_replies.c - before the first version stands the last one.
 */
#include "app/two_replies.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"

enum {
	TEXT_MAX = 256 * 1024, /* bytes of a reply: comparing takes some 30 ms then */
};

bool
two_replies_versions(const struct app *app, struct two_replies *two)
{
	struct conversation *c = app->pane->talk->session.conversation;
	struct message *reply = conversation_last_reply(c);
	size_t of = 0, number = reply ? conversation_sibling_number(c, reply, &of) : 0;

	if (of < 2)
		return false;
	two->replies[0] = conversation_sibling(c, reply, -1);
	two->replies[1] = reply;
	two->words[0] = mem_printf("version %zu of %zu", number > 1 ? number - 1 : of, of);
	two->words[1] = mem_printf("version %zu of %zu", number, of);
	return true;
}

bool
two_replies_compare(struct app *app, const struct two_replies *two)
{
	for (size_t i = 0; i < ARRAY_LEN(two->replies); i++) {
		if (two->replies[i]->state == MESSAGE_STREAMING)
			return app_refuse(app, "a reply is still on its way: wait for its end");
		if (two->replies[i]->content.len > TEXT_MAX)
			return app_refuse(app, "a reply of more than 256 KiB is too long to be compared");
	}
	return true;
}

void
two_replies_release(struct two_replies *two)
{
	for (size_t i = 0; i < ARRAY_LEN(two->words); i++)
		free(two->words[i]);
}
