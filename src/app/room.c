/*
 * room.c - the more turns a conversation has, the more ways there are.
 */
#include "app/room.h"

#include "app/app.h"
#include "app/compact_source.h"
#include "app/model_link.h"
#include "app/talk.h"

bool
room_is_made_by_summary(const struct talk *talk)
{
	return compact_source_turns(talk->session.conversation) > COMPACT_TURNS_KEPT;
}

const char *
room_on_server(const struct talk *talk)
{
	return model_is_llama_server(link_client(talk->link)) ? "more context: llama-server -c"
	                                                      : "more context: its server's settings";
}

/* Of an only turn that is muted nothing is left; but a prompt that is being written may need nothing of it. Nothing where the key is bound to nothing. */
static void
put_way(struct buf *out, size_t start, const char *key, const char *does)
{
	if (key)
		buf_printf(out, "%s%s %s", out->len > start ? ", " : "", key, does);
}

void
room_put_ways(const struct app *app, const struct talk *talk, struct buf *out)
{
	int turns = compact_source_turns(talk->session.conversation);
	bool writes = !composer_is_blank(&app->composer);
	size_t start = out->len;

	if (turns > COMPACT_TURNS_KEPT)
		put_way(out, start, app->keys.compact, "sums up");
	if (turns > 1 || (turns > 0 && writes))
		put_way(out, start, app->keys.context, "mutes");
	else if (turns > 0)
		put_way(out, start, app->keys.change, "shortens the last message");
	if (turns > 0)
		put_way(out, start, app->keys.begin, "new");
	else
		buf_printf(out, "shorten it; %s", room_on_server(talk));
}
