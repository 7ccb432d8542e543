/*
 * conversations.c - the screen shows one conversation; the others of this run wait in a ring.
 */
#include "app/conversations.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What came of a running reply stays with its prompt. */
static void
end_reply(struct app *app)
{
	static const struct err stopped = {.code = ERR_CANCELLED};

	if (!app_stop_reply(app))
		return;
	free(session_end(&app->session, &stopped, true));
}

/* Takes the conversation, or NULL for a new one. */
static void
show(struct app *app, struct conversation *conversation)
{
	session_init(&app->session, app->model->system);
	if (conversation) {
		conversation_free(app->session.conversation);
		app->session.conversation = conversation;
	}
	transcript_release(&app->transcript);
	transcript_init(&app->transcript, &app->session);
	app->stale = true;
}

/* Puts the shown conversation into the ring, at `at`. */
static void
keep(struct app *app, size_t at)
{
	app->kept = mem_realloc(app->kept, (app->n_kept + 1) * sizeof(struct conversation *));
	memmove(app->kept + at + 1, app->kept + at, (app->n_kept - at) * sizeof(struct conversation *));
	app->kept[at] = app->session.conversation;
	app->n_kept++;
	app->session.conversation = NULL;
}

void
conversations_new(struct app *app)
{
	if (!conversation_leaf(app->session.conversation)) {
		app_say(app, false, "this conversation is new already");
		return;
	}
	end_reply(app);
	keep(app, app->n_kept);
	show(app, NULL);
	app_say(app, false, "a new conversation; /back goes to the old one, which is not saved yet");
}

void
conversations_back(struct app *app)
{
	struct conversation *last;

	if (app->n_kept == 0) {
		app_say(app, false, "there is no other conversation");
		return;
	}
	end_reply(app);
	last = app->kept[--app->n_kept];
	if (conversation_leaf(app->session.conversation))
		keep(app, 0);
	else
		session_release(&app->session);
	show(app, last);
}

void
conversations_release(struct app *app)
{
	for (size_t i = 0; i < app->n_kept; i++)
		conversation_free(app->kept[i]);
	free(app->kept);
}
