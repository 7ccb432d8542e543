/*
 * glimpse.c - a question to the history's reading thread, and a session that only the focused pane's view knows. The composer of
 * the pane's conversation is set aside for one with the draft of the glimpse.
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
	MESSAGES = 50, /* that are read: some screens; */
	LEAST = 2000,  /* of a conversation: fewer are there within some milliseconds */
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
	struct composer aside;
	char *draft;                   /* that the composer began with, */
	struct transcript_place place; /* and what was at the top, by the message's row */
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
	if (app->glimpse->pane) {
		session_release(&app->glimpse->session);
		composer_release(&app->glimpse->aside);
		free(app->glimpse->draft);
		app->aside = NULL;
	}
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
	struct glimpse_left left;
	struct question *q;

	glimpse_end(app, &left);
	glimpse_drop(app, &left);
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

/* By the message's row: the whole has other ids. */
static void
note_place(struct glimpse *g, struct transcript_place *place)
{
	const struct message *m;

	transcript_place(&g->pane->transcript, place);
	m = conversation_find(g->session.conversation, place->message);
	place->message = m ? (uint64_t)m->row : 0;
}

/* The other one's kills stay where they are. */
static void
set_composer_aside(struct app *app, const char *kept)
{
	struct glimpse *g = app->glimpse;
	struct prompt_queue queue = {0};

	g->aside = app->composer;
	app->aside = &g->aside;
	composer_init(&app->composer);
	app->composer.cols = g->aside.cols;
	app->composer.folds = g->aside.folds;
	g->draft = mem_strdup(prompt_queue_split(&queue, kept));
	prompt_queue_release(&queue);
	(void)!composer_replace(&app->composer, g->draft, strlen(g->draft));
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
	set_composer_aside(app, buf_text(&end->draft));
	if (end->seen)
		transcript_go(
		        &pane->transcript, (struct transcript_place){end->seen, keeper_spot_of_number(end->seen_line)});
	note_place(g, &g->place);
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

static bool
is_written(const struct app *app)
{
	return strcmp(composer_text(&app->composer), app->glimpse->draft) != 0;
}

static void
take_composer_back(struct app *app, struct glimpse_left *left)
{
	struct glimpse *g = app->glimpse;

	if (is_written(app)) {
		left->draft = mem_strdup(composer_text(&app->composer));
		left->cursor = app->composer.cursor;
		pasted_copy(&left->pasted, &app->composer.pasted);
	}
	composer_release(&app->composer);
	app->composer = g->aside;
	app->aside = NULL;
	free(g->draft);
	g->draft = NULL;
}

void
glimpse_end(struct app *app, struct glimpse_left *left)
{
	struct glimpse *g = app->glimpse;

	*left = (struct glimpse_left){0};
	g->row = 0;
	if (!g->pane)
		return;
	left->shown = true;
	note_place(g, &left->place);
	take_composer_back(app, left);
	pane_show(g->pane, g->pane->talk);
	g->pane = NULL;
	session_release(&g->session);
	app->stale = true;
}

static void
release_left(struct glimpse_left *left)
{
	free(left->draft);
	pasted_release(&left->pasted);
	*left = (struct glimpse_left){0};
}

void
glimpse_hand_on(struct app *app, struct glimpse_left *left)
{
	const struct message *m =
	        conversation_find_row(app->pane->talk->session.conversation, (int64_t)left->place.message);

	if (left->shown && (m || left->place.message == 0))
		transcript_go(&app->pane->transcript, (struct transcript_place){m ? m->id : 0, left->place.spot});
	if (left->draft && composer_bring_back(&app->composer, left->draft, &left->pasted))
		composer_move(&app->composer, left->cursor);
	release_left(left);
}

void
glimpse_drop(struct app *app, struct glimpse_left *left)
{
	if (left->draft && *left->draft) {
		recall_add(&app->recall, left->draft);
		keeper_prompt(app, left->draft);
	}
	release_left(left);
}

bool
glimpse_is_touched(struct app *app)
{
	const struct glimpse *g = app->glimpse;
	struct transcript_place place;

	if (!glimpse_is_on(app))
		return false;
	note_place(app->glimpse, &place);
	return place.message != g->place.message || place.spot.part != g->place.spot.part ||
	       place.spot.byte != g->place.spot.byte || is_written(app);
}
