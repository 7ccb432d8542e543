/*
 * take_up.c - the server is asked whether it has the reply (app/calls), then the history whether no other flynn takes it up; then
 * a stream without a request brings it.
 */
#include "app/take_up.h"

#include <string.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"
#include "llama/resume.h"
#include "store/result.h"
#include "store/worker.h"

enum {
	FIND_MS = 5000, /* for the server's answer */
};

/* The end of the conversation, where a server may have more of it; or NULL. */
static struct message *
find_kept(const struct talk *talk)
{
	struct message *leaf = conversation_leaf(talk->session.conversation);

	return leaf && leaf->stream.len > 0 && talk_is_idle(talk) ? leaf : NULL;
}

/* Which is that of its link, if anything is asked of it. */
static bool
may_ask(const struct talk *talk, const struct message *m)
{
	const struct model_client *client = link_client(talk->link);

	return model_resume(client) && server_state_is_up(talk->link->server.state) &&
	       strcmp(buf_text(&m->endpoint), client->endpoint.text) == 0;
}

/* The open conversation whose end has this row; its message goes to `m`. NULL: it was closed, or goes on otherwise. */
static struct talk *
find_talk(const struct app *app, int64_t row, struct message **m)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		*m = find_kept(app->talks[i]);
		if (*m && (*m)->row == row)
			return app->talks[i];
	}
	return NULL;
}

static void
forget(struct talk *talk, struct message *m)
{
	buf_clear(&m->stream);
	conversation_touch(talk->session.conversation, m);
}

/* ---- the server ---- */

static void
answered(struct app *app, uint64_t row, const struct call_answer *answer)
{
	struct message *m;
	struct talk *talk = find_talk(app, (int64_t)row, &m);

	bool knows = answer->broken.code == ERR_NONE && (answer->status == 200 || answer->status == 404);

	if (!talk || !knows)
		return;
	if (!resume_found(answer->status, answer->body, answer->n, buf_text(&m->stream)))
		forget(talk, m);
	else if (app->keeper->store && !store_claim(app->keeper->store, m->row))
		app_say(app, true, "the history is busy: the reply is not taken up");
}

void
take_up_look(struct app *app, struct talk *talk)
{
	struct message *m = find_kept(talk);
	struct http_request request;

	talk->looks_for_rest = m != NULL;
	if (!m || !app->net || !may_ask(talk, m))
		return;
	talk->looks_for_rest = false;
	model_resume(link_client(talk->link))->find(link_client(talk->link), buf_text(&m->stream), &request);
	calls_send(app, &request, FIND_MS, answered, (uint64_t)m->row);
}

void
take_up_heard(struct app *app, const struct link *link)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->looks_for_rest && app->talks[i]->link == link)
			take_up_look(app, app->talks[i]);
}

/* ---- the history ---- */

/* It is not ours to stop or to save then: the history is not told that the name is gone. */
static void
leave_to_other(struct app *app, struct talk *talk, struct message *m)
{
	buf_clear(&m->stream);
	if (talk == app->pane->talk)
		app_say(app, false, "another flynn shows this reply to its end");
}

static void
begin(struct app *app, struct talk *talk, struct message *m)
{
	uint64_t stream = net_new_stream(app->net);
	struct err err;

	if (!net_take_up(app->net, stream, link_client(talk->link), buf_text(&m->stream), &err)) {
		app_say(app, true, err.text);
		return;
	}
	talk_now(talk);
	talk->cut.code = ERR_NONE;
	session_take_up(&talk->session, m, stream);
	if (talk == app->pane->talk)
		app_say(app, false, "the reply goes on: its server has kept it");
}

void
take_up_claimed(struct app *app, const struct store_result *r)
{
	struct message *m;
	struct talk *talk = r->err.code == ERR_NONE ? find_talk(app, r->id, &m) : NULL;

	if (!talk)
		return;
	if (r->claimed)
		begin(app, talk, m);
	else
		leave_to_other(app, talk, m);
	app->stale = true;
}
