/*
 * conversations.c - a ring of open conversations: the one that keys are for stands last. Who leaves one finds it as it was:
 * its reply goes on, its queue waits, and what was typed comes back into the composer.
 */
#include "app/conversations.h"

#include <stdlib.h>
#include <string.h>

#include "app/attach.h"
#include "app/attach_send.h"
#include "app/hidden.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/preset.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/mem.h"

/* ---- the composer ---- */

void
conversations_set_down(struct app *app)
{
	struct talk *talk = app->pane->talk;

	if (!talk)
		return;
	free(talk->draft);
	talk->draft = composer_is_blank(&app->composer) ? NULL : composer_typed(&app->composer);
	pasted_release(&talk->draft_pasted);
	pasted_copy(&talk->draft_pasted, &app->composer.pasted);
	composer_reset(&app->composer);
}

static void
add_at(struct app *app, size_t at, struct talk *talk)
{
	app->talks = mem_realloc(app->talks, (app->n_talks + 1) * sizeof(struct talk *));
	memmove(app->talks + at + 1, app->talks + at, (app->n_talks - at) * sizeof(struct talk *));
	app->talks[at] = talk;
	app->n_talks++;
	app->stale = true;
}

static void
take_out(struct app *app, const struct talk *talk)
{
	size_t at = 0;

	while (app->talks[at] != talk)
		at++;
	app->n_talks--;
	memmove(app->talks + at, app->talks + at + 1, (app->n_talks - at) * sizeof(struct talk *));
	app->stale = true;
}

/* It fitted before. */
void
conversations_take_up(struct app *app)
{
	struct talk *talk = app->pane->talk;

	take_out(app, talk);
	add_at(app, app->n_talks, talk);
	if (talk->draft && !composer_bring_back(&app->composer, talk->draft, &talk->draft_pasted))
		app_say(app, true, "this conversation's draft is too long for the input");
	free(talk->draft);
	talk->draft = NULL;
	talk->news = NEWS_NONE;
	talk->is_leaving = false;
	preset_miss(app, talk);
	app->stale = true;
}

/* ---- opening and closing ---- */

static void
let_go(struct app *app, struct talk *talk)
{
	take_out(app, talk);
	link_use(app, talk, NULL);
	attach_forget(app, talk);
	attach_send_forget(app, talk);
	talk_free(talk);
}

void
conversations_forget(struct app *app, struct talk *talk)
{
	if (talk && talk_is_empty(talk) && !talk->draft && talk->prompts.n == 0 && !attach_has_files(app, talk) &&
	        !pane_of(app, talk))
		let_go(app, talk);
}

struct talk *
conversations_numbered(const struct app *app, unsigned number)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->number == number)
			return app->talks[i];
	return NULL;
}

/* A new one talks to the model of the one that keys were for. */
void
conversations_add(struct app *app, struct talk *talk)
{
	const struct talk *before = app->pane->talk;

	keeper_watch(app, talk);
	if (!talk->link)
		link_use(app, talk, before ? before->link : app->links[0]);
	for (unsigned number = 1; talk->number == 0; number++)
		if (!conversations_numbered(app, number))
			talk->number = number;
	add_at(app, 0, talk);
}

void
conversations_show(struct app *app, struct talk *talk)
{
	struct talk *old = app->pane->talk;

	if (talk == old)
		return;
	conversations_set_down(app);
	pane_show(app->pane, talk);
	conversations_forget(app, old);
	conversations_take_up(app);
}

/* The conversation shown may be closed when another one is shown. */
static bool
is_unused(const struct app *app)
{
	const struct talk *talk = app->pane->talk;
	size_t panes = 0;

	for (size_t i = 0; i < app->n_panes; i++)
		panes += app->panes[i]->talk == talk;
	return talk && panes == 1 && talk_is_empty(talk) && talk->prompts.n == 0 && !attach_has_files(app, talk) &&
	       composer_is_blank(&app->composer);
}

/* It has the number of one that goes away for it. */
void
conversations_open(struct app *app, struct talk *talk)
{
	if (is_unused(app)) {
		talk->number = app->pane->talk->number;
		app->pane->talk->number = 0;
	}
	conversations_add(app, talk);
	conversations_show(app, talk);
}

struct talk *
conversations_begin(struct app *app)
{
	struct talk *talk = talk_new(NULL, NULL);

	settings_begin(app, talk);
	conversation_set_system(talk->session.conversation, settings_system(app, talk, app->pane->talk->link));
	conversations_add(app, talk);
	return talk;
}

void
conversations_new(struct app *app)
{
	if (talk_is_empty(app->pane->talk)) {
		app_say(app, false, "this conversation is empty already");
		return;
	}
	conversations_show(app, conversations_begin(app));
	app_say(app, false, "new conversation; /back returns to the old one");
}

/* One that no pane shows, if there is one. */
static struct talk *
one_before(const struct app *app)
{
	for (size_t i = app->n_talks - 1; i > 0; i--)
		if (!pane_of(app, app->talks[i - 1]))
			return app->talks[i - 1];
	return app->n_talks > 1 ? app->talks[app->n_talks - 2] : NULL;
}

void
conversations_back(struct app *app)
{
	struct talk *shown = app->pane->talk, *before = one_before(app);

	if (!before) {
		app_say(app, false, "there is no other conversation");
		return;
	}
	take_out(app, shown);
	add_at(app, 0, shown);
	conversations_show(app, before);
}

/* In all panes in which it stands. */
static void
show_instead(struct app *app, const struct talk *talk, struct talk *next)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i]->talk == talk)
			pane_show(app->panes[i], next);
}

void
conversations_close(struct app *app, struct talk *talk)
{
	bool shown = talk == app->pane->talk;
	struct talk *next;

	if (shown)
		conversations_set_down(app);
	take_out(app, talk);
	next = app->n_talks > 0 ? app->talks[app->n_talks - 1] : conversations_begin(app);
	show_instead(app, talk, next);
	if (shown)
		conversations_take_up(app);
	add_at(app, 0, talk);
	let_go(app, talk);
}

/* ---- what changed ---- */

struct talk *
conversations_with_news(const struct app *app)
{
	struct talk *first = NULL;

	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->news != NEWS_NONE && (!first || app->talks[i]->news_ms < first->news_ms))
			first = app->talks[i];
	return first;
}

void
conversations_say_news(struct app *app, const struct talk *talk, bool with_key)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);
	struct err why = leaf && leaf->error ? *leaf->error : talk->session.failed;
	struct buf words = {0}, key = {0};

	hidden_mend(app, &why);
	buf_printf(&words, "conversation %u: %s", talk->number,
	        talk->news == NEWS_FAILED ? why.text : "the reply is complete");
	if (with_key && keymap_say_action(&app->keymap, CONTEXT_COMPOSER, "next-changed", &key))
		buf_printf(&words, " · %s goes there", buf_text(&key));
	app_say(app, talk->news == NEWS_FAILED, buf_text(&words));
	buf_release(&words);
	buf_release(&key);
}

/* ---- finding ---- */

bool
conversations_is_open(const struct app *app, const struct talk *talk)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i] == talk)
			return true;
	return false;
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
	changed(app, info->pinned ? "pinned to the top of the conversations" : "unpinned");
}

void
conversations_archive(struct app *app)
{
	struct conversation_info *info = info_of(app);

	info->archived = !info->archived;
	changed(app, info->archived ? "archived: is:archived lists it" : "unarchived");
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
