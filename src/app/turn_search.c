/*
 * turn_search.c - the turn holds the link, so that its server is watched even when the conversation gets another model meanwhile.
 */
#include "app/turn_search.h"

#include "app/app.h"
#include "app/model_link.h"
#include "app/talk.h"

bool
turn_search_begin(struct app *app, struct talk *talk, uint64_t last, bool with_tokens)
{
	if (!link_is_sought(talk->link))
		return false;
	talk->search = (struct talk_search){.link = talk->link, .last = last, .with_tokens = with_tokens};
	link_hold(app, talk->link);
	link_probe(app, talk->link);
	return true;
}

bool
turn_search_end(struct app *app, struct talk *talk)
{
	if (!talk->search.link)
		return false;
	link_drop(app, talk->search.link);
	talk->search = (struct talk_search){.link = NULL};
	return true;
}
