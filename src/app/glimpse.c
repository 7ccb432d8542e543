/*
 * glimpse.c - a question to the history's reading thread, and a session that only the focused pane's view knows.
 */
#include "app/glimpse.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/browse_ask.h"
#include "app/finder.h"
#include "app/keeper.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/mem.h"

enum {
	MESSAGES = 50,    /* that are read: some screens; */
	LEAST = 2000,     /* of a conversation: fewer are there within some milliseconds */
};

struct question {
	struct store_question question; /* the first member */
	int64_t row;
	struct loaded end;
};

struct glimpse {
	int64_t row;       /* asked for; 0: none */
	struct pane *pane; /* that shows it; NULL: it is not shown */
	struct session session;
};

void
glimpse_init(struct app *app)
{
	app->glimpse = mem_alloc(sizeof(*app->glimpse));
}

void
glimpse_release(struct app *app)
{
	if (!app->glimpse)
		return;
	if (app->glimpse->pane)
		session_release(&app->glimpse->session);
	free(app->glimpse);
}

/* ---- asking ---- */

/* Asked again after it was halted: frees the partial answer first. */
static bool
ask_end(struct history *h, struct store_question *question, struct err *err)
{
	struct question *q = (struct question *)question;

	loaded_release(&q->end);
	return load_end(h, q->row, MESSAGES, LEAST, &q->end, err);
}

static void
free_question(struct store_question *question)
{
	struct question *q = (struct question *)question;

	loaded_release(&q->end);
	free(q);
}

void
glimpse_ask(struct app *app, int64_t row)
{
	struct question *q;

	glimpse_end(app, &(struct transcript_place){0});
	q = mem_alloc(sizeof(*q));
	q->question = (struct store_question){.kind = BROWSE_ASK_END, .ask = ask_end, .free = free_question};
	q->row = row;
	if (store_ask(app->keeper->store, &q->question))
		app->glimpse->row = row;
	else
		free_question(&q->question);
}

/* ---- showing ---- */

bool
glimpse_is_on(const struct app *app)
{
	return app->glimpse && app->glimpse->pane;
}

static void
show(struct app *app, struct loaded *end)
{
	struct glimpse *g = app->glimpse;
	struct pane *pane = app->pane;

	session_init(&g->session, NULL);
	conversation_free(g->session.conversation);
	g->session.conversation = end->conversation;
	end->conversation = NULL;
	view_close_over(app);
	pane_to_composer(pane);
	g->pane = pane;
	pane_show_session(pane, &g->session);
	if (end->seen)
		transcript_go(
		        &pane->transcript, (struct transcript_place){end->seen, keeper_spot_of_number(end->seen_line)});
	app->stale = true;
}

/* Where flynn has begun with it: what is typed meanwhile stands in its place. */
static bool
is_welcome(const struct app *app)
{
	return !finder_is_on(app->pane) && !(app->keeper->restoring && !composer_is_blank(&app->composer));
}

void
glimpse_answer(struct app *app, struct store_result *r)
{
	struct question *q = (struct question *)r->question;

	if (q->row == app->glimpse->row && !glimpse_is_on(app) && r->err.code == ERR_NONE && q->end.conversation &&
	        is_welcome(app))
		show(app, &q->end);
}

/* By the message's row: the whole has other ids. */
static void
note_place(struct glimpse *g, struct transcript_place *place)
{
	const struct message *m;

	transcript_place(&g->pane->transcript, place);
	m = conversation_find(g->session.conversation, place->message);
	place->message = m ? (uint64_t)m->row : 0;
}

void
glimpse_end(struct app *app, struct transcript_place *place)
{
	struct glimpse *g = app->glimpse;

	*place = (struct transcript_place){0};
	g->row = 0;
	if (!g->pane)
		return;
	note_place(g, place);
	pane_show(g->pane, g->pane->talk);
	g->pane = NULL;
	session_release(&g->session);
	app->stale = true;
}

void
glimpse_put_place(struct app *app, struct transcript_place place)
{
	const struct message *m = conversation_find_row(app->pane->talk->session.conversation, (int64_t)place.message);

	if (m)
		transcript_go(&app->pane->transcript, (struct transcript_place){m->id, place.spot});
}
