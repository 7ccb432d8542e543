/*
 * conversations.c - a ring of open conversations: the one shown stands last. Who leaves one finds it as it was: its reply
 * goes on, its queue waits, and what was typed comes back into the composer.
 */
#include "app/conversations.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What is typed belongs to the conversation it was typed for. */
static void
leave(struct app *app)
{
	if (!app->pane->talk)
		return;
	free(app->pane->talk->draft);
	app->pane->talk->draft = composer_is_blank(&app->composer) ? NULL : mem_strdup(composer_text(&app->composer));
	composer_reset(&app->composer);
}

/* It fitted before. */
static void
enter(struct app *app, struct talk *talk)
{
	pane_show(app->pane, talk);
	if (talk->draft && !composer_replace(&app->composer, talk->draft, strlen(talk->draft)))
		app_say(app, true, "what was typed here is too long for the composer");
	free(talk->draft);
	talk->draft = NULL;
	app->stale = true;
}

static void
let_go(struct app *app, struct talk *talk)
{
	link_use(app, talk, NULL);
	talk_free(talk);
}

/* A new one talks to the model of the one that was shown before. */
static void
give_model(struct app *app, struct talk *talk, const struct talk *before)
{
	if (!talk->link)
		link_use(app, talk, before ? before->link : app->links.all[0]);
}

static void
add(struct app *app, size_t at, struct talk *talk)
{
	app->talks = mem_realloc(app->talks, (app->n_talks + 1) * sizeof(struct talk *));
	memmove(app->talks + at + 1, app->talks + at, (app->n_talks - at) * sizeof(struct talk *));
	app->talks[at] = talk;
	app->n_talks++;
}

void
conversations_open(struct app *app, struct talk *talk)
{
	struct talk *old = app->pane->talk;

	keeper_watch(app, talk);
	give_model(app, talk, old);
	leave(app);
	if (old && talk_is_empty(old) && !old->draft) {
		app->n_talks--;
		let_go(app, old);
	}
	add(app, app->n_talks, talk);
	enter(app, talk);
}

void
conversations_new(struct app *app)
{
	if (talk_is_empty(app->pane->talk)) {
		app_say(app, false, "this conversation is new already");
		return;
	}
	conversations_open(app, talk_new(NULL, app->pane->talk->link->model->system));
	app_say(app, false, "a new conversation; /back goes to the old one");
}

void
conversations_back(struct app *app)
{
	struct talk *shown = app->pane->talk;

	if (app->n_talks < 2) {
		app_say(app, false, "there is no other conversation");
		return;
	}
	leave(app);
	app->n_talks--;
	if (talk_is_empty(shown) && !shown->draft)
		let_go(app, shown);
	else
		add(app, 0, shown);
	enter(app, app->talks[app->n_talks - 1]);
}

/* Takes it out of the open ones. */
static void
take_out(struct app *app, const struct talk *talk)
{
	size_t at = 0;

	while (app->talks[at] != talk)
		at++;
	app->n_talks--;
	memmove(app->talks + at, app->talks + at + 1, (app->n_talks - at) * sizeof(struct talk *));
}

void
conversations_show(struct app *app, struct talk *talk)
{
	struct talk *old = app->pane->talk;

	if (talk == old)
		return;
	leave(app);
	if (talk_is_empty(old) && !old->draft) {
		take_out(app, old);
		let_go(app, old);
	}
	take_out(app, talk);
	add(app, app->n_talks, talk);
	enter(app, talk);
}

void
conversations_close(struct app *app, struct talk *talk)
{
	bool shown = talk == app->pane->talk;
	struct talk *next;

	if (shown)
		leave(app);
	take_out(app, talk);
	if (shown && app->n_talks == 0) {
		app->pane->talk = NULL;
		next = talk_new(NULL, talk->link->model->system);
		link_use(app, next, talk->link);
		conversations_open(app, next);
	} else if (shown) {
		enter(app, app->talks[app->n_talks - 1]);
	}
	let_go(app, talk);
}

struct talk *
conversations_of_row(const struct app *app, int64_t row)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (conversation_info(app->talks[i]->session.conversation)->row == row)
			return app->talks[i];
	return NULL;
}

static struct conversation_info *
info_of(const struct app *app)
{
	return conversation_info(app->pane->talk->session.conversation);
}

static void
changed(struct app *app, const char *words)
{
	conversation_touch_info(app->pane->talk->session.conversation);
	app_say(app, false, words);
}

void
conversations_rename(struct app *app, const char *title)
{
	struct conversation_info *info = info_of(app);

	buf_clear(&info->title);
	buf_puts(&info->title, title);
	info->titled = TITLE_BY_PERSON;
	changed(app, "renamed");
}

void
conversations_pin(struct app *app)
{
	struct conversation_info *info = info_of(app);

	info->pinned = !info->pinned;
	changed(app, info->pinned ? "pinned: it stands first among the conversations" : "no longer pinned");
}

void
conversations_archive(struct app *app)
{
	struct conversation_info *info = info_of(app);

	info->archived = !info->archived;
	changed(app, info->archived ? "archived: it stands apart from the others" : "no longer archived");
}

struct talk *
conversations_of_stream(const struct app *app, uint64_t stream)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (!talk_is_idle(app->talks[i]) && app->talks[i]->session.stream == stream)
			return app->talks[i];
	return NULL;
}

void
conversations_release(struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		talk_free(app->talks[i]);
	free(app->talks);
}
