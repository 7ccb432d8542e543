/*
 * turn_slots.c - the net thread asks (net/slot_watch.h); here is kept what it was told.
 */
#include "app/turn_slots.h"

#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/pane.h"
#include "app/talk.h"

void
turn_slots_begin(struct app *app, struct talk *talk)
{
	talk->slots_told = false;
	if (talk->stop_id > 0)
		net_unwatch_stop(app->net, talk->stop_id);
	talk->stop_id = 0;
	talk->stop = STOP_NONE;
}

/* A turn of which nothing came has no slot yet, as far as can be seen. */
void
turn_slots_stop(struct app *app, struct talk *talk)
{
	const struct session *session = &talk->session;
	struct slot_trace trace = {.tokens = session->pace.tokens};

	if (!session->reply || session->state == SESSION_WAITING || session->state == SESSION_STOPPING)
		return;
	trace.prompt = session->reply->progress.total;
	talk->stop_id = net_new_stream(app->net);
	talk->stop = STOP_WATCHED;
	net_watch_stop(app->net, session->stream, talk->stop_id, &trace);
}

static void
take_slots(struct app *app, const struct queue_record *record)
{
	struct talk *talk = conversations_of_stream(app, record->id);

	if (!talk)
		return;
	memcpy(&talk->slots, record->data, sizeof(talk->slots));
	talk->slots_told = true;
}

static void
take_stop(struct talk *talk, const struct queue_record *record)
{
	static const enum talk_stop stops[] = {
	        [NET_STOPPED_UNKNOWN] = STOP_NONE, [NET_STOPPED_DONE] = STOP_DONE, [NET_STOPPED_WORKS] = STOP_WORKS};
	enum net_stopped outcome;

	memcpy(&outcome, record->data, sizeof(outcome));
	talk->stop_id = 0;
	talk->stop = stops[outcome];
}

void
turn_slots_take(struct app *app, const struct queue_record *record)
{
	if (record->type == NET_SLOTS) {
		take_slots(app, record);
		return;
	}
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->stop_id == record->id)
			take_stop(app->talks[i], record);
}

void
turn_slots_read(struct app *app)
{
	struct talk *talk = app->pane->talk;

	if (talk->stop == STOP_WORKS)
		talk->stop = STOP_NONE;
}
