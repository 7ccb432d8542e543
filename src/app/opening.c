/*
 * opening.c - one conversation of the history at a time is on its way to the screen.
 */
#include "app/opening.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/glimpse.h"
#include "app/keeper.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/take_up.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/mem.h"
#include "store/saver.h"
#include "store/worker.h"

struct opening {
	int64_t id, message; /* being loaded; 0: none */
	char *words;         /* that were looked for; or NULL */
};

void
opening_init(struct app *app)
{
	app->opening = mem_alloc(sizeof(*app->opening));
}

void
opening_release(struct app *app)
{
	if (app->opening)
		free(app->opening->words);
	free(app->opening);
}

struct talk *
opening_talk(struct app *app, struct store_result *r)
{
	struct loaded *l = &r->loaded;
	struct talk *talk = talk_new(l->conversation, NULL);

	keeper_watch(app, talk);
	saver_loaded(talk->saver, l->conversation, buf_text(&l->draft), l->seen, l->seen_line);
	talk_set_draft(talk, prompt_queue_split(&talk->prompts, buf_text(&l->draft)));
	l->conversation = NULL;
	return talk;
}

void
opening_put_place(struct pane *pane, const struct store_result *r)
{
	const struct loaded *l = &r->loaded;

	if (l->seen)
		transcript_go(
		        &pane->transcript, (struct transcript_place){l->seen, keeper_spot_of_number(l->seen_line)});
}

/* A message of a branch that is not shown brings its branch with it. */
void
opening_show_message(struct app *app, int64_t row, const char *words)
{
	struct conversation *c = app->pane->talk->session.conversation;
	struct message *m = row ? conversation_find_row(c, row) : NULL;

	view_close_over(app);
	if (m)
		finder_open_at(app, m, words ? words : "");
}

static void
end_glimpse(struct app *app)
{
	struct glimpse_left left;

	glimpse_end(app, &left);
	glimpse_drop(app, &left);
}

void
opening_load(struct app *app, int64_t id, int64_t message, const char *words)
{
	struct opening *o = app->opening;

	free(o->words);
	*o = (struct opening){id, message, words ? mem_strdup(words) : NULL};
	if (message == 0)
		glimpse_ask(app, id);
	if (store_load(app->keeper->store, id))
		return;
	o->id = 0;
	end_glimpse(app);
	app_say(app, true, "the history is busy: try again");
}

void
opening_leave(struct app *app)
{
	app->opening->id = 0;
	end_glimpse(app);
}

bool
opening_is_on(const struct app *app)
{
	return app->opening->id != 0;
}

static void
show(struct app *app, struct store_result *r, struct glimpse_left *left)
{
	struct talk *talk = opening_talk(app, r);
	struct link *link = model_of_conversation(app, talk->session.conversation);

	if (link)
		link_use(app, talk, link);
	conversations_open(app, talk);
	opening_put_place(app->pane, r);
	glimpse_hand_on(app, left);
	take_up_look(app, talk);
	app->stale = true;
}

bool
opening_loaded(struct app *app, struct store_result *r)
{
	struct opening *o = app->opening;
	struct glimpse_left left;

	if (o->id == 0 || r->id != o->id)
		return false;
	o->id = 0;
	glimpse_end(app, &left);
	if (r->err.code != ERR_NONE) {
		glimpse_drop(app, &left);
		app_say(app, true, r->err.text);
		return true;
	}
	show(app, r, &left);
	opening_show_message(app, o->message, o->words);
	return true;
}
